// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/statementrows.h"

#include "format/units.h"

namespace shardhelm {

using monitor::detail::Comparison;
using monitor::detail::Spread;
using monitor::detail::StatementFact;
using monitor::detail::StatementReport;
using monitor::detail::StatementSpan;

namespace {

QString ms(double value)
{
    return format::duration(value / 1000);
}

/// A point, or the bounds where nothing more is known.
FactCell p99Cell(const std::optional<monitor::latency::Value> &p99)
{
    FactCell cell;
    if (!p99)
        return cell;
    cell.tip = StatementRows::tr("Estimated from the moments of the statement's execution times");
    if (p99->pointMs) {
        cell.value = *p99->pointMs;
        return cell;
    }
    cell.value = p99->highMs;
    cell.text = StatementRows::tr("%1 to %2").arg(ms(p99->lowMs), ms(p99->highMs));
    cell.tip = StatementRows::tr("The moments of its execution times allow anything between these");
    cell.faded = true;
    return cell;
}

bool isOutOfLine(Spread spread)
{
    return spread == Spread::OnlyHere || spread == Spread::HereAndOthers;
}

} // namespace

std::vector<FactColumn> StatementRows::columns()
{
    using Kind = FactColumn::Kind;
    return {
        {QStringLiteral("statement"), tr("statement"), {}, Kind::Text, 250, true, true},
        {QStringLiteral("share"), tr("share of time"), tr("Of the time of all statements of this database"),
         Kind::Percent, 100},
        {QStringLiteral("calls_per_second"), tr("calls/s"), {}, Kind::Rate, 64},
        {QStringLiteral("mean_ms"), tr("mean"), {}, Kind::Millis, 70},
        {QStringLiteral("p99_ms"), tr("p99, estimate"), tr("99 of 100 calls took at most this long"), Kind::Millis,
         110},
        {QStringLiteral("compared"), tr("compared"), tr("Whether the statement is as slow on the other instances"),
         Kind::Text, 130},
        {QStringLiteral("factor"), tr("vs others"), tr("Mean time against the median of the others"), Kind::Text, 76,
         false},
        {QStringLiteral("calls"), tr("calls"), {}, Kind::Count, 62},
        {QStringLiteral("total_ms"), tr("total"), tr("Time of all its calls together"), Kind::Millis, 74},
        {QStringLiteral("rows"), tr("rows"), {}, Kind::Count, 66},
        {QStringLiteral("rows_per_call"), tr("rows/call"), {}, Kind::Text, 80, false},
        {QStringLiteral("instances"), tr("instances"), tr("Servers of the fleet that ran it"), Kind::Count, 80, false},
        {QStringLiteral("fleet_share"), tr("share of the fleet"),
         tr("Share of this server in the time that the statement takes on all servers"), Kind::Percent, 120, false},
        {QStringLiteral("fingerprint"), tr("fingerprint"), tr("The same for the same statement on every instance"),
         Kind::Text, 140, false, true},
    };
}

QString StatementRows::spread(const Comparison &comparison)
{
    switch (comparison.spread) {
    case Spread::Unknown:
        return tr("too few calls");
    case Spread::NowhereElse:
        return tr("runs only here");
    case Spread::Alike:
        return tr("everywhere alike");
    case Spread::OnlyHere:
        return tr("only here");
    case Spread::HereAndOthers:
        return comparison.slow.size() == 1 ? tr("here and %1").arg(comparison.slow.first())
                                           : tr("here and on %1 others").arg(comparison.slow.size());
    case Spread::OnlyElsewhere:
        return comparison.slow.size() == 1 ? tr("only on %1").arg(comparison.slow.first())
                                           : tr("only on %1 others").arg(comparison.slow.size());
    case Spread::FasterHere:
        return tr("faster here");
    }
    return {};
}

QString StatementRows::sentence(const StatementReport &report, const StatementFact &fact)
{
    const Comparison &comparison = fact.comparison;
    const QString here = tr("mean %1 on %2").arg(ms(fact.meanMs()), report.server);
    if (comparison.compared == 0) {
        return comparison.spread == Spread::NowhereElse
            ? tr("Runs only here: %1, on no other server that can be read.").arg(here)
            : tr("Too few calls on other servers to compare: %1.").arg(here);
    }
    const int calm = comparison.compared - static_cast<int>(comparison.slow.size());
    const QString range = comparison.highMs > comparison.lowMs
        ? tr("%1 to %2").arg(ms(comparison.lowMs), ms(comparison.highMs))
        : ms(comparison.medianMs);
    const QString crowd = calm == 1 ? tr("%1 on the other one that runs it").arg(range)
                                    : tr("%1 on the %2 others that run it").arg(range).arg(calm);
    const QString slow = comparison.slow.join(QStringLiteral(", "));
    switch (comparison.spread) {
    case Spread::OnlyHere:
        return tr("Only here: %1; %2.").arg(here, crowd);
    case Spread::HereAndOthers:
        return tr("Here and on %1: %2; %3.").arg(slow, here, crowd);
    case Spread::OnlyElsewhere:
        return tr("Not here, but on %1: %2; %3.").arg(slow, here, crowd);
    case Spread::FasterHere:
        return tr("Faster here: %1; %2.").arg(here, crowd);
    case Spread::Alike:
        return tr("Everywhere alike: %1; %2.").arg(here, crowd);
    case Spread::Unknown:
    case Spread::NowhereElse:
        break;
    }
    return tr("Too few calls here to compare: %1; %2.").arg(here, crowd);
}

QString StatementRows::source(const StatementReport &report)
{
    QStringList parts{tr("from pg_stat_statements")};
    if (report.span == StatementSpan::SinceReset)
        parts << (report.resetAt.isValid()
                      ? tr("since %1").arg(report.resetAt.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm")))
                      : tr("since they were reset"));
    else if (report.seconds > 0)
        parts << tr("last %1").arg(format::duration(report.seconds));
    parts << tr("p99 is an estimate");
    if (report.incomplete)
        parts << tr("some statements were evicted meanwhile");
    return parts.join(QStringLiteral(" · "));
}

std::vector<FactRow> StatementRows::rows(const StatementReport &report)
{
    std::vector<FactRow> rows;
    for (const StatementFact &fact : report.statements) {
        const double share = report.totalMs > 0 ? fact.totalMs / report.totalMs : 0;
        double fleetMs = fact.totalMs;
        for (const auto &other : fact.others)
            fleetMs += other.totalMs;
        FactCell spreadCell{spread(fact.comparison), {}, sentence(report, fact)};
        const bool out = isOutOfLine(fact.comparison.spread);
        if (out)
            spreadCell.pip = fact.comparison.spread == Spread::OnlyHere ? Condition::Worst : Condition::Degraded;
        FactCell factor;
        if (fact.comparison.factor) {
            factor.value = *fact.comparison.factor;
            factor.text = format::factor(*fact.comparison.factor);
        }
        const double calls = static_cast<double>(fact.calls);
        rows.push_back({fact.fingerprint,
                        {{fact.text, {}, fact.text.left(1500)},
                         {share, {}, {}, {}, share},
                         {report.seconds > 0 ? QJsonValue(calls / report.seconds) : QJsonValue()},
                         {fact.meanMs(), {}, {}, {}, {}, out},
                         p99Cell(fact.p99),
                         spreadCell,
                         factor,
                         {calls},
                         {fact.totalMs},
                         {static_cast<double>(fact.rows)},
                         {fact.calls > 0 ? QJsonValue(static_cast<double>(fact.rows) / calls) : QJsonValue()},
                         {static_cast<double>(fact.others.size() + 1)},
                         {fleetMs > 0 ? QJsonValue(fact.totalMs / fleetMs) : QJsonValue()},
                         {fact.fingerprint}}});
    }
    return rows;
}

} // namespace shardhelm
