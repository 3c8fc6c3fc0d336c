// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/loadoperation.h"
#include "demo/router.h"

namespace shardhelm::demo {

/// Settles an operation whose connection was lost. First `backend`, the server process it was sent to, must be seen to
/// be gone over a connection of its own (or its server to have been started anew): until then it may still commit. Only
/// then the map is read again and the operation's UUID looked up on the owner of that map. Tries until the end of
/// `wait`. Effects: it is committed; nullopt: it has had and will have no effect; an error: still unknown.
Result<std::optional<Effects>> settleOperation(Router &router, SessionPool &sessions, SchemaSql &sql,
                                               const Operation &operation, const Backend &backend, const Wait &wait);

} // namespace shardhelm::demo
