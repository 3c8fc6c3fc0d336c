// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/latency/logparser.h"
#include "monitor/latency/logsampling.h"
#include "monitor/latency/rolling.h"
#include "monitor/latency/source.h"

#include <QHash>

#include <memory>

namespace shardhelm::monitor::latency {

/// Durations from the server's log, read over SQL in bounded pieces. Each counts for as many statements as the
/// server's sampling settings say it stands for. A log that grows faster than it may be read is read in part: the
/// newest bytes of each interval.
class LogSource : public LatencySource
{
public:
    struct Limits
    {
        double windowSeconds = 60;
        qint64 bytesPerRead = qint64(256) * 1024;
    };

    LogSource();
    explicit LogSource(const Limits &limits);

    [[nodiscard]] Source source() const override { return Source::Log; }
    [[nodiscard]] std::vector<pg::Statement> questions() override;
    void answered(std::span<const pg::Rows> answers) override;
    void failed(const Error &error) override;
    void restart() override;
    [[nodiscard]] Presence presence() const override { return m_presence; }
    [[nodiscard]] Figures figures() const override;

    /// Reads a log of this form without asking the server for its settings, for when they are known better.
    void begin(LogFormat format, const QString &linePrefix, const LogSampling &sampling);
    /// What the log times.
    [[nodiscard]] const LogSampling &sampling() const { return m_sampling; }
    /// Calls in the window as another source counts them; needed for a log that times only long statements.
    void setTotalCalls(std::optional<double> calls) { m_totalCalls = calls; }

    /// One piece of a log file, as read at `nowSeconds` from byte `start`.
    struct Piece
    {
        QString file;
        qint64 start = 0;
        double nowSeconds = 0;
        QByteArray bytes;
    };
    void take(const Piece &piece);
    /// One message that was read at `nowSeconds`.
    void take(const LogRecord &record, double nowSeconds);

private:
    void takeAccess(const pg::Rows &rows);
    void takeDuration(const LoggedDuration &duration, double nowSeconds);

    Limits m_limits;
    Presence m_presence = Presence::Unknown;
    LogFormat m_format = LogFormat::Stderr;
    LogSampling m_sampling;
    std::unique_ptr<LogParser> m_parser;
    QString m_file;
    qint64 m_offset = 0;
    Rolling m_durations;
    double m_gapAt = -1; ///< server clock when bytes were last passed over
    double m_now = 0;
    QHash<qint64, double> m_prepared; ///< by process: parse and bind times of the statement not yet executed
    bool m_executionOnly = false;
    std::optional<double> m_totalCalls;
};

} // namespace shardhelm::monitor::latency
