// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/detail/asker.h"
#include "pg/fanout.h"

namespace shardhelm::pg {
class PasswordSource;
}

namespace shardhelm::monitor::detail {

/// Asks over connections of its own, application_name 'shardhelm/detail': for what may take its time on the server and
/// must not hold up the monitor's samples. Connections stay open from question to question; release() closes them.
class OwnConnections : public Asker
{
public:
    /// `passwords` outlives the object, may be null.
    explicit OwnConnections(pg::PasswordSource *passwords);

    using Asker::ask;
    void ask(const std::vector<Question> &questions, Milliseconds timeout,
             const std::function<void(size_t, const Answer &)> &deliver, const Wait &wait) override;

    /// Closes all connections.
    void release();

private:
    pg::PasswordSource *m_passwords;
    std::unique_ptr<pg::FanOut> m_fanOut;
};

} // namespace shardhelm::monitor::detail
