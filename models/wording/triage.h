// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/triage/locktree.h"
#include "monitor/triage/signals.h"

namespace shardhelm::wording {

/// What the session does, in a few words: "active", "idle in transaction", "waits for RowExclusiveLock on orders".
QString doing(const monitor::Session &session, const std::optional<monitor::LockWait> &wait = std::nullopt);
/// "pid 4711", "prepared transaction order-17", "pid 4711, gone since".
QString sessionName(const monitor::Session &session, const std::optional<monitor::LockNode> &node = std::nullopt);
/// "billing from 10.4.2.18 as app": who it is; empty when that is hidden.
QString whoIs(const monitor::Session &session);
/// What stands in others' way: "holds ShareRowExclusiveLock on orders". Empty when it is not known.
QString holding(const monitor::LockNode &node);
/// What became of a session, one sentence.
QString outcome(const monitor::SignalResult &result);
/// Why nothing came of it, one sentence; empty when the outcome says it all.
QString reason(const monitor::SignalResult &result);

} // namespace shardhelm::wording
