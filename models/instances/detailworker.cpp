// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/detailworker.h"

#include "cluster/clustersession.h"
#include "instances/sessionasker.h"
#include "monitor/detail/ownconnections.h"

#include <chrono>

namespace shardhelm {

namespace {

constexpr std::chrono::seconds idleTime{60};
/// Longer than any job: each asks with timeouts of its own.
constexpr std::chrono::minutes longestJob{10};

} // namespace

DetailWorker::DetailWorker(ClusterSession &session)
    : m_session(session)
    , m_thread([this](const std::stop_token &stop) { work(stop); })
{
}

DetailWorker::~DetailWorker()
{
    m_thread.request_stop();
    const std::lock_guard lock(m_mutex);
    if (m_running)
        m_running->request_stop();
}

DetailWorker::Ticket DetailWorker::run(QObject *owner, Job job)
{
    const std::lock_guard lock(m_mutex);
    auto ticket = std::make_shared<std::stop_source>();
    m_waiting.push_back({owner, std::move(job), ticket});
    m_wake.notify_all();
    return ticket;
}

void DetailWorker::cancel(const Ticket &ticket)
{
    if (!ticket)
        return;
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_waiting, [&](const Entry &entry) { return entry.ticket == ticket; });
    ticket->request_stop();
}

void DetailWorker::release()
{
    const std::lock_guard lock(m_mutex);
    m_release = true;
    m_wake.notify_all();
}

void DetailWorker::work(const std::stop_token &stop)
{
    SessionAsker held(m_session);
    monitor::detail::OwnConnections own(&m_session.passwordSource());
    while (!stop.stop_requested()) {
        Entry entry;
        {
            std::unique_lock lock(m_mutex);
            const bool woken =
                m_wake.wait_for(lock, stop, idleTime, [this] { return !m_waiting.empty() || m_release; });
            if (stop.stop_requested())
                return;
            if (!woken || m_release) {
                m_release = false;
                lock.unlock();
                own.release();
                continue;
            }
            entry = std::move(m_waiting.front());
            m_waiting.pop_front();
            m_running = entry.ticket;
        }
        Delivery delivery = entry.job({held, own}, Wait::forDuration(longestJob, entry.ticket->get_token()));
        entry.job = {};
        const std::lock_guard lock(m_mutex);
        m_running.reset();
        // An owner cancels under the same lock before it goes: one that has not is still there.
        if (entry.ticket->stop_requested() || !delivery)
            continue;
        QMetaObject::invokeMethod(
            entry.owner,
            [stopped = entry.ticket, deliver = std::move(delivery)] {
                if (!stopped->stop_requested())
                    deliver();
            },
            Qt::QueuedConnection);
    }
}

} // namespace shardhelm
