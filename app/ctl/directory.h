// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/init.h"
#include "command.h"

namespace shardhelm::ctl {

/// Commands of the group "directory" that live in files of their own.
Command directoryInitCommand();
Command directoryCheckCommand();
Command directoryAdoptCommand();

/// Options that describe a cluster, for `init` and `adopt`.
std::vector<Option> initOptions();
/// What they ask for, without the routing.
Result<cluster::InitRequest> initRequestFrom(const Invocation &call, const cluster::ClusterFile &file);
/// The routing they ask for; UsageBad unless there is either a recipe or an expression.
Result<cluster::RoutingRequest> routingRequestFrom(const Invocation &call, int logicalShards);

/// Prints why the routing of the command line cannot be used; a bad one is wrong usage.
Exit failRouting(const Invocation &call, const Error &error);

} // namespace shardhelm::ctl
