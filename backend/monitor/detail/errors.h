// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/detail/asker.h"
#include "monitor/latency/logparser.h"
#include "monitor/latency/source.h"

#include <QDateTime>
#include <QMap>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace shardhelm::monitor::detail {

/// Errors of one SQLSTATE in one database.
struct ErrorGroup
{
    QString sqlState; ///< empty: the log does not tell
    QString severity; ///< of the newest one
    QString database; ///< empty: none, or the log does not tell
    int count = 0;
    QString lastAt; ///< as the server writes it
    QString lastMessage; ///< redacted
    QString application;

    bool operator==(const ErrorGroup &) const = default;
};

/// One counter of pg_stat_database.
struct ErrorCounter
{
    QString key; ///< "deadlocks"
    qint64 total = 0; ///< since the reset
    std::optional<double> perMinute; ///< over the window; unset before the second reading

    bool operator==(const ErrorCounter &) const = default;
};

/// What went wrong on a server.
struct ErrorReport
{
    latency::Presence log = latency::Presence::Unknown; ///< whether the groups are known, and why not
    std::vector<ErrorGroup> groups; ///< most first
    QString since; ///< time stamp of the first message read
    bool cut = false; ///< older messages of the file, or some in between, were not read
    std::vector<ErrorCounter> counters;
    QDateTime countedSince; ///< invalid: never reset
    double windowSeconds = 0; ///< of the counters' rates
};

/// Errors of one server, read again and again: its log where it may be read over SQL, the last piece of it at first and
/// then what is added; beside it the counters of the database. Blocking; used by one thread at a time.
class ErrorWatch
{
public:
    /// At most `bytesPerRead` of the log are read at a time.
    explicit ErrorWatch(qint64 bytesPerRead = qint64(1) << 20);

    Result<ErrorReport> read(Asker &asker, const Target &target, const Wait &wait);

private:
    void takeAccess(const pg::Rows &rows);
    void takeLog(const pg::Rows &rows);
    void takeRecord(const latency::LogRecord &record);
    void takeCounters(const pg::Rows &rows, ErrorReport &report);

    qint64 m_bytesPerRead;
    latency::Presence m_presence = latency::Presence::Unknown;
    latency::LogFormat m_format = latency::LogFormat::Stderr;
    std::unique_ptr<latency::LogParser> m_parser;
    QString m_file;
    qint64 m_offset = 0;
    QString m_since;
    bool m_cut = false;
    QMap<QPair<QString, QString>, ErrorGroup> m_groups; ///< by SQLSTATE and database
    QMap<QString, qint64> m_firstCounters;
    double m_firstAt = 0;
};

} // namespace shardhelm::monitor::detail
