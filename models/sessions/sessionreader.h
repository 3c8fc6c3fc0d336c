// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "monitor/triage/session.h"
#include "pg/fanout.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace shardhelm {

/// Makes values of the servers' answers about sessions, on a thread of its own: redacting a thousand statements takes
/// longer than a frame.
class SessionReader
{
public:
    using Deliver = std::function<void(const QString &server, Result<monitor::SessionList>)>;

    /// `deliver` is called on the reader's thread, until the reader is destroyed.
    explicit SessionReader(Deliver deliver);

    /// An answer to monitor::sessionStatements(); any thread.
    void submit(const QString &server, const pg::FanOutReply &reply);

private:
    struct Job
    {
        QString server;
        pg::FanOutReply reply;
    };
    void run(const std::stop_token &stop);

    Deliver m_deliver;
    std::mutex m_mutex; // guards the next one
    std::deque<Job> m_jobs;
    std::condition_variable_any m_changed;
    std::jthread m_thread; // last: everything above exists while it runs
};

} // namespace shardhelm
