// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/latency/jsonlog.h"

namespace shardhelm::monitor::latency {

namespace {

constexpr qsizetype longestText = 400;

} // namespace

void JsonLog::resume(bool atStart)
{
    m_record = {};
    m_key.clear();
    m_text.clear();
    m_in = In::Between;
    m_haveKey = false;
    m_escape = false;
    m_hexLeft = 0;
    m_skipLine = !atStart;
}

void JsonLog::appendText(const QByteArray &utf8)
{
    QByteArray &target = m_in == In::Key ? m_key : m_text;
    if (target.size() < longestText)
        target.append(utf8);
}

void JsonLog::escaped(char c)
{
    if (c == 'u') {
        m_hexLeft = 4;
        m_hex = 0;
        return;
    }
    switch (c) {
    case 'n':
        appendText("\n");
        break;
    case 't':
        appendText("\t");
        break;
    case 'b':
    case 'f':
    case 'r':
        appendText(" ");
        break;
    default:
        appendText(QByteArray(1, c));
    }
}

void JsonLog::take()
{
    const QString text = QString::fromUtf8(m_text);
    if (m_key == "pid")
        m_record.pid = text.toLongLong();
    else if (m_key == "ps")
        m_record.tag = text;
    else if (m_key == "application_name")
        m_record.application = text;
    else if (m_key == "backend_type")
        m_record.backendType = text;
    else if (m_key == "message")
        m_record.message = text;
    else if (m_key == "timestamp")
        m_record.at = text;
    else if (m_key == "dbname")
        m_record.database = text;
    else if (m_key == "error_severity")
        m_record.severity = text;
    else if (m_key == "state_code")
        m_record.sqlState = text;
    m_key.clear();
    m_text.clear();
    m_haveKey = false;
    m_in = In::Between;
}

void JsonLog::step(char c)
{
    if (m_in == In::Key || m_in == In::Value) {
        if (m_hexLeft > 0) {
            const char digit[] = {c, 0};
            m_hex = m_hex * 16 + char32_t(QByteArray(digit).toUInt(nullptr, 16));
            if (--m_hexLeft == 0)
                appendText(QString::fromUcs4(&m_hex, 1).toUtf8());
        } else if (m_escape) {
            m_escape = false;
            escaped(c);
        } else if (c == '\\') {
            m_escape = true;
        } else if (c != '"') {
            appendText(QByteArray(1, c));
        } else if (m_in == In::Key) {
            m_haveKey = true;
            m_in = In::Between;
        } else {
            take();
        }
        return;
    }
    if (m_in == In::Bare && (c == ',' || c == '}')) {
        take();
    } else if (m_in == In::Bare) {
        appendText(QByteArray(1, c));
    } else if (c == '"') {
        m_in = m_haveKey ? In::Value : In::Key;
    } else if (m_haveKey && c != ':' && c != ' ') {
        m_in = In::Bare;
        appendText(QByteArray(1, c));
    }
}

void JsonLog::feed(const QByteArray &bytes, const Sink &sink)
{
    for (const char c : bytes) {
        if (c != '\n') {
            if (!m_skipLine)
                step(c);
            continue;
        }
        const bool whole = !m_skipLine && m_in == In::Between && !m_record.message.isEmpty();
        const LogRecord record = m_record;
        resume(true);
        if (whole)
            sink(record);
    }
}

} // namespace shardhelm::monitor::latency
