// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "command.h"

namespace shardhelm::ctl {

/// The manual page shardhelmctl(1) as roff source.
QString manPage(const std::vector<Command> &commands);

} // namespace shardhelm::ctl
