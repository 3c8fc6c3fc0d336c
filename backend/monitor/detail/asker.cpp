// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/detail/asker.h"

namespace shardhelm::monitor::detail {

Answer Asker::ask(const Question &question, Milliseconds timeout, const Wait &wait)
{
    Answer answer = fail(ErrorCode::Cancelled, question.target.name);
    ask(
        {question}, timeout, [&](size_t, const Answer &given) { answer = given; }, wait);
    return answer;
}

std::vector<pg::Statement> marked(const std::vector<pg::Statement> &statements)
{
    std::vector<pg::Statement> result = statements;
    for (pg::Statement &statement : result)
        statement.sql.prepend("/* shardhelm/detail */ ");
    return result;
}

} // namespace shardhelm::monitor::detail
