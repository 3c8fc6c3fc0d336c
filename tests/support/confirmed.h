// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/testserver.h"

namespace shardhelm::test {

/// The failure of a statement that is ended early and whose end the server confirms. A busy machine may take longer
/// than the second a server is granted for that, which costs the connection: then `call` is tried again on a new one.
template <typename Call>
Error confirmedEnd(const TestServer &server, pg::Connection &connection, const Call &call)
{
    constexpr int most = 20;
    for (int attempt = 1;; ++attempt) {
        const auto ended = call(connection);
        if (ended)
            qFatal("the statement was not ended");
        if (ended.error().connectionUsable() || attempt == most)
            return ended.error();
        connection = server.connect();
    }
}

} // namespace shardhelm::test
