// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/latency/logparser.h"

#include <QRegularExpression>

namespace shardhelm::monitor::latency {

/// log_destination = stderr, with whatever log_line_prefix is set: the prefix is turned into a pattern that finds
/// process, command tag, application and backend type where it has them. Lines that continue a message begin with a
/// tab and are passed over.
class TextLog : public LogParser
{
public:
    explicit TextLog(const QString &linePrefix);
    void feed(const QByteArray &bytes, const Sink &sink) override;
    void resume(bool atStart) override;

    /// The pattern of a prefix; its capture groups are pid, tag, application, backend, database, at and state where the
    /// prefix tells them.
    static QString pattern(const QString &linePrefix);

private:
    void finishLine(const Sink &sink) const;

    QRegularExpression m_begin; ///< prefix and severity
    QByteArray m_line;
    bool m_skipLine = true;
};

} // namespace shardhelm::monitor::latency
