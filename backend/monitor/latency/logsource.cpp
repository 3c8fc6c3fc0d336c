// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/latency/logsource.h"

#include "core/sqltext.h"

#include <cmath>

namespace shardhelm::monitor::latency {

namespace {

constexpr int mostProcesses = 10000;

QString formatName(LogFormat format)
{
    switch (format) {
    case LogFormat::Json:
        return QStringLiteral("jsonlog");
    case LogFormat::Csv:
        return QStringLiteral("csvlog");
    case LogFormat::Stderr:
        break;
    }
    return QStringLiteral("stderr");
}

std::optional<LogFormat> bestFormat(const QString &destination)
{
    for (const LogFormat format : {LogFormat::Json, LogFormat::Csv, LogFormat::Stderr}) {
        const QStringList written = destination.split(u',');
        for (const QString &one : written) {
            if (one.trimmed() == formatName(format))
                return format;
        }
    }
    return std::nullopt;
}

bool speaksEnglish(const QString &messages)
{
    return messages.isEmpty() || messages == u"C" || messages.startsWith(u"C.") || messages == u"POSIX"
        || messages.startsWith(u"en");
}

std::optional<double> threshold(const pg::Rows &rows, const char *column)
{
    const auto ms = rows.optionalNumber(0, rows.column(column));
    return ms && *ms >= 0 ? ms : std::nullopt;
}

} // namespace

LogSource::LogSource()
    : LogSource(Limits())
{
}

LogSource::LogSource(const Limits &limits)
    : m_limits(limits)
    , m_durations(limits.windowSeconds)
{
}

std::vector<pg::Statement> LogSource::questions()
{
    if (m_presence == Presence::Unknown)
        return {{sqlText("monitor/latency_log_access"), {}}};
    if (m_presence != Presence::Present)
        return {};
    return {{sqlText("monitor/latency_log_read"),
             pg::Params(formatName(m_format), m_file, m_offset, m_limits.bytesPerRead)}};
}

void LogSource::answered(std::span<const pg::Rows> answers)
{
    if (answers.empty())
        return;
    const pg::Rows &rows = answers.front();
    if (m_presence == Presence::Unknown) {
        takeAccess(rows);
        return;
    }
    for (int row = 0; row < rows.count(); ++row) {
        const QByteArray hex = rows.bytes(row, rows.column("bytes"));
        take({rows.text(row, rows.column("name")), rows.integer(row, rows.column("start")),
              rows.number(row, rows.column("now")), QByteArray::fromHex(hex.mid(2))});
    }
}

void LogSource::takeAccess(const pg::Rows &rows)
{
    if (rows.isEmpty()) {
        m_presence = Presence::Absent;
        return;
    }
    m_sampling.allDurations = rows.boolean(0, rows.column("all_durations"));
    m_sampling.minStatementMs = threshold(rows, "min_statement");
    m_sampling.minSampleMs = threshold(rows, "min_sample");
    m_sampling.statementRate = rows.number(0, rows.column("statement_rate"));
    m_sampling.transactionRate = rows.number(0, rows.column("transaction_rate"));

    const auto format = bestFormat(rows.text(0, rows.column("destination")));
    const QString prefix = rows.text(0, rows.column("line_prefix"));
    if (!rows.boolean(0, rows.column("collected")) || !format || std::isinf(m_sampling.hiddenBelowMs())) {
        m_presence = Presence::Absent;
    } else if (!rows.boolean(0, rows.column("permitted"))) {
        m_presence = Presence::NotPermitted;
    } else if (*format == LogFormat::Stderr && !speaksEnglish(rows.text(0, rows.column("messages")))
               && !prefix.contains(u"%i")) {
        // Steps of the extended protocol are told apart by English words or by the command tag.
        m_presence = Presence::Unreadable;
    } else {
        begin(*format, prefix, m_sampling);
    }
}

void LogSource::begin(LogFormat format, const QString &linePrefix, const LogSampling &sampling)
{
    m_presence = Presence::Present;
    m_format = format;
    m_sampling = sampling;
    m_parser = makeLogParser(format, linePrefix);
}

void LogSource::failed(const Error &error)
{
    const Presence after = presenceAfter(error);
    if (after != Presence::Present)
        m_presence = after;
}

void LogSource::restart()
{
    const Limits limits = m_limits;
    *this = LogSource(limits);
}

void LogSource::take(const Piece &piece)
{
    if (!m_parser)
        return;
    m_now = piece.nowSeconds;
    m_durations.advance(m_now);
    if (piece.file != m_file || piece.start != m_offset) {
        m_parser->resume(piece.start == 0);
        const bool first = m_file.isEmpty();
        if (!first && piece.start != 0) {
            m_gapAt = m_now;
            m_prepared.clear(); // their executions may be among the bytes passed over
        }
    }
    m_file = piece.file;
    m_offset = piece.start + piece.bytes.size();
    m_parser->feed(piece.bytes, [this](const LogRecord &record) { take(record, m_now); });
}

void LogSource::take(const LogRecord &record, double nowSeconds)
{
    if (const auto duration = loggedDuration(record))
        takeDuration(*duration, nowSeconds);
}

void LogSource::takeDuration(const LoggedDuration &duration, double nowSeconds)
{
    using Kind = LoggedDuration::Kind;
    double ms = duration.ms;
    const bool everything = m_sampling.probability(0) >= 1;
    if (duration.kind == Kind::Plan)
        return;
    if (duration.kind == Kind::Parse || duration.kind == Kind::Bind) {
        // Only a log of everything tells which parse and bind belong to an execution.
        if (everything && duration.pid != 0) {
            if (m_prepared.size() >= mostProcesses)
                m_prepared.clear();
            m_prepared[duration.pid] += duration.ms;
        }
        return;
    }
    // An execution logged without its text looks like a simple statement; only executions have steps before them.
    if (everything && duration.pid != 0)
        ms += m_prepared.take(duration.pid);
    else if (duration.kind == Kind::Execute)
        m_executionOnly = true;
    m_durations.add(nowSeconds, ms, m_sampling.probability(duration.ms));
}

Figures LogSource::figures() const
{
    Figures figures;
    if (m_presence != Presence::Present)
        return figures;
    const Durations durations = m_durations.durations();
    figures.source = Source::Log;
    figures.scope = m_executionOnly ? Scope::Execution : Scope::Statement;
    figures.windowSeconds = m_durations.seconds();
    figures.incomplete = m_gapAt >= 0 && m_gapAt >= m_now - figures.windowSeconds;
    const double hidden = m_sampling.hiddenBelowMs();
    const double total = hidden > 0 ? m_totalCalls.value_or(0) : durations.calls();
    figures.calls = std::llround(total);
    figures.p50 = durations.quantile(0.5, hidden, total);
    figures.p95 = durations.quantile(0.95, hidden, total);
    figures.p99 = durations.quantile(0.99, hidden, total);
    if (hidden <= 0)
        figures.mean = durations.mean();
    return figures;
}

} // namespace shardhelm::monitor::latency
