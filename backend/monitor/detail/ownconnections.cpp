// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/detail/ownconnections.h"

namespace shardhelm::monitor::detail {

OwnConnections::OwnConnections(pg::PasswordSource *passwords)
    : m_passwords(passwords)
{
}

void OwnConnections::ask(const std::vector<Question> &questions, Milliseconds timeout,
                         const std::function<void(size_t, const Answer &)> &deliver, const Wait &wait)
{
    if (!m_fanOut)
        m_fanOut = std::make_unique<pg::FanOut>();
    std::vector<pg::FanOutTask> tasks;
    tasks.reserve(questions.size());
    for (const Question &question : questions) {
        pg::FanOutTask task;
        task.spec.name = question.target.name;
        task.spec.conninfo = question.target.conninfo;
        task.spec.purpose = QStringLiteral("detail");
        task.spec.passwords = m_passwords;
        task.spec.anyRole = question.target.role == Role::Replica;
        task.statements = marked(question.statements);
        tasks.push_back(std::move(task));
    }
    m_fanOut->run(
        tasks, timeout, [&](size_t index, const pg::FanOutReply &reply) { deliver(index, reply.results); }, wait);
}

void OwnConnections::release()
{
    m_fanOut.reset();
}

} // namespace shardhelm::monitor::detail
