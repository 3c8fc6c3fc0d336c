// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/latency/logparser.h"

#include "monitor/latency/csvlog.h"
#include "monitor/latency/jsonlog.h"
#include "monitor/latency/textlog.h"

namespace shardhelm::monitor::latency {

std::unique_ptr<LogParser> makeLogParser(LogFormat format, const QString &linePrefix)
{
    switch (format) {
    case LogFormat::Csv:
        return std::make_unique<CsvLog>();
    case LogFormat::Json:
        return std::make_unique<JsonLog>();
    case LogFormat::Stderr:
        break;
    }
    return std::make_unique<TextLog>(linePrefix);
}

} // namespace shardhelm::monitor::latency
