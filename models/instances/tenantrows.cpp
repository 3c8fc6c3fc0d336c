// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/tenantrows.h"

#include "format/units.h"
#include "wording/errors.h"

#include <algorithm>
#include <cmath>

namespace shardhelm {

using monitor::detail::ShardLoad;
using monitor::detail::Tenant;
using monitor::detail::TenantReport;

namespace {

FactCell shareCell(const std::optional<double> &share, bool marked)
{
    FactCell cell;
    if (!share)
        return cell;
    cell.value = *share;
    cell.share = *share;
    cell.marked = marked;
    return cell;
}

} // namespace

std::vector<FactColumn> TenantRows::tenantColumns()
{
    using Kind = FactColumn::Kind;
    return {
        {QStringLiteral("tenant"), tr("tenant"), tr("Value of the shard key"), Kind::Text, 160},
        {QStringLiteral("shard"), tr("logical shard"), {}, Kind::Text, 110},
        {QStringLiteral("rows"), tr("rows"), tr("Estimated, over all sharded tables"), Kind::Count, 100},
        {QStringLiteral("shard_share"), tr("of its shard"), tr("Share of the rows of its logical shard"), Kind::Percent,
         130},
        {QStringLiteral("instance_share"), tr("of this instance"), tr("Share of the rows of all sharded tables here"),
         Kind::Percent, 130},
        {QStringLiteral("samples"), tr("statements seen"),
         tr("Sampled statements that name the tenant in their text, since the tab was opened"), Kind::Count, 120},
        {QStringLiteral("load_share"), tr("of the load seen"), tr("Share of the sampled statements that name a tenant"),
         Kind::Percent, 130},
        {QStringLiteral("tables"), tr("tables"), tr("Sharded tables in which it is among the frequent keys"),
         Kind::Count, 80},
        {QStringLiteral("pinned"), tr("pinned"), {}, Kind::Text, 80},
    };
}

std::vector<FactRow> TenantRows::tenants(const TenantReport &report)
{
    std::vector<FactRow> rows;
    for (const Tenant &tenant : report.tenants) {
        const bool whale = tenant.isWhale();
        FactCell name{tenant.key};
        if (whale) {
            name.pip = Condition::Degraded;
            name.tip = tr("%1 of the rows of logical shard %2")
                           .arg(format::percent(*tenant.shardShare))
                           .arg(tenant.shard.value_or(-1));
        }
        const std::optional<double> load =
            report.visible > 0 ? std::optional(static_cast<double>(tenant.samples) / report.visible) : std::nullopt;
        const bool counted = tenant.tables > 0;
        rows.push_back({QStringLiteral("%1/%2").arg(tenant.key).arg(tenant.shard.value_or(-1)),
                        {name,
                         {tenant.shard ? QJsonValue(*tenant.shard) : QJsonValue(),
                          tenant.shard ? QString::number(*tenant.shard) : QString()},
                         {counted ? QJsonValue(std::round(tenant.rows)) : QJsonValue()},
                         shareCell(tenant.shardShare, whale),
                         shareCell(counted ? std::optional(tenant.instanceShare) : std::nullopt, false),
                         {report.visible > 0 ? QJsonValue(tenant.samples) : QJsonValue()},
                         shareCell(load, false),
                         {counted ? QJsonValue(tenant.tables) : QJsonValue()},
                         {tenant.pinned}}});
    }
    return rows;
}

std::vector<FactColumn> TenantRows::shardColumns()
{
    using Kind = FactColumn::Kind;
    return {
        {QStringLiteral("shard"), tr("logical shard"), {}, Kind::Text, 110},
        {QStringLiteral("rows"), tr("rows"), tr("Estimated, over all sharded tables"), Kind::Count, 100},
        {QStringLiteral("share"), tr("of this instance"), tr("Share of the rows of all sharded tables here"),
         Kind::Percent, 130},
        {QStringLiteral("read_per_second"), tr("rows read/s"), {}, Kind::Rate, 100},
        {QStringLiteral("written_per_second"), tr("rows written/s"), {}, Kind::Rate, 110},
        {QStringLiteral("load_share"), tr("of the load"),
         tr("Share of the rows read and written, or of the statements seen"), Kind::Percent, 130},
        {QStringLiteral("samples"), tr("statements seen"),
         tr("Sampled statements whose key belongs to it, since the tab was opened"), Kind::Count, 120},
        {QStringLiteral("largest"), tr("largest tenant"), {}, Kind::Text, 150},
        {QStringLiteral("largest_share"), tr("its share"), tr("Share of the logical shard's rows"), Kind::Percent, 110},
        {QStringLiteral("source"), tr("load known from"), {}, Kind::Text, 230},
    };
}

std::vector<FactRow> TenantRows::shards(const TenantReport &report, const cluster::ShardMap &)
{
    double work = 0;
    int samples = 0;
    for (const ShardLoad &load : report.shards) {
        work += load.readPerSecond.value_or(0) + load.writtenPerSecond.value_or(0);
        samples += load.samples.value_or(0);
    }
    const auto json = [](const std::optional<double> &value) { return value ? QJsonValue(*value) : QJsonValue(); };
    std::vector<FactRow> rows;
    for (const ShardLoad &load : report.shards) {
        std::optional<double> share;
        QString source = tr("unknown");
        if (load.readPerSecond) {
            source = tr("pg_stat_user_tables of its schema");
            if (work > 0)
                share = (*load.readPerSecond + *load.writtenPerSecond) / work;
        } else if (load.samples) {
            source = tr("sampled statements");
            if (samples > 0)
                share = static_cast<double>(*load.samples) / samples;
        }
        FactCell sourceCell{source};
        sourceCell.faded = !load.readPerSecond && !load.samples;
        rows.push_back(
            {QString::number(load.shard),
             {{load.shard, QString::number(load.shard)},
              {load.rows ? QJsonValue(std::round(*load.rows)) : QJsonValue()},
              shareCell(load.rows && report.rows > 0 ? std::optional(*load.rows / report.rows) : std::nullopt, false),
              {json(load.readPerSecond)},
              {json(load.writtenPerSecond)},
              shareCell(share, false),
              {load.samples ? QJsonValue(*load.samples) : QJsonValue()},
              {load.largest.isEmpty() ? QJsonValue() : QJsonValue(load.largest)},
              shareCell(load.largestShare, load.largestShare.value_or(0) >= 0.25),
              sourceCell}});
    }
    return rows;
}

QString TenantRows::whale(const TenantReport &report)
{
    const Tenant *largest = nullptr;
    for (const Tenant &tenant : report.tenants) {
        if (tenant.isWhale() && (!largest || tenant.rows > largest->rows))
            largest = &tenant;
    }
    if (!largest)
        return {};
    return tr("tenant %1: %2 of the rows of logical shard %3, %4 of this instance")
        .arg(largest->key, format::percent(*largest->shardShare))
        .arg(largest->shard.value_or(-1))
        .arg(format::percent(largest->instanceShare));
}

QString TenantRows::source(const TenantReport &report, const cluster::ShardMap &map)
{
    QStringList parts{tr("rows from pg_stats")};
    if (map.layout == cluster::Layout::Rows)
        parts << tr("other rows taken as spread evenly");
    if (report.notPermitted > 0)
        parts
            << tr("%1 of %2 tables not permitted: needs SELECT on the key").arg(report.notPermitted).arg(report.tables);
    if (report.notAnalysed > 0)
        parts << tr("%1 of %2 tables not analysed").arg(report.notAnalysed).arg(report.tables);
    if (report.textsHidden)
        parts << tr("statements not permitted");
    else if (report.samples > 0 && report.visible == 0)
        parts << tr("no key in %1 sampled statements: it is a parameter").arg(report.samples);
    else if (report.samples > 0)
        parts << tr("key visible in %1 of %2 sampled statements").arg(report.visible).arg(report.samples);
    if (report.unrouted)
        parts << tr("keys not routed: %1").arg(wording::sentence(*report.unrouted));
    return parts.join(QStringLiteral(" · "));
}

} // namespace shardhelm
