// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/detail/asker.h"

#include <QObject>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace shardhelm {

class ClusterSession;

/// The two ways to a server.
struct Askers
{
    monitor::detail::Asker &monitor; ///< over the monitor's connections: what is answered quickly
    monitor::detail::Asker &own; ///< over the detail's own: what may take its time on the server
};

/// The thread on which the detail of an instance is read: takes jobs from the GUI thread one after the other, and runs
/// what they hand back on the GUI thread. Its connections are closed when there has been nothing to do for a minute.
/// Used from one thread; the destructor stops what runs and waits for the thread, which ends promptly.
class DetailWorker
{
public:
    /// Run on the GUI thread with what a job found.
    using Delivery = std::function<void()>;
    /// Run on the worker: asks servers, takes their answers apart; ends early when `wait` says so.
    using Job = std::function<Delivery(const Askers &askers, const Wait &wait)>;

    /// `session` outlives the worker.
    explicit DetailWorker(ClusterSession &session);
    ~DetailWorker();
    DetailWorker(const DetailWorker &) = delete;
    DetailWorker &operator=(const DetailWorker &) = delete;

    /// What tells one job from the others; a stop request ends it.
    using Ticket = std::shared_ptr<std::stop_source>;

    /// Queues `job`. Its delivery runs on the thread of `owner`, which must cancel() before it goes.
    [[nodiscard]] Ticket run(QObject *owner, Job job);
    /// Drops the job, or stops it when it runs; from here on nothing of it is delivered. A null ticket is nothing.
    void cancel(const Ticket &ticket);
    /// Closes all connections when what runs now has ended.
    void release();

private:
    struct Entry
    {
        QObject *owner = nullptr;
        Job job;
        Ticket ticket;
    };
    void work(const std::stop_token &stop);

    ClusterSession &m_session;
    std::mutex m_mutex; // guards the next three
    std::condition_variable_any m_wake;
    std::deque<Entry> m_waiting;
    Ticket m_running;
    bool m_release = false;
    std::jthread m_thread; // last: everything above exists while it runs
};

} // namespace shardhelm
