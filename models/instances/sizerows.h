// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "instances/factmodel.h"
#include "monitor/detail/sizes.h"

#include <QCoreApplication>

namespace shardhelm {

/// The tables of the tab "Sizes".
struct SizeRows
{
    Q_DECLARE_TR_FUNCTIONS(SizeRows)
public:
    static std::vector<FactColumn> shardColumns();
    static std::vector<FactRow> shards(const monitor::detail::InstanceSizes &sizes, const cluster::ShardMap &map);
    static std::vector<FactColumn> tableColumns();
    static std::vector<FactRow> tables(const monitor::detail::InstanceSizes &sizes);
    static std::vector<FactColumn> indexColumns();
    static std::vector<FactRow> indexes(const monitor::detail::InstanceSizes &sizes);
    /// Where sizes and counts come from, and what is worth knowing first: dead rows, unused indexes.
    static QString summary(const monitor::detail::InstanceSizes &sizes);
};

} // namespace shardhelm
