// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/targets.h"
#include "pg/connection.h"

#include <functional>
#include <vector>

namespace shardhelm::monitor::detail {

/// What one server is asked; each statement is a transaction of its own.
struct Question
{
    Target target;
    std::vector<pg::Statement> statements;
};

/// One result per statement, in order; the outer error says why there is no answer at all.
using Answer = Result<std::vector<Result<pg::Rows>>>;

/// Puts questions to many servers side by side, so that none of them holds up the others. Blocking: for worker threads.
class Asker
{
public:
    virtual ~Asker() = default;

    /// `deliver` is called on this thread with the question's index as each server has answered or failed, once per
    /// question. `timeout` counts per server.
    virtual void ask(const std::vector<Question> &questions, Milliseconds timeout,
                     const std::function<void(size_t, const Answer &)> &deliver, const Wait &wait) = 0;

    /// One server's answer.
    Answer ask(const Question &question, Milliseconds timeout, const Wait &wait);
};

/// The statements with the comment by which pg_stat_statements shows them as the console's own.
std::vector<pg::Statement> marked(const std::vector<pg::Statement> &statements);

} // namespace shardhelm::monitor::detail
