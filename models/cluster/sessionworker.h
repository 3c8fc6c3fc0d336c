// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/wait.h"
#include "monitor/sample.h"
#include "pg/fanout.h"

#include <QString>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace shardhelm {

class ClusterSession;

namespace monitor {
class Watcher;
}
namespace monitor::alerts {
class Desk;
}

/// The thread behind an open cluster: reads file and directory, runs the monitor, and delivers values to the session on
/// its thread. Made and destroyed on the GUI thread; the destructor waits for the thread.
class SessionWorker
{
public:
    /// Starts at once. `session` outlives the worker.
    SessionWorker(ClusterSession &session, QString path);
    ~SessionWorker();
    SessionWorker(const SessionWorker &) = delete;
    SessionWorker &operator=(const SessionWorker &) = delete;

    void requestStop();
    [[nodiscard]] bool isFinished() const { return m_finished; }
    void setPaused(bool paused);
    void setInterval(Milliseconds interval);
    /// Runs `act` with the desk of the alerts; not at all while there is none.
    void withDesk(const std::function<void(monitor::alerts::Desk &)> &act);
    /// monitor::Watcher::ask(), answered on the session's thread. Cancelled while there is no monitor yet; no answer
    /// once the worker was asked to stop.
    void ask(const QString &server, std::vector<pg::Statement> statements, Milliseconds timeout,
             std::function<void(const pg::FanOutReply &)> answered);

private:
    void run(const std::stop_token &stop);
    /// Runs `deliver` on the session's thread, unless the worker was asked to stop before it gets there.
    void post(std::function<void(ClusterSession &)> deliver);

    ClusterSession &m_session;
    QString m_path;
    std::shared_ptr<std::atomic<bool>> m_stopped = std::make_shared<std::atomic<bool>>(false);
    std::atomic<bool> m_finished = false;
    std::mutex m_mutex; // guards the five below
    monitor::Watcher *m_watcher = nullptr;
    monitor::alerts::Desk *m_desk = nullptr;
    std::optional<Milliseconds> m_interval;
    bool m_paused = false;
    std::mutex m_sampleMutex; // guards the next one
    std::optional<monitor::FleetSample> m_sample; // reported, not yet delivered
    std::condition_variable_any m_wake;
    std::jthread m_thread; // last: everything above exists while it runs
};

} // namespace shardhelm
