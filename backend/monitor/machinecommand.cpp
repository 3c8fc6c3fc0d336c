// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/machinecommand.h"

#include "core/parallel.h"
#include "core/process.h"
#include "pg/conninfo.h"

#include <mutex>

namespace shardhelm::monitor {

namespace {

constexpr int atOnce = 8;

Program programFor(const MachineCommand &command, const Target &target)
{
    QString host;
    QString port;
    if (const auto conninfo = pg::Conninfo::parse(target.conninfo)) {
        host = conninfo->value(QStringLiteral("host")).section(u',', 0, 0);
        if (host.isEmpty())
            host = conninfo->value(QStringLiteral("hostaddr")).section(u',', 0, 0);
        port = conninfo->value(QStringLiteral("port")).section(u',', 0, 0);
    }
    Program program;
    program.path = QStringLiteral("/bin/sh");
    program.arguments = {QStringLiteral("-c"), command.command};
    program.settings = {
        QStringLiteral("SHARDHELM_CLUSTER=") + command.cluster, QStringLiteral("SHARDHELM_SERVER=") + target.name,
        QStringLiteral("SHARDHELM_INSTANCE=") + target.instance, QStringLiteral("SHARDHELM_HOST=") + host,
        QStringLiteral("SHARDHELM_PORT=") + (port.isEmpty() ? QStringLiteral("5432") : port)};
    return program;
}

Result<MachineFigures> runFor(const MachineCommand &command, const Target &target, const Wait &wait)
{
    auto output = runProgram(programFor(command, target), wait.atMost(command.timeout));
    if (!output)
        return Failure(output.error());
    if (output->exitCode != 0)
        return fail(ErrorCode::ProgramFailed, target.name, QString::number(output->exitCode));
    auto figures = machineFigures(output->out);
    if (!figures) {
        Error error = figures.error();
        error.subject = target.name;
        return Failure(std::move(error));
    }
    return figures;
}

} // namespace

void runMachineCommand(const MachineCommand &command, const std::vector<Target> &targets,
                       const std::function<void(const QString &server, const Result<MachineFigures> &)> &report,
                       const Wait &wait)
{
    std::mutex mutex;
    std::vector<std::function<Result<void>(const Wait &)>> tasks;
    tasks.reserve(targets.size());
    for (const Target &target : targets) {
        tasks.emplace_back([&](const Wait &own) -> Result<void> {
            const auto figures = runFor(command, target, own);
            // What the stop cut short says nothing about the server.
            if (!own.stopRequested()) {
                const std::lock_guard lock(mutex);
                report(target.name, figures);
            }
            return {};
        });
    }
    // Every task tells its own outcome, so that there is none of the whole.
    (void)inParallel(tasks, atOnce, wait);
}

} // namespace shardhelm::monitor
