// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo_loadtable.h"

#include "command.h"
#include "format/units.h"

#include <QJsonArray>

#include <cmath>

namespace shardhelm::ctl {

namespace {

using Kind = Table::Column::Kind;

double milliseconds(qint64 microseconds)
{
    return static_cast<double>(microseconds) / 1000;
}

/// To three decimals: figures of a stopwatch, not of a calculator.
double rounded(double value)
{
    return std::round(value * 1000) / 1000;
}

QString word(demo::OffenceKind kind)
{
    switch (kind) {
    case demo::OffenceKind::Lost:
        return QStringLiteral("lost");
    case demo::OffenceKind::Duplicated:
        return QStringLiteral("duplicated");
    case demo::OffenceKind::Misplaced:
        return QStringLiteral("misplaced");
    case demo::OffenceKind::Phantom:
        return QStringLiteral("phantom");
    }
    return {};
}

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonValue shardOrNull(int shard)
{
    return shard < 0 ? QJsonValue() : QJsonValue(shard);
}

QJsonObject figuresJson(const demo::ShardFigures &figures)
{
    return {{QStringLiteral("acknowledged"), figures.acknowledged},
            {QStringLiteral("unknown"), figures.unknown},
            {QStringLiteral("lost"), figures.lost},
            {QStringLiteral("duplicated"), figures.duplicated},
            {QStringLiteral("misplaced"), figures.misplaced},
            {QStringLiteral("phantom"), figures.phantom},
            {QStringLiteral("reads_stale"), figures.readsStale},
            {QStringLiteral("retries"), figures.retries},
            {QStringLiteral("longest_gap_ms"), milliseconds(figures.longestGapUs)}};
}

/// A table with one row, of the columns given with their values.
struct Cell
{
    QString key;
    QString title;
    Kind kind;
    QJsonValue value;
};

Table oneRow(const std::vector<Cell> &cells)
{
    Table table;
    QJsonArray row;
    for (const Cell &cell : cells) {
        table.columns.push_back({cell.key, cell.title, cell.kind});
        row.append(cell.value);
    }
    table.rows.push_back(row);
    return table;
}

std::vector<Cell> checkCells(const demo::CheckResult &result)
{
    const demo::ShardFigures &all = result.all;
    return {
        {QStringLiteral("acknowledged"), Text::tr("acknowledged"), Kind::Count, all.acknowledged},
        {QStringLiteral("unknown"), Text::tr("outcome unknown"), Kind::Count, all.unknown},
        {QStringLiteral("lost"), Text::tr("lost"), Kind::Count, all.lost},
        {QStringLiteral("duplicated"), Text::tr("duplicated"), Kind::Count, all.duplicated},
        {QStringLiteral("misplaced"), Text::tr("misplaced"), Kind::Count, all.misplaced},
        {QStringLiteral("phantom"), Text::tr("refused and there"), Kind::Count, all.phantom},
        {QStringLiteral("reads_stale"), Text::tr("stale reads"), Kind::Count, all.readsStale},
        {QStringLiteral("retries"), Text::tr("retries"), Kind::Count, all.retries},
        {QStringLiteral("longest_gap_ms"), Text::tr("longest gap"), Kind::Millis, milliseconds(all.longestGapUs)},
        {QStringLiteral("reads"), Text::tr("reads"), Kind::Count, result.reads},
        {QStringLiteral("refused"), Text::tr("refused"), Kind::Count, result.refused},
        {QStringLiteral("settled"), Text::tr("settled"), Kind::Count, result.settled},
        {QStringLiteral("unverified"), Text::tr("not checked"), Kind::Count, result.unverified},
        {QStringLiteral("runs"), Text::tr("runs"), Kind::Count, result.runs},
        {QStringLiteral("map_epoch"), Text::tr("map epoch"), Kind::Text, result.mapEpoch},
    };
}

} // namespace

QString progressText(const demo::LoadProgress &progress)
{
    const demo::LoadTotals &totals = progress.totals;
    const double seconds = static_cast<double>(progress.elapsed.count()) / 1000;
    return Text::tr("%1   %2   p99 %3   retries %4   errors %5   unknown %6   refused %7   stale reads %8")
        .arg(format::duration(std::floor(seconds)), format::rate(progress.perSecond),
             format::duration(progress.p99Ms / 1000), format::count(totals.retries), format::count(totals.errorCount()),
             format::count(totals.unknown), format::count(totals.refused), format::count(totals.staleReads));
}

QJsonObject loadJson(const demo::LoadResult &result, const QString &ledger)
{
    QJsonObject json = loadTable(result).toJson().first().toObject();
    QJsonObject errors;
    for (const auto &[label, count] : result.totals.errors.toStdMap())
        errors.insert(label, count);
    json.insert(QStringLiteral("errors_by_kind"), errors);
    json.insert(QStringLiteral("ledger"), ledger);
    return json;
}

Table loadTable(const demo::LoadResult &result)
{
    const demo::LoadTotals &totals = result.totals;
    const auto quantile = [&totals](double part) {
        return rounded(demo::LatencyCounts::quantileMs(totals.latencies, part));
    };
    return oneRow({
        {QStringLiteral("seconds"), Text::tr("time"), Kind::Seconds, rounded(result.seconds)},
        {QStringLiteral("operations"), Text::tr("operations"), Kind::Count, totals.operations},
        {QStringLiteral("tps"), Text::tr("rate"), Kind::Rate,
         rounded(static_cast<double>(totals.operations) / result.seconds)},
        {QStringLiteral("acknowledged"), Text::tr("acknowledged"), Kind::Count, totals.acknowledged},
        {QStringLiteral("reads"), Text::tr("reads"), Kind::Count, totals.reads},
        {QStringLiteral("reads_stale"), Text::tr("stale reads"), Kind::Count, totals.staleReads},
        {QStringLiteral("unknown"), Text::tr("outcome unknown"), Kind::Count, totals.unknown},
        {QStringLiteral("settled"), Text::tr("settled"), Kind::Count, totals.settled},
        {QStringLiteral("refused"), Text::tr("refused"), Kind::Count, totals.refused},
        {QStringLiteral("retries"), Text::tr("retries"), Kind::Count, totals.retries},
        {QStringLiteral("errors"), Text::tr("errors"), Kind::Count, totals.errorCount()},
        {QStringLiteral("p50_ms"), QStringLiteral("p50"), Kind::Millis, quantile(0.5)},
        {QStringLiteral("p99_ms"), QStringLiteral("p99"), Kind::Millis, quantile(0.99)},
        {QStringLiteral("longest_gap_ms"), Text::tr("longest gap"), Kind::Millis, milliseconds(totals.longestGapUs)},
    });
}

Table offenceTable(const std::vector<demo::Offence> &offences)
{
    Table table;
    for (const char16_t *key : {u"finding", u"count", u"operation", u"table", u"key", u"tenant", u"shard", u"instance",
                                u"schema", u"expected", u"found"})
        table.columns.push_back({QString::fromUtf16(key)});
    for (const demo::Offence &offence : offences) {
        table.rows.push_back({word(offence.kind), offence.count, textOrNull(QString::fromLatin1(offence.operation)),
                              offence.table, textOrNull(offence.key), QString::number(offence.tenant),
                              shardOrNull(offence.shard), textOrNull(offence.instance), textOrNull(offence.schema),
                              offence.expected, offence.found});
    }
    return table;
}

QJsonObject checkJson(const demo::CheckResult &result)
{
    QJsonObject json = checkTable(result).toJson().first().toObject();
    QJsonArray shards;
    for (const auto &[shard, figures] : result.byShard.toStdMap()) {
        QJsonObject row = figuresJson(figures);
        row.insert(QStringLiteral("shard"), shardOrNull(shard));
        row.insert(QStringLiteral("instance"), textOrNull(result.owners.value(shard)));
        shards.append(row);
    }
    json.insert(QStringLiteral("by_shard"), shards);
    json.insert(QStringLiteral("findings"), offenceTable(result.offences).toJson());
    return json;
}

Table checkTable(const demo::CheckResult &result)
{
    return oneRow(checkCells(result));
}

Table checkSummary(const demo::CheckResult &result)
{
    Table table;
    table.columns = {{QStringLiteral("figure"), Text::tr("figure")}, {QStringLiteral("value"), Text::tr("value")}};
    for (const Cell &cell : checkCells(result)) {
        const qint64 number = cell.value.toInteger();
        const QString value = cell.kind == Kind::Millis ? format::duration(cell.value.toDouble() / 1000)
            : cell.kind == Kind::Text                   ? QString::number(number)
                                                        : format::count(number);
        table.rows.push_back({cell.title, value});
    }
    return table;
}

} // namespace shardhelm::ctl
