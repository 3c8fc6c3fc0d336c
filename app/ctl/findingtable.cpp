// SPDX-License-Identifier: GPL-3.0-or-later
#include "findingtable.h"

#include "command.h"
#include "wording/findings.h"

namespace shardhelm::ctl {

using namespace cluster;

namespace {

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

} // namespace

Table findingTable(const std::vector<Finding> &findings)
{
    Table table;
    table.columns = {{QStringLiteral("severity"), Text::tr("Severity")},
                     {QStringLiteral("code"), Text::tr("Finding")},
                     {QStringLiteral("instance"), Text::tr("Instance")},
                     {QStringLiteral("other"), Text::tr("Other")},
                     {QStringLiteral("table"), Text::tr("Table")},
                     {QStringLiteral("shard"), Text::tr("Shard")},
                     {QStringLiteral("count"), Text::tr("Count"), Table::Column::Kind::Count},
                     {QStringLiteral("facts"), Text::tr("Facts")},
                     {QStringLiteral("message"), Text::tr("What was found")},
                     {QStringLiteral("advice"), Text::tr("What to do")}};
    for (const Finding &finding : findings) {
        table.rows.push_back(
            {wording::severityName(finding.severity), findingName(finding.code), orNull(finding.instance),
             orNull(finding.other), orNull(finding.table), finding.shard < 0 ? QJsonValue() : QJsonValue(finding.shard),
             finding.count == 0 ? QJsonValue() : QJsonValue(finding.count), QJsonArray::fromStringList(finding.facts),
             wording::sentence(finding), orNull(wording::advice(finding))});
    }
    return table;
}

Table findingSummary(const std::vector<Finding> &findings)
{
    Table table;
    table.columns = {{QStringLiteral("severity"), Text::tr("Severity")},
                     {QStringLiteral("message"), Text::tr("What was found, and what to do")}};
    for (const Finding &finding : findings)
        table.rows.push_back({wording::severityName(finding.severity),
                              QString(wording::sentence(finding) + u' ' + wording::advice(finding)).trimmed()});
    return table;
}

} // namespace shardhelm::ctl
