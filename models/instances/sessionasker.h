// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/detail/asker.h"

namespace shardhelm {

class ClusterSession;

/// Asks over the connections that the monitor holds, through the session: works when a server gives no other one, and
/// costs no connection. For what servers answer quickly; a server is not sampled meanwhile. Used on a worker thread,
/// while the session's thread runs its event loop.
class SessionAsker : public monitor::detail::Asker
{
public:
    /// `session` outlives the object.
    explicit SessionAsker(ClusterSession &session);

    using Asker::ask;
    void ask(const std::vector<monitor::detail::Question> &questions, Milliseconds timeout,
             const std::function<void(size_t, const monitor::detail::Answer &)> &deliver, const Wait &wait) override;

private:
    ClusterSession &m_session;
};

} // namespace shardhelm
