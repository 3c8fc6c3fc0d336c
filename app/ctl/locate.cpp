// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/locatekey.h"
#include "command.h"
#include "mapsource.h"
#include "wording/errors.h"

namespace shardhelm::ctl {

using namespace cluster;

namespace {

constexpr Milliseconds shortestTimeout{100};
constexpr Milliseconds longestTimeout{600'000};

QJsonArray rowOf(const QString &key, const LocateReport &report, const Location &location, const ShardMap &map)
{
    const bool known = location.logicalShard >= 0;
    const QString schema = known ? map.schemaOf(location.logicalShard) : QString();
    return {key,
            location.tenant,
            known ? QJsonValue(location.logicalShard) : QJsonValue(),
            location.instance,
            schema.isEmpty() ? QJsonValue() : QJsonValue(schema),
            location.pinned,
            location.mapEpoch,
            report.by.isEmpty() ? QJsonValue() : QJsonValue(report.by)};
}

/// Text of the user's as it may stand on a terminal: control characters as escapes.
QString printable(const QString &text)
{
    QString out;
    for (const QChar c : text) {
        if (c.category() == QChar::Other_Control)
            out += QStringLiteral("\\x%1").arg(static_cast<uint>(c.unicode()), 2, 16, QLatin1Char('0'));
        else
            out += c;
    }
    return out;
}

QString quoted(const QString &key)
{
    return u'"' + printable(key) + u'"';
}

/// The rows with every text printable.
Table forTerminal(Table table)
{
    for (QJsonArray &row : table.rows) {
        for (QJsonValueRef cell : row) {
            if (cell.isString())
                cell = printable(cell.toString());
        }
    }
    return table;
}

Table emptyTable()
{
    Table table;
    table.columns = {{QStringLiteral("key"), Text::tr("Asked")},
                     {QStringLiteral("tenant"), Text::tr("Tenant")},
                     {QStringLiteral("logical_shard"), Text::tr("Logical shard")},
                     {QStringLiteral("instance"), Text::tr("Instance")},
                     {QStringLiteral("schema"), Text::tr("Schema")},
                     {QStringLiteral("pinned"), Text::tr("Pinned")},
                     {QStringLiteral("map_epoch"), Text::tr("Map epoch")},
                     {QStringLiteral("by"), Text::tr("Found by")}};
    return table;
}

Exit runLocate(const Invocation &call)
{
    const auto file = readClusterFile(call.clusterFilePath());
    if (!file)
        return call.fail(file.error());
    const auto timeout = call.seconds(QStringLiteral("timeout"), shortestTimeout, longestTimeout);
    if (!timeout)
        return call.fail(timeout.error());
    const Wait wait = call.wait(*timeout);
    auto source = openMap(call, *file, QStringLiteral("locate"), wait);
    if (!source)
        return call.fail(source.error());
    Evaluator evaluator(call, *source, QStringLiteral("locate"), wait);
    if (!evaluator.connection())
        return call.fail(*source->unreachable);

    LocateOptions options;
    options.by = call.value(QStringLiteral("by"));
    // Instances that do not answer leave the other half for the keys after this one.
    options.perInstance = wait.remaining() / 2;
    options.passwords = call.passwords;
    Table table = emptyTable();
    QStringList warnings;
    Exit result = Exit::Done;
    bool complete = true;
    if (source->fromCopy()) {
        complete = false;
        warnings << source->warning;
        result = call.strict() ? Exit::Failed : Exit::Partial;
    }
    for (const QString &key : call.arguments) {
        const auto report = locateKey(*evaluator.connection(), *file, source->map, key, options, wait);
        if (!report) {
            complete = false;
            if (source->fromCopy() && isOfDirectoryOnly(report.error()))
                return call.fail(*source->unreachable);
            const Exit code = call.fail(report.error());
            // The key is good: it is the map that has no place for it.
            result = worse(result, report.error().code == ErrorCode::ShardUnknown ? Exit::Failed : code);
            if (report.error().isCancel())
                return result;
            continue;
        }
        if (call.stop.stop_requested())
            return worse(result, call.fail(Error{ErrorCode::Cancelled, {}, {}, {}, 0, std::nullopt}));
        for (auto it = report->missed.cbegin(); it != report->missed.cend(); ++it) {
            if (!it->connectionUsable() || it->isTimeout())
                options.silent.insert(it.key(), *it);
        }
        for (const Location &location : report->locations)
            table.rows.push_back(rowOf(key, *report, location, source->map));
        // A key that was found needs no one else; what finds several tenants might find more.
        const bool doubtful =
            report->searched && !report->missed.isEmpty() && (report->locations.empty() || !report->by.isEmpty());
        if (doubtful) {
            complete = false;
            for (const Error &error : report->missed)
                warnings << wording::sentence(error);
            result = worse(result, call.strict() ? Exit::Failed : Exit::Partial);
        }
        if (report->locations.empty()) {
            if (doubtful)
                call.say(Text::tr("%1 was not found on the instances that answered; no answer came from: %2.")
                             .arg(quoted(key), QStringList(report->missed.keys()).join(QLatin1StringView(", "))));
            else
                call.say(Text::tr("%1 was found nowhere.").arg(quoted(key)));
            if (!doubtful)
                result = worse(result, Exit::Failed);
        }
    }
    warnings.removeDuplicates();
    const bool forPeople = call.value(QStringLiteral("format")) == QLatin1StringView("table");
    call.print(forPeople ? forTerminal(table) : table, complete, warnings);
    return result;
}

} // namespace

std::vector<Command> locateCommands()
{
    return {
        {QStringLiteral("locate"),
         Text::tr("Tell where keys live: logical shard and instance"),
         {{QStringLiteral("KEY"), Text::tr("a shard key, or what a [locate] query of the cluster file finds"), false,
           true}},
         {{QStringLiteral("by"), QStringLiteral("NAME"), Text::tr("go through this [locate] query only")},
          {QStringLiteral("timeout"), QStringLiteral("S"),
           Text::tr("seconds that directory and instances have to answer, all keys together"), QStringLiteral("10")}},
         runLocate,
         Text::tr(
             "A text that is no value of the key's type goes through the [locate] queries of the cluster file, in "
             "the order of their names. Without a routing every instance is asked which of its shards holds the "
             "key.\n\nThe exit code is 1 when a key was found nowhere, 3 when an instance that might know it did "
             "not answer (1 with --strict). "
             "When the directory cannot be reached the newest copy of the map kept on this computer is used, with a "
             "warning that names it and its age; the exit code is 3 then, too.")}};
}

} // namespace shardhelm::ctl
