// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/recording/recordingfile.h"

#include <QHash>

#include <chrono>

namespace shardhelm::monitor::recording {

/// How much a ring keeps.
struct Limits
{
    std::chrono::hours hours{24};
    qint64 bytes = 256LL << 20; ///< of the file; what SQLite has beside it while writing comes to a few MB more
    std::chrono::minutes full{15}; ///< at full resolution; older samples become points of 30 s
};

/// Appends to a recording. Used on one thread; every function waits for the disk.
class RecordingWriter
{
public:
    /// Opens or makes the file; errors as openForWriting().
    static Result<RecordingWriter> open(const QString &path, Form form, const About &about);

    /// Writes everything in one transaction: after a failure nothing of it is there. A fact that says the same as the
    /// last of its kind and server, and a marker that is there already, are left out.
    Result<void> write(const Batch &batch);

    /// Makes points of 30 s of samples older than Limits::full, and drops the oldest ones until the limits hold. Cheap
    /// when there is nothing to do.
    Result<void> tidy(qint64 now, const Limits &limits);

    [[nodiscard]] const Database &database() const { return m_database; }

private:
    explicit RecordingWriter(Database database)
        : m_database(std::move(database))
    {
    }
    Result<int> number(const QString &table, QHash<QString, int> &known, const QString &name) const;
    Result<void> writeRows(const Batch &batch);
    Result<void> writeFact(const Fact &fact);
    Result<void> writeMarker(const Marker &marker) const;
    Result<void> drop(qint64 before) const;
    Result<void> shrink(qint64 bytes) const;
    [[nodiscard]] Result<qint64> usedBytes() const;

    Database m_database;
    QHash<QString, int> m_servers;
    QHash<QString, int> m_metrics;
    QHash<QPair<QString, QString>, QByteArray> m_lastFacts; // digest by kind and server
    qint64 m_tidiedAt = 0;
};

} // namespace shardhelm::monitor::recording
