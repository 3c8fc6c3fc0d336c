// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/wait.h"

struct pg_conn;

namespace shardhelm::pg {

/// PQconsumeInput() that leaves nothing behind in the TLS library: libpq reads 8 KiB at a time, a TLS record holds up
/// to 16 KiB, and a poll loop never hears of the half that is already off the socket. False when the connection is
/// lost.
bool consumeInput(pg_conn *connection);

/// The latest moment to call consumeInput() again when the socket keeps silent until `until`: sooner over TLS, where
/// a record that arrived between two reads can still be left behind.
Clock::time_point lookAgainAt(const pg_conn *connection, Clock::time_point until);

} // namespace shardhelm::pg
