// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "instances/factmodel.h"
#include "monitor/detail/replication.h"

#include <QCoreApplication>

namespace shardhelm {

/// The tables of the tab "Replication".
struct ReplicationRows
{
    Q_DECLARE_TR_FUNCTIONS(ReplicationRows)
public:
    static std::vector<FactColumn> readerColumns();
    static std::vector<FactRow> readers(const monitor::detail::Replication &replication);
    static std::vector<FactColumn> slotColumns();
    static std::vector<FactRow> replicationSlots(const monitor::detail::Replication &replication);
    static std::vector<FactColumn> subscriptionColumns();
    static std::vector<FactRow> subscriptions(const monitor::detail::Replication &replication);
    static std::vector<FactColumn> publicationColumns();
    static std::vector<FactRow> publications(const monitor::detail::Replication &replication);
    /// What a replica receives, in a line; empty on a primary.
    static QString receiver(const monitor::detail::Replication &replication);
};

} // namespace shardhelm
