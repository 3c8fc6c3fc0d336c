// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/latency/csvlog.h"

#include <string_view>

namespace shardhelm::monitor::latency {

namespace {

constexpr qsizetype longestField = 400;
constexpr qsizetype stampLength = 20; // "2026-11-20 09:23:42."

enum Column {
    Time = 0,
    Database = 2,
    Pid = 3,
    Tag = 7,
    Severity = 11,
    SqlState = 12,
    Message = 13,
    Application = 22,
    BackendType = 23
};

/// Whether a line begins as records do, with a time stamp.
bool beginsRecord(const QByteArray &line)
{
    static constexpr std::string_view shape = "dddd-dd-dd dd:dd:dd.";
    if (line.size() < stampLength)
        return false;
    for (qsizetype i = 0; i < stampLength; ++i) {
        const bool digit = line[i] >= '0' && line[i] <= '9';
        if (shape[size_t(i)] == 'd' ? !digit : line[i] != shape[size_t(i)])
            return false;
    }
    return true;
}

} // namespace

void CsvLog::startRecord()
{
    for (QByteArray &field : m_fields)
        field.clear();
    m_column = 0;
    m_quoted = false;
    m_quoteSeen = false;
}

void CsvLog::finishRecord(const Sink &sink)
{
    // The time stamp guards against a search that found a look-alike inside a statement's text.
    if (m_column > BackendType && beginsRecord(m_fields[0])) {
        sink({m_fields[Pid].toLongLong(), QString::fromUtf8(m_fields[Tag]), QString::fromUtf8(m_fields[Application]),
              QString::fromUtf8(m_fields[BackendType]), QString::fromUtf8(m_fields[Message]),
              QString::fromUtf8(m_fields[Time]), QString::fromUtf8(m_fields[Database]),
              QString::fromUtf8(m_fields[Severity]), QString::fromUtf8(m_fields[SqlState])});
    } else if (!m_fields[0].isEmpty()) {
        m_searching = true;
        m_line.clear();
    }
    startRecord();
}

void CsvLog::resume(bool atStart)
{
    startRecord();
    m_line.clear();
    m_searching = !atStart;
    if (m_searching)
        m_line = QByteArrayLiteral("?"); // the first line is the rest of one, not a beginning
}

void CsvLog::feed(const QByteArray &bytes, const Sink &sink)
{
    for (const char c : bytes) {
        if (m_searching) {
            if (c == '\n') {
                m_line.clear();
                continue;
            }
            if (m_line.size() < stampLength)
                m_line.append(c);
            if (m_line.size() < stampLength || !beginsRecord(m_line))
                continue;
            m_searching = false;
            startRecord();
            m_fields[0] = m_line;
            m_line.clear();
            continue;
        }
        if (m_quoted && !m_quoteSeen) {
            if (c == '"')
                m_quoteSeen = true;
            else if (m_column < columns && m_fields[size_t(m_column)].size() < longestField)
                m_fields[size_t(m_column)].append(c);
            continue;
        }
        if (m_quoteSeen) {
            m_quoteSeen = false;
            if (c == '"') { // a doubled quote stands for one
                if (m_column < columns && m_fields[size_t(m_column)].size() < longestField)
                    m_fields[size_t(m_column)].append(c);
                continue;
            }
            m_quoted = false;
        }
        if (c == '"')
            m_quoted = true;
        else if (c == ',')
            ++m_column;
        else if (c == '\n')
            finishRecord(sink);
        else if (m_column < columns && m_fields[size_t(m_column)].size() < longestField)
            m_fields[size_t(m_column)].append(c);
    }
}

} // namespace shardhelm::monitor::latency
