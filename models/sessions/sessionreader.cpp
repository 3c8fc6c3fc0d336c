// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessions/sessionreader.h"

#include "monitor/triage/sessions.h"
#include "sql/parser.h"

namespace shardhelm {

SessionReader::SessionReader(Deliver deliver)
    : m_deliver(std::move(deliver))
    , m_thread([this](const std::stop_token &stop) { run(stop); })
{
}

void SessionReader::submit(const QString &server, const pg::FanOutReply &reply)
{
    {
        const std::lock_guard lock(m_mutex);
        m_jobs.push_back({server, reply});
    }
    m_changed.notify_one();
}

void SessionReader::run(const std::stop_token &stop)
{
    sql::Parser parser;
    while (true) {
        Job job;
        {
            std::unique_lock lock(m_mutex);
            if (!m_changed.wait(lock, stop, [this] { return !m_jobs.empty(); }))
                return;
            job = std::move(m_jobs.front());
            m_jobs.pop_front();
        }
        m_deliver(job.server, monitor::readSessions(job.server, job.reply, parser));
    }
}

} // namespace shardhelm
