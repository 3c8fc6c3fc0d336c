// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/wait.h"

#include <QString>
#include <QStringList>

#include <functional>

namespace shardhelm::demo {

/// Ways to make one instance of a demo the worst, for drills and tests.
enum class Breakage {
    Lock, ///< an idle transaction holds ACCESS EXCLUSIVE on every orders table
    Cpu, ///< as many busy queries as the computer has cores, and one more
    Replica, ///< the replicas receive but do not apply
    Connections, ///< all connections but two are taken by idle sessions
    Statement, ///< one heavy statement runs over and over
    Transaction, ///< an idle transaction keeps every dead row while another session makes them
};

/// The words for them on the command line, in the order of the enum.
QStringList breakageNames();
/// Breakage of that name; UsageBad lists the names.
Result<Breakage> breakageNamed(const QString &name);

/// Breaks an instance until `duration` is over or a stop is requested, which both are its normal end, and heals it
/// then: everything hangs on sessions that end with this call, and with this process. `effective` is called once, when
/// the effect is there. DemoMissing, FolderNotOurs, InstanceUnknown (`expected`: the names), DemoNotRunning, Refused
/// (an instance without replicas). Blocking: for worker threads.
Result<void> breakInstance(const QString &folder, Breakage breakage, const QString &instance, Milliseconds duration,
                           const std::function<void()> &effective, std::stop_token stop);

} // namespace shardhelm::demo
