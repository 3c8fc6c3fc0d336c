// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/latency/logparser.h"

namespace shardhelm::monitor::latency {

/// log_destination = jsonlog: one flat object per line, however long the line.
class JsonLog : public LogParser
{
public:
    void feed(const QByteArray &bytes, const Sink &sink) override;
    void resume(bool atStart) override;

private:
    enum class In { Between, Key, Value, Bare };
    void step(char c);
    void appendText(const QByteArray &utf8);
    void escaped(char c);
    void take();

    LogRecord m_record;
    QByteArray m_key;
    QByteArray m_text;
    In m_in = In::Between;
    bool m_haveKey = false;
    bool m_escape = false;
    int m_hexLeft = 0;
    char32_t m_hex = 0;
    bool m_skipLine = true;
};

} // namespace shardhelm::monitor::latency
