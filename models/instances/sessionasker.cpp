// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/sessionasker.h"

#include "cluster/clustersession.h"
#include "pg/fanout.h"

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>

namespace shardhelm {

namespace {

using monitor::detail::Answer;

/// What has come so far; shared with callbacks that may come after nobody waits any more.
struct Inbox
{
    std::mutex mutex;
    std::condition_variable_any came;
    std::deque<std::pair<size_t, Answer>> answers;
};

/// Answers come by their own deadline; this long after it they count as lost, e.g. because the cluster was closed.
constexpr Milliseconds grace{1000};

} // namespace

SessionAsker::SessionAsker(ClusterSession &session)
    : m_session(session)
{
}

void SessionAsker::ask(const std::vector<monitor::detail::Question> &questions, Milliseconds timeout,
                       const std::function<void(size_t, const Answer &)> &deliver, const Wait &wait)
{
    const auto inbox = std::make_shared<Inbox>();
    QMetaObject::invokeMethod(
        &m_session,
        [session = &m_session, inbox, questions, timeout] {
            for (size_t i = 0; i < questions.size(); ++i) {
                session->ask(questions[i].target.name, monitor::detail::marked(questions[i].statements), timeout,
                             session, [inbox, i](const pg::FanOutReply &reply) {
                                 const std::lock_guard lock(inbox->mutex);
                                 inbox->answers.emplace_back(i, reply.results);
                                 inbox->came.notify_all();
                             });
            }
        },
        Qt::QueuedConnection);

    std::vector<bool> answered(questions.size());
    const Wait patience = wait.atMost(timeout + grace);
    for (size_t left = questions.size(); left > 0; --left) {
        std::unique_lock lock(inbox->mutex);
        inbox->came.wait_until(lock, patience.stopToken(), patience.deadline(),
                               [&] { return !inbox->answers.empty(); });
        if (inbox->answers.empty())
            break;
        const auto [index, answer] = std::move(inbox->answers.front());
        inbox->answers.pop_front();
        lock.unlock();
        answered[index] = true;
        deliver(index, answer);
    }
    for (size_t i = 0; i < questions.size(); ++i) {
        if (!answered[i])
            deliver(i,
                    fail(wait.stopRequested() ? ErrorCode::Cancelled : ErrorCode::TimedOut, questions[i].target.name));
    }
}

} // namespace shardhelm
