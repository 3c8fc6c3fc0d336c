// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "command.h"

namespace shardhelm::ctl {

/// `status --watch`: prints the fleet every so many seconds until Ctrl+C. The exit code is that of the last print.
Exit watchStatus(const Invocation &invocation, cluster::ClusterFile file, Milliseconds timeout);

} // namespace shardhelm::ctl
