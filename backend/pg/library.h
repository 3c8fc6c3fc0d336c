// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace shardhelm::pg {

/// Version of the libpq in use, as PostgreSQL counts them: 150020 is 15.20.
int libraryVersion();

} // namespace shardhelm::pg
