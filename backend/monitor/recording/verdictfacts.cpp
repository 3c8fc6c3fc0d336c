// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/recording/verdictfacts.h"

#include "monitor/metric.h"
#include "monitor/outliers/observe.h"
#include "monitor/recording/words.h"

#include <QCborArray>

namespace shardhelm::monitor::recording {

namespace {

using namespace Qt::Literals;
using outliers::Load;

constexpr int version = 1;

constexpr std::array loads{
    Word<Load>{Load::SizeBytes, "size_bytes"_L1},
    Word<Load>{Load::WritesPerSecond, "rows_written_per_second"_L1},
    Word<Load>{Load::TransactionsPerSecond, "tps"_L1},
    Word<Load>{Load::Connections, "connections"_L1},
};

/// What is compared is recorded by the key of the figure it is made of.
QString keyOf(outliers::Metric metric)
{
    return QString(info(outliers::figureOf(metric)).key);
}

outliers::Metric comparedBy(const QString &key)
{
    for (size_t i = 0; i < outliers::metricCount; ++i) {
        const auto metric = static_cast<outliers::Metric>(i);
        if (keyOf(metric) == key)
            return metric;
    }
    return outliers::Metric::P99Ms;
}

QCborValue number(const std::optional<double> &value)
{
    return value ? QCborValue(*value) : QCborValue();
}

std::optional<double> numberIn(const QCborValue &value)
{
    return value.isDouble() || value.isInteger() ? std::optional(value.toDouble()) : std::nullopt;
}

QStringList textsIn(const QCborValue &value)
{
    QStringList texts;
    const QCborArray array = value.toArray();
    for (const QCborValue &text : array)
        texts << text.toString();
    return texts;
}

QCborArray reasonArray(const outliers::Reason &reason)
{
    return {keyOf(reason.metric), reason.value,      number(reason.median), number(reason.factor),
            reason.sinceSeconds,  reason.blockerPid, reason.source,         reason.replica};
}

outliers::Reason reasonOf(const QCborArray &array)
{
    outliers::Reason reason;
    reason.metric = comparedBy(array.at(0).toString());
    reason.value = array.at(1).toDouble();
    reason.median = numberIn(array.at(2));
    reason.factor = numberIn(array.at(3));
    reason.sinceSeconds = array.at(4).toDouble();
    reason.blockerPid = static_cast<int>(array.at(5).toInteger());
    reason.source = array.at(6).toString();
    reason.replica = array.at(7).toString();
    return reason;
}

QCborArray rankedArray(const RankedServer &ranked)
{
    QCborArray reasons;
    for (const outliers::Reason &reason : ranked.reasons)
        reasons.append(reasonArray(reason));
    const QCborValue since = ranked.since.isValid() ? QCborValue(ranked.since.toMSecsSinceEpoch()) : QCborValue();
    return {ranked.server, ranked.instance, ranked.severity, since, reasons};
}

RankedServer rankedOf(const QCborArray &array)
{
    RankedServer ranked;
    ranked.server = array.at(0).toString();
    ranked.instance = array.at(1).toString();
    ranked.severity = array.at(2).toDouble();
    if (array.at(3).isInteger())
        ranked.since = QDateTime::fromMSecsSinceEpoch(array.at(3).toInteger(), Qt::UTC);
    const QCborArray reasons = array.at(4).toArray();
    for (const QCborValue &reason : reasons)
        ranked.reasons.push_back(reasonOf(reason.toArray()));
    return ranked;
}

} // namespace

QString verdictKind()
{
    return u"verdict"_s;
}

QCborMap verdictFact(const Verdict &verdict)
{
    QCborArray ranking;
    for (const RankedServer &ranked : verdict.ranking)
        ranking.append(rankedArray(ranked));
    QCborArray changes;
    for (const outliers::CommonChange &change : verdict.commonChanges)
        changes.append(QCborArray{keyOf(change.metric), change.changed, change.fleet, change.fromSeconds,
                                  change.toSeconds, QCborArray::fromStringList(change.instances)});
    QCborArray imbalances;
    for (const outliers::Imbalance &one : verdict.imbalances)
        imbalances.append(QCborArray{wordOf(loads, one.load), one.largest, one.smallest, one.largestAmount,
                                     one.smallestAmount, number(one.factor)});
    QCborArray hot;
    for (const outliers::HotShare &one : verdict.hotShares)
        hot.append(QCborArray{wordOf(loads, one.load), one.instance, one.share, one.instances});
    const outliers::BlastRadius &blast = verdict.blastRadius;
    const QCborValue tenants = blast.tenants ? QCborValue(*blast.tenants) : QCborValue();
    return {{u"v"_s, version},
            {u"ranking"_s, ranking},
            {u"common"_s, changes},
            {u"imbalances"_s, imbalances},
            {u"hot"_s, hot},
            {u"blast"_s,
             QCborArray{QCborArray::fromStringList(blast.instances), tenants, number(blast.writeShare),
                        number(blast.transactionShare)}}};
}

Verdict verdictOf(const QCborMap &fact)
{
    Verdict verdict;
    if (fact.value("v"_L1).toInteger() != version)
        return verdict;
    const auto each = [&fact](QLatin1StringView key, auto &&take) {
        const QCborArray array = fact.value(key).toArray();
        for (const QCborValue &value : array)
            take(value.toArray());
    };
    each("ranking"_L1, [&](const QCborArray &row) { verdict.ranking.push_back(rankedOf(row)); });
    each("common"_L1, [&](const QCborArray &row) {
        verdict.commonChanges.push_back({comparedBy(row.at(0).toString()), static_cast<int>(row.at(1).toInteger()),
                                         static_cast<int>(row.at(2).toInteger()), row.at(3).toDouble(),
                                         row.at(4).toDouble(), textsIn(row.at(5))});
    });
    each("imbalances"_L1, [&](const QCborArray &row) {
        verdict.imbalances.push_back({valueOf(loads, row.at(0).toString()), row.at(1).toString(), row.at(2).toString(),
                                      row.at(3).toDouble(), row.at(4).toDouble(), numberIn(row.at(5))});
    });
    each("hot"_L1, [&](const QCborArray &row) {
        verdict.hotShares.push_back({valueOf(loads, row.at(0).toString()), row.at(1).toString(), row.at(2).toDouble(),
                                     static_cast<int>(row.at(3).toInteger())});
    });
    const QCborArray blast = fact.value("blast"_L1).toArray();
    verdict.blastRadius.instances = textsIn(blast.at(0));
    if (blast.at(1).isInteger())
        verdict.blastRadius.tenants = blast.at(1).toInteger();
    verdict.blastRadius.writeShare = numberIn(blast.at(2));
    verdict.blastRadius.transactionShare = numberIn(blast.at(3));
    return verdict;
}

bool sayTheSame(const Verdict &a, const Verdict &b)
{
    const auto sameReason = [](const outliers::Reason &x, const outliers::Reason &y) { return x.metric == y.metric; };
    const auto sameServer = [&](const RankedServer &x, const RankedServer &y) {
        return x.server == y.server && x.since == y.since && std::ranges::equal(x.reasons, y.reasons, sameReason);
    };
    return std::ranges::equal(a.ranking, b.ranking, sameServer) && a.commonChanges.size() == b.commonChanges.size()
        && a.imbalances.size() == b.imbalances.size() && a.hotShares.size() == b.hotShares.size()
        && a.blastRadius.instances == b.blastRadius.instances;
}

} // namespace shardhelm::monitor::recording
