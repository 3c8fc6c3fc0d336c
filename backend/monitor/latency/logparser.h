// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/latency/logrecord.h"

#include <QByteArray>

#include <functional>
#include <memory>

namespace shardhelm::monitor::latency {

enum class LogFormat { Stderr, Csv, Json };

/// Takes a server's log apart, fed in pieces cut anywhere. Holds at most a few kilobytes however long a message is.
/// A value of one log; used by one thread at a time.
class LogParser
{
public:
    using Sink = std::function<void(const LogRecord &)>;

    virtual ~LogParser() = default;
    virtual void feed(const QByteArray &bytes, const Sink &sink) = 0;
    /// The next bytes do not follow the last ones: forgets the message begun, and starts at the next whole one.
    /// `atStart`: the next bytes are the first of a file.
    virtual void resume(bool atStart) = 0;
};

/// `linePrefix`: the server's log_line_prefix, for LogFormat::Stderr.
std::unique_ptr<LogParser> makeLogParser(LogFormat format, const QString &linePrefix = {});

} // namespace shardhelm::monitor::latency
