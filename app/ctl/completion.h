// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "command.h"

namespace shardhelm::ctl {

/// Completion script for bash 4 or later, complete in itself (needs no bash-completion package).
QString bashCompletion(const std::vector<Command> &commands);

/// Completion function for zsh, to be saved as _shardhelmctl in a folder of $fpath.
QString zshCompletion(const std::vector<Command> &commands);

} // namespace shardhelm::ctl
