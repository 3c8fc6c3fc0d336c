// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "command.h"

/// The option --dir of the group "demo".
namespace shardhelm::ctl {

Option demoFolderOption();
/// Absolute path of the demo's folder: --dir, else the folder of the cluster file that --cluster names. UsageBad when
/// --dir was given empty.
Result<QString> demoFolderOf(const Invocation &call);

} // namespace shardhelm::ctl
