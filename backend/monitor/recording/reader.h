// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/recording/figureblock.h"
#include "monitor/recording/recordingfile.h"

#include <QHash>

#include <functional>
#include <optional>

namespace shardhelm::monitor::recording {

/// Curves of one metric by server.
using Curves = QHash<QString, std::vector<Point>>;

/// Reads a recording, also one that is being written. Every function waits for the disk: for worker threads, one at a
/// time. Errors: RecordingDamaged, RecordingInUse, FileUnreadable.
class RecordingReader
{
public:
    /// Errors as openForReading().
    static Result<RecordingReader> open(const QString &path);

    [[nodiscard]] const About &about() const { return m_about; }
    [[nodiscard]] const QString &path() const { return m_database.path(); }
    /// From the first sample to the last.
    Result<Span> span();
    /// Names of all servers there were.
    Result<QStringList> servers();

    /// One metric of one server over a span, oldest first; a NaN stands where samples are missing for longer than
    /// twice their usual distance. With more points than `most` (0: no limit) the lowest and the highest of every
    /// stretch are kept, so that no peak is lost.
    Result<std::vector<Point>> series(const QString &server, const QString &metric, const Span &span, size_t most);
    /// The same of every server at once, for one unpacking.
    Result<Curves> allSeries(const QString &metric, const Span &span, size_t most);

    /// Facts of a kind within the span, oldest first, those of all servers.
    Result<std::vector<Fact>> facts(const QString &kind, const Span &span);
    /// The last facts of a kind at or before `at`, one per server.
    Result<std::vector<Fact>> factsAt(const QString &kind, qint64 at);
    /// When the last fact of a kind about the fleet came, at or before `at`; 0 when there is none.
    Result<qint64> fleetFactAt(const QString &kind, qint64 at);
    /// When the first fact of a kind about the fleet came; 0 when there is none.
    Result<qint64> firstFleetFactAt(const QString &kind);
    /// Markers within the span, oldest first.
    Result<std::vector<Marker>> markers(const Span &span);

    /// The rows of the blocks that begin within the span, oldest block first, at most `most` blocks (0: all), with
    /// their metrics by key. Full samples where they are, else points of 30 s.
    struct Rows
    {
        QStringList metrics;
        std::vector<NamedRow> rows;
        qint64 from = 0; ///< of the block
        bool coarse = false; ///< points of 30 s
    };
    Result<std::vector<Rows>> rows(const Span &span, int most);
    /// The same for the blocks that begin at or before `at`, newest first.
    Result<std::vector<Rows>> rowsBefore(qint64 at, int most);

private:
    explicit RecordingReader(Database database, About about)
        : m_database(std::move(database))
        , m_about(std::move(about))
    {
    }
    struct BlockPlace
    {
        qint64 from = 0;
        bool coarse = false;
    };
    /// Names of servers and metrics, read again when a block names a number that is not known yet.
    Result<void> readNames();
    Result<void> eachBlock(const QString &sql, const QVariantList &parameters,
                           const std::function<Result<void>(const PackedBlock &, const BlockPlace &)> &use);
    Result<Rows> named(const PackedBlock &block, const BlockPlace &place);
    Result<std::vector<Fact>> factsOf(const QString &sql, const QVariantList &parameters);

    Database m_database;
    About m_about;
    QHash<int, QString> m_servers;
    QHash<int, QString> m_metrics;
};

} // namespace shardhelm::monitor::recording
