// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/settingrows.h"

#include "format/units.h"

namespace shardhelm {

QString settingText(const QString &value, const QString &unit)
{
    bool number = false;
    const double amount = value.toDouble(&number);
    if (!number || unit.isEmpty())
        return value.isEmpty() ? SettingRows::tr("(empty)") : value;
    if (amount < 0)
        return value;
    static const QMap<QString, qint64> bytes{{QStringLiteral("B"), 1},
                                             {QStringLiteral("kB"), 1024},
                                             {QStringLiteral("8kB"), 8192},
                                             {QStringLiteral("MB"), 1024 * 1024},
                                             {QStringLiteral("16MB"), 16 * 1024 * 1024}};
    static const QMap<QString, double> seconds{{QStringLiteral("us"), 1e-6},
                                               {QStringLiteral("ms"), 1e-3},
                                               {QStringLiteral("s"), 1},
                                               {QStringLiteral("min"), 60}};
    if (bytes.contains(unit))
        return format::bytes(qRound64(amount * static_cast<double>(bytes.value(unit))));
    if (seconds.contains(unit))
        return format::duration(amount * seconds.value(unit));
    return value % u' ' % unit;
}

std::vector<FactColumn> SettingRows::columns()
{
    using Kind = FactColumn::Kind;
    return {
        {QStringLiteral("name"), tr("setting"), {}, Kind::Text, 230, true, true},
        {QStringLiteral("value"), tr("here"), {}, Kind::Text, 130},
        {QStringLiteral("majority"), tr("most others"), tr("What more than half of the others have"), Kind::Text, 130},
        {QStringLiteral("agreeing"), tr("how many"), tr("How many of the others have that value"), Kind::Text, 96},
        {QStringLiteral("alike"), tr("like here"), tr("Others that have the value of this server"), Kind::Text, 130},
        {QStringLiteral("source"), tr("set by"), {}, Kind::Text, 130},
        {QStringLiteral("pending_restart"), tr("restart"), tr("Changed in a file, in force after a restart"),
         Kind::Text, 100},
        {QStringLiteral("context"), tr("changed by"), tr("What it takes to change it"), Kind::Text, 110, false},
        {QStringLiteral("file"), tr("file"), {}, Kind::Text, 260, false, true},
        {QStringLiteral("description"), tr("description"), tr("The server's own words"), Kind::Text, 360},
    };
}

std::vector<FactRow> SettingRows::rows(const monitor::detail::FleetSettings &settings)
{
    std::vector<FactRow> rows;
    for (const monitor::detail::SettingDifference &difference : settings.differences) {
        const monitor::detail::Setting &here = difference.here;
        const bool differs = difference.majority && *difference.majority != here.value;
        FactCell value{here.value, settingText(here.value, here.unit), {}, {}, {}, differs, false, false};
        FactCell majority;
        if (difference.majority) {
            majority.value = *difference.majority;
            majority.text = settingText(*difference.majority, here.unit);
        } else if (difference.compared > 0) {
            QStringList kinds;
            for (auto it = difference.others.cbegin(); it != difference.others.cend(); ++it)
                kinds << tr("%1: %2").arg(settingText(it.key(), here.unit), it->join(QStringLiteral(", ")));
            majority.text = tr("no majority");
            majority.tip = kinds.join(u'\n');
            majority.faded = true;
        }
        FactCell agreeing;
        if (difference.majority) {
            agreeing.value = difference.agreeing;
            agreeing.text = tr("%1 of %2").arg(difference.agreeing).arg(difference.compared);
        }
        const QStringList alike = difference.others.value(here.value);
        const QString alikeText = alike.isEmpty() ? tr("only here") : alike.join(QStringLiteral(", "));
        FactCell restart{here.pendingRestart, here.pendingRestart ? tr("pending") : tr("no")};
        if (here.pendingRestart) {
            restart.pip = Condition::Degraded;
            restart.marked = true;
        }
        const QString place = here.file.isEmpty() ? QString() : QStringLiteral("%1:%2").arg(here.file).arg(here.line);
        rows.push_back({here.name,
                        {{here.name, {}, here.description},
                         value,
                         majority,
                         agreeing,
                         {alikeText, {}, alikeText},
                         {here.source, {}, place},
                         restart,
                         {here.context},
                         {place.isEmpty() ? QJsonValue() : QJsonValue(place)},
                         {here.description, {}, here.description}}});
    }
    return rows;
}

} // namespace shardhelm
