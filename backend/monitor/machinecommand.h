// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/wait.h"
#include "monitor/machine.h"
#include "monitor/targets.h"

#include <functional>

namespace shardhelm::monitor {

/// The command of a cluster file that tells about the machines of its servers ([monitor] os_command).
struct MachineCommand
{
    QString command; ///< for /bin/sh; empty: there is none
    Milliseconds timeout{5000}; ///< per server
    QString cluster; ///< its name
};

/// Runs the command for every target, a few at a time, and reports each outcome as it comes, on several threads but by
/// one call at a time. The command finds SHARDHELM_CLUSTER, SHARDHELM_SERVER, SHARDHELM_INSTANCE, SHARDHELM_HOST and
/// SHARDHELM_PORT (the first host and port of the connection string) in its environment and prints lines as
/// machineFigures() reads them. Outcomes: TimedOut, ProgramFailed with the exit code in `found`, ValueBad. One that
/// fails delays the others by its timeout at most. Blocking: for a worker thread.
void runMachineCommand(const MachineCommand &command, const std::vector<Target> &targets,
                       const std::function<void(const QString &server, const Result<MachineFigures> &)> &report,
                       const Wait &wait);

} // namespace shardhelm::monitor
