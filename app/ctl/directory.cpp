// SPDX-License-Identifier: GPL-3.0-or-later
#include "directory.h"

#include "cluster/dump.h"
#include "cluster/lifecycle.h"
#include "clusterfacts.h"
#include "command.h"
#include "core/savefile.h"

#include <QFile>

#include <cerrno>
#include <chrono>
#include <cstdio>

namespace shardhelm::ctl {

using namespace cluster;

namespace {

constexpr auto patience = std::chrono::minutes(2);

Exit runShow(const Invocation &call)
{
    const Wait wait = call.wait(patience);
    const auto file = readClusterFile(call.clusterFilePath());
    if (!file)
        return call.fail(file.error());
    auto directory = Directory::open(*file, QStringLiteral("directory"), wait, call.passwords);
    if (!directory)
        return call.fail(directory.error());
    return printDirectory(call, *directory, wait);
}

Exit runUpgrade(const Invocation &call)
{
    const auto file = readClusterFile(call.clusterFilePath());
    if (!file)
        return call.fail(file.error());
    const auto plan = upgradeDirectory(*file, runMode(call), call.passwords, call.wait(patience));
    if (!plan)
        return call.fail(plan.error());
    if (plan->empty())
        call.say(Text::tr("The directory is up to date."));
    else if (runMode(call) == RunMode::Run)
        call.say(Text::tr("The directory was upgraded."));
    if (runMode(call) == RunMode::DryRun)
        printPlan(call, *plan);
    return Exit::Done;
}

Exit runDump(const Invocation &call)
{
    const Wait wait = call.wait(patience);
    const auto file = readClusterFile(call.clusterFilePath());
    if (!file)
        return call.fail(file.error());
    if (!file->directoryQueries.isEmpty())
        return call.fail(Error{ErrorCode::DirectoryIsForeign, file->path, {}, {}, 0, std::nullopt});
    auto directory = Directory::open(*file, QStringLiteral("directory"), wait, call.passwords);
    if (!directory)
        return call.fail(directory.error());
    const auto document = dumpDirectory(directory->connection(), DumpScope::Everything, wait);
    if (!document)
        return call.fail(document.error());
    if (!call.has(QStringLiteral("o"))) {
        const auto size = static_cast<std::size_t>(document->size());
        if (std::fwrite(document->constData(), 1, size, stdout) != size || std::fflush(stdout) != 0)
            return call.fail(Error{errno == ENOSPC ? ErrorCode::DiskFull : ErrorCode::FileUnwritable,
                                   QStringLiteral("stdout"),
                                   qt_error_string(errno),
                                   {},
                                   0,
                                   std::nullopt});
        return Exit::Done;
    }
    const QString path = call.value(QStringLiteral("o"));
    if (const auto saved = saveFile(path, *document); !saved)
        return call.fail(saved.error());
    call.say(Text::tr("The directory was written to %1.").arg(path));
    return Exit::Done;
}

Exit runRestore(const Invocation &call)
{
    constexpr qint64 largestDump = 1LL << 30;
    const Wait wait = call.wait(patience);
    const auto file = readClusterFile(call.clusterFilePath());
    if (!file)
        return call.fail(file.error());
    if (!file->directoryQueries.isEmpty())
        return call.fail(Error{ErrorCode::DirectoryIsForeign, file->path, {}, {}, 0, std::nullopt});
    QFile source(call.arguments.first());
    if (!source.exists())
        return call.fail(Error{ErrorCode::FileMissing, source.fileName(), {}, {}, 0, std::nullopt});
    if (!source.open(QIODevice::ReadOnly) || source.size() > largestDump)
        return call.fail(
            Error{ErrorCode::FileUnreadable, source.fileName(), source.errorString(), {}, 0, std::nullopt});
    const QByteArray document = source.readAll();
    auto connection = Directory::connect(*file, QStringLiteral("directory"), wait, call.passwords);
    if (!connection)
        return call.fail(connection.error());
    const auto epoch = restoreDirectory(*connection, source.fileName(), document, wait);
    if (!epoch)
        return call.fail(epoch.error());
    call.say(Text::tr("The directory was restored; the map's epoch is %1.").arg(*epoch));
    connection->close();
    return runShow(call);
}

Exit runDetach(const Invocation &call)
{
    const auto file = readClusterFile(call.clusterFilePath());
    if (!file)
        return call.fail(file.error());
    const RunMode mode = runMode(call);
    if (mode == RunMode::Run && !call.has(QStringLiteral("yes"))) {
        call.fail(Error{ErrorCode::Refused,
                        QStringLiteral("directory detach"),
                        Text::tr("it removes the directory; look with --dry-run, then say --yes"),
                        {},
                        0,
                        std::nullopt});
        return Exit::Refused;
    }
    const auto report = detachDirectory(*file, mode, call.passwords, call.wait(patience));
    if (!report)
        return call.fail(report.error());
    if (report->stopped) {
        call.fail(*report->stopped);
        call.say(Text::tr("The directory is still there; what was on %1 is removed, in whole or in part. Repeat "
                          "\"directory detach --yes\": it removes the rest.")
                     .arg(report->cleaned.join(QLatin1StringView(", "))));
        return Exit::Failed;
    }
    QStringList warnings;
    for (const QString &instance : report->leftOut)
        warnings.append(Text::tr("retired instance %1 could not be reached and keeps what is on it").arg(instance));
    printPlan(call, report->plan, report->leftOut.isEmpty(), warnings);
    return report->leftOut.isEmpty() ? Exit::Done : Exit::Partial;
}

} // namespace

std::vector<Command> directoryCommands()
{
    return {
        directoryInitCommand(),
        directoryAdoptCommand(),
        directoryCheckCommand(),
        {QStringLiteral("directory show"), Text::tr("Show what the directory says about the cluster"), {}, {}, runShow},
        {QStringLiteral("directory upgrade"),
         Text::tr("Bring the directory's schema to the version of this program"),
         {},
         {dryRunOption()},
         runUpgrade},
        {QStringLiteral("directory dump"),
         Text::tr("Write the whole directory as one JSON document"),
         {},
         {{QStringLiteral("o"), QStringLiteral("FILE"), Text::tr("write to FILE instead of stdout")}},
         runDump},
        {QStringLiteral("directory restore"),
         Text::tr("Build the directory from a document that dump wrote"),
         {{QStringLiteral("FILE"), Text::tr("the document, or a dated local copy")}},
         {},
         runRestore,
         Text::tr("The database must have no schema shardhelm. The map gets an epoch above every one that routers may "
                  "have cached.")},
        {QStringLiteral("directory detach"),
         Text::tr("Remove everything of Shardhelm from the directory and the instances"),
         {},
         {dryRunOption(), {QStringLiteral("yes"), {}, Text::tr("do it")}},
         runDetach,
         Text::tr("Refused while a move is open. The data of the shards is not touched.")},
    };
}

} // namespace shardhelm::ctl
