// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/detail/errors.h"

#include "core/sqltext.h"
#include "pg/conninfo.h"

#include <algorithm>

namespace shardhelm::monitor::detail {

namespace {

using latency::LogFormat;
using latency::Presence;

constexpr Milliseconds timeout{15000};
/// A log full of different errors must not fill the memory.
constexpr qsizetype mostGroups = 500;

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

} // namespace

ErrorWatch::ErrorWatch(qint64 bytesPerRead)
    : m_bytesPerRead(bytesPerRead)
{
}

Result<ErrorReport> ErrorWatch::read(Asker &asker, const Target &target, const Wait &wait)
{
    std::vector<pg::Statement> statements{{sqlText("detail/error_counters"), {}}};
    if (m_presence != Presence::Present)
        statements.push_back({sqlText("monitor/latency_log_access"), {}});
    Answer answer = asker.ask({target, statements}, timeout, wait);
    if (!answer)
        return Failure(answer.error());
    for (const Result<pg::Rows> &rows : *answer) {
        if (!rows)
            return Failure(rows.error());
    }
    ErrorReport report;
    takeCounters(*(*answer)[0], report);
    if (answer->size() > 1)
        takeAccess(*(*answer)[1]);
    if (m_presence == Presence::Present) {
        const bool first = m_file.isEmpty();
        const pg::Statement question = first
            ? pg::Statement{sqlText("detail/log_tail"), pg::Params(formatName(m_format), m_bytesPerRead)}
            : pg::Statement{sqlText("monitor/latency_log_read"),
                            pg::Params(formatName(m_format), m_file, m_offset, m_bytesPerRead)};
        answer = asker.ask({target, {question}}, timeout, wait);
        if (!answer)
            return Failure(answer.error());
        if (answer->front())
            takeLog(*answer->front());
        else if (latency::presenceAfter(answer->front().error()) != Presence::Present)
            m_presence = latency::presenceAfter(answer->front().error());
        else
            return Failure(answer->front().error());
    }
    report.log = m_presence;
    report.since = m_since;
    report.cut = m_cut;
    report.groups.assign(m_groups.cbegin(), m_groups.cend());
    std::sort(report.groups.begin(), report.groups.end(), [](const ErrorGroup &a, const ErrorGroup &b) {
        return a.count != b.count ? a.count > b.count : a.sqlState < b.sqlState;
    });
    return report;
}

void ErrorWatch::takeAccess(const pg::Rows &rows)
{
    m_presence = Presence::Absent;
    if (rows.isEmpty() || !rows.boolean(0, rows.column("collected")))
        return;
    const QStringList written = rows.text(0, rows.column("destination")).split(u',');
    std::optional<LogFormat> found;
    for (const LogFormat format : {LogFormat::Stderr, LogFormat::Csv, LogFormat::Json}) {
        for (const QString &one : written) {
            if (one.trimmed() == formatName(format))
                found = format;
        }
    }
    if (!found)
        return;
    m_presence = rows.boolean(0, rows.column("permitted")) ? Presence::Present : Presence::NotPermitted;
    m_format = *found;
    m_parser = latency::makeLogParser(m_format, rows.text(0, rows.column("line_prefix")));
}

void ErrorWatch::takeLog(const pg::Rows &rows)
{
    for (int row = 0; row < rows.count(); ++row) {
        const QString file = rows.text(row, rows.column("name"));
        const qint64 start = rows.integer(row, rows.column("start"));
        const QByteArray bytes = QByteArray::fromHex(rows.bytes(row, rows.column("bytes")).mid(2));
        if (file != m_file || start != m_offset) {
            m_parser->resume(start == 0);
            m_cut = m_cut || start != 0;
        }
        m_file = file;
        m_offset = start + bytes.size();
        m_parser->feed(bytes, [this](const latency::LogRecord &record) { takeRecord(record); });
    }
}

void ErrorWatch::takeRecord(const latency::LogRecord &record)
{
    if (m_since.isEmpty())
        m_since = record.at;
    if (!latency::isError(record))
        return;
    const QPair<QString, QString> key{record.sqlState, record.database};
    if (!m_groups.contains(key) && m_groups.size() >= mostGroups)
        return;
    ErrorGroup &group = m_groups[key];
    group.sqlState = record.sqlState;
    group.severity = record.severity;
    group.database = record.database;
    ++group.count;
    group.lastAt = record.at;
    group.lastMessage = pg::redacted(record.message);
    group.application = record.application;
}

void ErrorWatch::takeCounters(const pg::Rows &rows, ErrorReport &report)
{
    if (rows.isEmpty())
        return;
    const double now = rows.number(0, rows.column("now"));
    if (const auto reset = rows.optionalNumber(0, rows.column("reset_at")))
        report.countedSince = QDateTime::fromMSecsSinceEpoch(qRound64(*reset * 1000), Qt::UTC);
    for (const char *name : {"rollbacks", "deadlocks", "conflicts", "sessions_abandoned", "sessions_fatal",
                             "sessions_killed", "checksum_failures"}) {
        const auto value = rows.optionalInteger(0, rows.column(name));
        if (!value) // checksums are off
            continue;
        ErrorCounter counter{QString::fromLatin1(name), *value, std::nullopt};
        const qint64 before = m_firstCounters.value(counter.key, *value);
        if (m_firstAt > 0 && now > m_firstAt) {
            report.windowSeconds = now - m_firstAt;
            counter.perMinute =
                60 * static_cast<double>(*value >= before ? *value - before : *value) / report.windowSeconds;
        }
        if (!m_firstCounters.contains(counter.key))
            m_firstCounters.insert(counter.key, *value);
        report.counters.push_back(counter);
    }
    if (m_firstAt <= 0)
        m_firstAt = now;
}

} // namespace shardhelm::monitor::detail
