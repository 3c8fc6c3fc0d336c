// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "monitor/triage/session.h"

namespace shardhelm {

/// A session as the command line names it: "b4:4711@2026-11-20T03:11:08.123456Z". Empty when its start is hidden from
/// our role: it cannot be named then.
QString sessionId(const monitor::SessionKey &key);

/// The session of an id. The start may also be written with a blank for the T, "+00" for the Z and fewer decimals.
/// UsageBad otherwise.
Result<monitor::SessionKey> sessionFromId(const QString &id);

} // namespace shardhelm
