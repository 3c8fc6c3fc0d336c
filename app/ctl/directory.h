// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "command.h"

namespace shardhelm::ctl {

/// Commands of the group "directory" that live in files of their own.
Command directoryInitCommand();
Command directoryCheckCommand();

} // namespace shardhelm::ctl
