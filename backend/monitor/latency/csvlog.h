// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/latency/logparser.h"

#include <array>

namespace shardhelm::monitor::latency {

/// log_destination = csvlog.
class CsvLog : public LogParser
{
public:
    void feed(const QByteArray &bytes, const Sink &sink) override;
    void resume(bool atStart) override;

private:
    static constexpr int columns = 26; // of PostgreSQL 14 and later; later columns would be ignored
    void startRecord();
    void finishRecord(const Sink &sink);

    std::array<QByteArray, columns> m_fields;
    int m_column = 0;
    bool m_quoted = false;
    bool m_quoteSeen = false; ///< inside quotes, the last byte was a quote
    bool m_searching = true; ///< for the beginning of a record
    QByteArray m_line; ///< while searching: the line so far
};

} // namespace shardhelm::monitor::latency
