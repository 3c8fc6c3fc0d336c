// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/reading.h"

#include <algorithm>

namespace shardhelm {

Reading::Reading(ClusterSession &session, DetailWorker &worker, std::chrono::milliseconds interval, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_worker(worker)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(interval);
    connect(&m_timer, &QTimer::timeout, this, &Reading::readNow);
    connect(&session, &ClusterSession::pausedChanged, this, &Reading::schedule);
    connect(&session, &ClusterSession::opened, this, [this] { setServer({}); });
}

Reading::~Reading()
{
    m_worker.cancel(m_ticket);
}

void Reading::stop()
{
    m_timer.stop();
    m_worker.cancel(m_ticket);
    m_ticket.reset();
}

void Reading::setServer(const QString &server)
{
    if (m_server == server)
        return;
    m_server = server;
    startOver();
}

void Reading::startOver()
{
    stop();
    m_error.reset();
    m_readAt = {};
    dropValue();
    Q_EMIT changed();
    if (m_watched)
        readNow();
}

void Reading::setWatched(bool watched)
{
    if (m_watched == watched)
        return;
    m_watched = watched;
    if (!watched) {
        stop();
        return;
    }
    // What is fresh is shown as it is until its time comes.
    if (m_readAt.isValid() && !m_error && m_readAt.msecsTo(QDateTime::currentDateTimeUtc()) < m_timer.interval())
        schedule();
    else
        readNow();
}

void Reading::readNow()
{
    if (m_ticket || m_server.isEmpty())
        return;
    DetailWorker::Job job = makeJob();
    if (!job)
        return;
    m_timer.stop();
    m_ticket = m_worker.run(this, std::move(job));
    Q_EMIT changed();
}

void Reading::finish(std::optional<Error> error)
{
    m_ticket.reset();
    m_error = std::move(error);
    if (!m_error)
        m_readAt = QDateTime::currentDateTimeUtc();
    schedule();
    Q_EMIT changed();
}

void Reading::schedule()
{
    if (m_session.isPaused() || !m_watched || m_ticket || m_server.isEmpty())
        m_timer.stop();
    else if (!m_timer.isActive())
        m_timer.start();
}

std::optional<monitor::Target> detailTarget(const Fleet &fleet, const QString &server)
{
    const std::vector<monitor::Target> all = monitor::targets(fleet.file(), &fleet.map());
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const monitor::Target &target) { return target.name == server; });
    return found == all.end() ? std::nullopt : std::optional(*found);
}

std::vector<monitor::Target> comparableTargets(const Fleet &fleet, const QString &server)
{
    std::vector<monitor::Target> result;
    const monitor::ServerSample *chosen = fleet.server(server);
    if (!chosen)
        return result;
    for (const monitor::Target &target : monitor::targets(fleet.file(), &fleet.map())) {
        const monitor::ServerSample *sample = fleet.server(target.name);
        const bool answers =
            sample && (sample->state == monitor::State::Healthy || sample->state == monitor::State::Degraded);
        if (target.name == server || (answers && sample->role == chosen->role))
            result.push_back(target);
    }
    return result;
}

} // namespace shardhelm
