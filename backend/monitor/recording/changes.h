// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/recording/content.h"
#include "monitor/sample.h"

#include <QHash>

namespace shardhelm::monitor::recording {

/// Turns the monitor's reports into what has to be written: the rows of servers that were sampled since the last one,
/// and the facts that changed. Used by one thread at a time.
class Changes
{
public:
    /// What this report adds. A server's details are repeated at most every 30 s unless its state changes with them.
    [[nodiscard]] Batch of(const FleetSample &fleet);
    /// The next report is written whole, as the first one.
    void forget();

private:
    struct Last
    {
        ServerSample sample;
        qint64 detailAt = 0;
    };
    void addFacts(Batch &batch, const ServerSample &now, qint64 at, Last &last, bool isNew) const;

    QHash<QString, Last> m_last;
    QCborMap m_fleet;
    Verdict m_verdict; ///< as it is written
    qint64 m_verdictAt = 0;
};

} // namespace shardhelm::monitor::recording
