// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/condition.h"
#include "command.h"
#include "demo/demobreak.h"
#include "demo/democluster.h"
#include "demo_folder.h"

#include <QDir>

#include <cstdio>

namespace shardhelm::ctl {

namespace {

using demo::DemoState;
using demo::DemoStep;

/// The largest scale fills disks for an hour; Ctrl+C ends it at any time.
constexpr Milliseconds upTime(std::chrono::hours(2));
constexpr Milliseconds downTime(std::chrono::seconds(60));
constexpr Milliseconds longestDrill(std::chrono::hours(24));

/// An option whose default is that of a new demo, so that a demo that is there can be brought back without repeating
/// how it was made.
Option settingOption(const QString &name, const QString &value, const QString &help, const QString &newDemo)
{
    return {name, value, Text::tr("%1; for a new demo %2").arg(help, newDemo)};
}

QString seconds(Milliseconds duration)
{
    return QString::number(static_cast<double>(duration.count()) / 1000, 'f', 1);
}

QString sentence(const DemoStep &step)
{
    switch (step.kind) {
    case DemoStep::Kind::CleanedUp:
        return Text::tr("%1: removed what an interrupted start had left").arg(step.server);
    case DemoStep::Kind::ServerMade:
        return Text::tr("%1: server made and started in %2 s").arg(step.server, seconds(step.took));
    case DemoStep::Kind::ServerStarted:
        return Text::tr("%1: started in %2 s").arg(step.server, seconds(step.took));
    case DemoStep::Kind::DirectoryMade:
        return Text::tr("%1: shard map written in %2 s").arg(step.server, seconds(step.took));
    case DemoStep::Kind::DataMade:
        return Text::tr("%1: tenants' data written in %2 s").arg(step.server, seconds(step.took));
    case DemoStep::Kind::ReplicaMade:
        return Text::tr("%1: replica made and started in %2 s").arg(step.server, seconds(step.took));
    case DemoStep::Kind::ReplicaMadeAnew:
        return Text::tr("%1: replica could not catch up, made anew in %2 s").arg(step.server, seconds(step.took));
    }
    return {};
}

/// Reads the whole-number option `name` into `into` when it was given. The demo checks the range.
Result<void> readNumber(const Invocation &call, const QString &name, std::optional<int> &into)
{
    if (!call.given.contains(name))
        return {};
    const auto number = call.number(name, 0, 10'000'000);
    if (!number)
        return Failure(number.error());
    into = static_cast<int>(*number);
    return {};
}

Result<demo::DemoRequest> requestOf(const Invocation &call)
{
    demo::DemoRequest request;
    struct Number
    {
        const char16_t *name;
        std::optional<int> &into;
    };
    for (const Number &number : {Number{u"instances", request.instances}, Number{u"replicas", request.replicas},
                                 Number{u"logical", request.logicalShards}, Number{u"tenants", request.tenants}}) {
        const auto read = readNumber(call, QString::fromUtf16(number.name), number.into);
        if (!read)
            return Failure(read.error());
    }
    if (call.given.contains(QStringLiteral("layout"))) {
        request.layout =
            call.value(QStringLiteral("layout")) == u"rows" ? cluster::Layout::Rows : cluster::Layout::Schema;
    }
    if (call.given.contains(QStringLiteral("scale"))) {
        bool isNumber = false;
        request.scale = call.value(QStringLiteral("scale")).toDouble(&isNumber);
        if (!isNumber)
            return fail(ErrorCode::UsageBad, QStringLiteral("--scale"), call.value(QStringLiteral("scale")));
    }
    return request;
}

void printClusterFile(const Invocation &call, const demo::DemoFolder &folder)
{
    // Scripts take the last line of stdout.
    if (call.value(QStringLiteral("format")) == u"table") {
        std::puts(folder.clusterFile().toUtf8().constData());
        return;
    }
    Table table;
    table.columns = {{QStringLiteral("cluster_file")}, {QStringLiteral("folder")}};
    table.rows.push_back({folder.clusterFile(), folder.path()});
    call.print(table.toJson().first(), table);
}

/// Tells of an interruption, and what it left.
Exit cancelled(const Invocation &call, const QString &path)
{
    const Exit exit = call.fail(Error{ErrorCode::Cancelled, {}, {}, {}, 0, {}});
    const auto left = demo::DemoFolder::open(path);
    if (!left && left.error().code == ErrorCode::DemoMissing)
        call.say(Text::tr("Nothing was left in %1.").arg(path));
    else if (left && left->isComplete())
        call.say(Text::tr("The demo cluster and its data are kept; \"shardhelmctl demo up\" starts what is down."));
    else if (left)
        call.say(Text::tr("%1 is not empty; the next \"shardhelmctl demo up\" removes what is there.").arg(path));
    return exit;
}

Exit up(const Invocation &call)
{
    const auto path = demoFolderOf(call);
    if (!path)
        return call.fail(path.error());
    const auto request = requestOf(call);
    if (!request)
        return call.fail(request.error());
    const auto begun = Clock::now();
    int steps = 0;
    const auto made = demo::demoUp(
        *path, *request,
        [&](const DemoStep &step) {
            ++steps;
            call.say(sentence(step));
        },
        call.wait(upTime));
    if (!made && made.error().isCancel())
        return cancelled(call, *path);
    if (!made)
        return call.fail(made.error());
    const auto took = std::chrono::duration_cast<Milliseconds>(Clock::now() - begun);
    const QString count = QString::number(made->servers().size());
    call.say(steps == 0 ? Text::tr("Demo cluster runs already: %1 servers").arg(count)
                        : Text::tr("Demo cluster is up after %1 s: %2 servers").arg(seconds(took), count));
    printClusterFile(call, *made);
    return Exit::Done;
}

Exit down(const Invocation &call)
{
    const auto path = demoFolderOf(call);
    if (!path)
        return call.fail(path.error());
    const bool purge = call.has(QStringLiteral("purge"));
    const auto left = demo::demoDown(*path, purge, call.wait(downTime));
    if (!left)
        return call.fail(left.error());
    call.say(purge ? Text::tr("Demo cluster removed") : Text::tr("Demo cluster stopped; its data is kept"));
    for (const QString &name : *left)
        call.say(Text::tr("Not the demo's and left there: %1").arg(QDir(*path).filePath(name)));
    return Exit::Done;
}

QString word(DemoState state)
{
    switch (state) {
    case DemoState::Missing:
        return QStringLiteral("missing");
    case DemoState::Stopped:
        return QStringLiteral("stopped");
    case DemoState::Starting:
        return QStringLiteral("starting");
    case DemoState::Running:
        return QStringLiteral("running");
    case DemoState::Frozen:
        return QStringLiteral("frozen");
    }
    return {};
}

Exit status(const Invocation &call)
{
    const auto path = demoFolderOf(call);
    if (!path)
        return call.fail(path.error());
    const auto servers = demo::demoStatus(*path);
    if (!servers)
        return call.fail(servers.error());
    Table table;
    table.columns = {{QStringLiteral("name")}, {QStringLiteral("role")}, {QStringLiteral("state")},
                     {QStringLiteral("pid")},  {QStringLiteral("port")}, {QStringLiteral("folder")}};
    for (const demo::DemoStatus &one : *servers) {
        const pg::LocalServer::Settings &settings = one.server.server.settings();
        table.rows.push_back({one.server.name, roleKey(one.server.role), word(one.state),
                              one.pid != 0 ? QJsonValue(one.pid) : QJsonValue(), settings.port, settings.dataFolder});
    }
    call.print(table);
    return Exit::Done;
}

Exit breakIt(const Invocation &call)
{
    const auto path = demoFolderOf(call);
    if (!path)
        return call.fail(path.error());
    const auto breakage = demo::breakageNamed(call.arguments.value(0));
    if (!breakage)
        return call.fail(breakage.error());
    const auto duration = call.seconds(QStringLiteral("duration"), Milliseconds(100), longestDrill);
    if (!duration)
        return call.fail(duration.error());
    const QString instance = call.arguments.value(1);
    const auto done = demo::breakInstance(
        *path, *breakage, instance, *duration,
        [&] {
            call.say(Text::tr("%1 is broken (%2) for %3 s; Ctrl+C heals it now")
                         .arg(instance, call.arguments.value(0), seconds(*duration)));
        },
        call.stop);
    if (!done)
        return call.fail(done.error());
    call.say(Text::tr("%1 is healed").arg(instance));
    return Exit::Done;
}

} // namespace

std::vector<Command> demoCommands()
{
    return {
        {.name = QStringLiteral("demo up"),
         .summary = Text::tr("Make a demo cluster on this computer, or start the one that is there"),
         .options = {demoFolderOption(),
                     settingOption(QStringLiteral("instances"), QStringLiteral("N"), Text::tr("number of instances"),
                                   QStringLiteral("4")),
                     settingOption(QStringLiteral("replicas"), QStringLiteral("N"),
                                   Text::tr("streaming replicas of each instance"), QStringLiteral("1")),
                     settingOption(QStringLiteral("logical"), QStringLiteral("N"), Text::tr("number of logical shards"),
                                   QStringLiteral("32")),
                     {QStringLiteral("layout"),
                      QStringLiteral("LAYOUT"),
                      Text::tr("what a logical shard is; for a new demo schema"),
                      {},
                      {QStringLiteral("schema"), QStringLiteral("rows")}},
                     settingOption(QStringLiteral("tenants"), QStringLiteral("N"), Text::tr("number of tenants"),
                                   QStringLiteral("200")),
                     settingOption(QStringLiteral("scale"), QStringLiteral("X"), Text::tr("size of the tenants' data"),
                                   QStringLiteral("1"))},
         .run = up,
         .description = Text::tr(
             "Real PostgreSQL servers, reached through sockets in their folder only, with a directory and generated "
             "tenants. The last line on stdout is the path of the cluster file.\n\nA demo that is there is started "
             "with "
             "its data; after a crash, too. Options that differ from what it was made with are refused. A demo whose "
             "making is interrupted is removed.")},
        {.name = QStringLiteral("demo down"),
         .summary = Text::tr("Stop the demo cluster"),
         .options = {demoFolderOption(), {QStringLiteral("purge"), {}, Text::tr("also remove its folder and data")}},
         .run = down},
        {.name = QStringLiteral("demo status"),
         .summary = Text::tr("List the servers of the demo cluster and whether they run"),
         .options = {demoFolderOption()},
         .run = status},
        {.name = QStringLiteral("demo break"),
         .summary = Text::tr("Make one instance the worst, for drills; heal it at the end"),
         .arguments = {{.name = QStringLiteral("WHAT"),
                        .help = Text::tr("what goes wrong there"),
                        .choices = demo::breakageNames()},
                       {.name = QStringLiteral("INSTANCE"), .help = Text::tr("name of the instance")}},
         .options = {demoFolderOption(),
                     {QStringLiteral("duration"), QStringLiteral("S"), Text::tr("seconds until it is healed"),
                      QStringLiteral("60")}},
         .run = breakIt},
    };
}

} // namespace shardhelm::ctl
