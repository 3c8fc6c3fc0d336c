// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/wait.h"

#include <memory>

struct pg_conn;

namespace shardhelm::pg {

/// A cancel request to the server for whatever the connection runs now. libpq's PQcancel() opens a connection of its
/// own and blocks on it without a deadline, so it runs on a thread of its own, which nobody has to wait for.
class Canceller
{
public:
    /// Sends the request.
    explicit Canceller(pg_conn *connection);

    /// Waits until the request has been dealt with; a connection must not run another statement before, or the late
    /// request hits that one. False at `until`.
    [[nodiscard]] bool settled(Clock::time_point until) const;

private:
    struct Request;
    std::shared_ptr<Request> m_request;
};

} // namespace shardhelm::pg
