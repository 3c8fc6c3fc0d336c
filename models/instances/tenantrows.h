// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "instances/factmodel.h"
#include "monitor/detail/tenants.h"

#include <QCoreApplication>

namespace shardhelm {

/// The tables of the tab "Tenants".
struct TenantRows
{
    Q_DECLARE_TR_FUNCTIONS(TenantRows)
public:
    static std::vector<FactColumn> tenantColumns();
    static std::vector<FactRow> tenants(const monitor::detail::TenantReport &report);
    static std::vector<FactColumn> shardColumns();
    static std::vector<FactRow> shards(const monitor::detail::TenantReport &report, const cluster::ShardMap &map);
    /// The largest whale: "tenant 4711: 40 % of the rows of logical shard 7, 12 % of this instance"; empty without one.
    static QString whale(const monitor::detail::TenantReport &report);
    /// Where rows and load are known from, and what keeps more from being known.
    static QString source(const monitor::detail::TenantReport &report, const cluster::ShardMap &map);
};

} // namespace shardhelm
