// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/sessionworker.h"

#include "cluster/clustersession.h"
#include "monitor/alerts/desk.h"
#include "monitor/recording/recorder.h"
#include "monitor/recording/snapshots.h"
#include "monitor/watcher.h"
#include "wording/alerts.h"

namespace shardhelm {

SessionWorker::SessionWorker(ClusterSession &session, QString path)
    : m_session(session)
    , m_path(std::move(path))
    , m_thread([this](const std::stop_token &stop) {
        run(stop);
        m_finished = true;
    })
{
}

SessionWorker::~SessionWorker()
{
    requestStop();
}

void SessionWorker::requestStop()
{
    *m_stopped = true;
    m_thread.request_stop();
}

void SessionWorker::post(std::function<void(ClusterSession &)> deliver)
{
    ClusterSession *session = &m_session;
    QMetaObject::invokeMethod(
        session,
        [session, stopped = m_stopped, deliver = std::move(deliver)] {
            if (!*stopped)
                deliver(*session);
        },
        Qt::QueuedConnection);
}

void SessionWorker::setPaused(bool paused)
{
    const std::lock_guard lock(m_mutex);
    m_paused = paused;
    if (!m_watcher)
        return;
    if (paused)
        m_watcher->pause();
    else
        m_watcher->resume();
}

void SessionWorker::withDesk(const std::function<void(monitor::alerts::Desk &)> &act)
{
    const std::lock_guard lock(m_mutex);
    if (m_desk)
        act(*m_desk);
}

void SessionWorker::setInterval(Milliseconds interval)
{
    const std::lock_guard lock(m_mutex);
    m_interval = interval;
    if (m_watcher)
        m_watcher->setInterval(interval);
}

void SessionWorker::ask(const QString &server, std::vector<pg::Statement> statements, Milliseconds timeout,
                        std::function<void(const pg::FanOutReply &)> answered)
{
    auto deliver = [this, answered = std::move(answered)](pg::FanOutReply reply) {
        post([answered, reply = std::move(reply)](ClusterSession &) { answered(reply); });
    };
    const std::lock_guard lock(m_mutex);
    if (m_watcher)
        m_watcher->ask(server, std::move(statements), timeout, std::move(deliver));
    else
        deliver({fail(ErrorCode::Cancelled, server), 0, false, 0, {}});
}

void SessionWorker::run(const std::stop_token &stop)
{
    const auto file = cluster::readClusterFile(m_path);
    if (!file) {
        post([error = file.error()](ClusterSession &session) { session.receiveFailure(error); });
        return;
    }
    post([file = *file](ClusterSession &session) { session.receiveFile(file); });
    monitor::alerts::Desk::Reports told;
    told.changed = [this](const std::vector<monitor::alerts::AlertState> &alerts) {
        post([alerts](ClusterSession &session) { session.receiveAlerts(alerts); });
    };
    told.told = [this](const monitor::alerts::ToldEvent &event) {
        post([event](ClusterSession &session) { Q_EMIT session.alertTold(event); });
    };
    const auto desk = std::make_unique<monitor::alerts::Desk>(
        *file, std::move(told), [](const monitor::alerts::ActiveAlert &alert) { return wording::sentence(alert); },
        &m_session.passwordSource());
    using monitor::recording::Recorder;
    using monitor::recording::Snapshots;
    std::unique_ptr<Recorder> recorder;
    if (auto plan = Recorder::ringOf(*file)) {
        recorder = std::make_unique<Recorder>(std::move(*plan), [this](const Error &error) {
            post([error](ClusterSession &session) { session.receiveRecordingFailure(error); });
        });
    }
    std::unique_ptr<Snapshots> snapshots; // made once there is a watcher to ask
    std::atomic<Snapshots *> considering = nullptr;
    monitor::Watcher::Reports reports;
    reports.sampled = [this, &recorder, &considering, &desk = *desk](const monitor::FleetSample &sample) {
        desk.take(sample);
        if (recorder)
            recorder->add(sample);
        if (Snapshots *wrong = considering)
            wrong->consider(sample);
        // Each report holds the whole fleet: when the window is behind, only the newest one counts.
        {
            const std::lock_guard lock(m_sampleMutex);
            const bool underWay = m_sample.has_value();
            m_sample = sample;
            if (underWay)
                return;
        }
        post([this](ClusterSession &session) {
            std::unique_lock lock(m_sampleMutex);
            const monitor::FleetSample newest = *std::exchange(m_sample, std::nullopt);
            lock.unlock();
            session.receiveSample(newest);
        });
    };
    reports.mapRead = [this, &recorder](const cluster::ShardMap &map) {
        if (recorder)
            recorder->add(map);
        post([map](ClusterSession &session) { session.receiveMap(map); });
    };
    reports.mapFailed = [this](const Error &error) {
        post([error](ClusterSession &session) { session.receiveFailure(error); });
    };
    reports.markersRead = [this, &recorder](const std::vector<monitor::Marker> &markers) {
        if (recorder)
            recorder->add(markers);
        post([markers](ClusterSession &session) { session.fleet().setMarkers(markers); });
    };
    auto watcher = std::make_unique<monitor::Watcher>(*file, std::move(reports), &m_session.passwordSource());
    if (recorder) {
        snapshots = std::make_unique<Snapshots>(
            *watcher, [&recorder](monitor::recording::Fact fact) { recorder->add(std::move(fact)); });
        considering = snapshots.get();
    }
    std::unique_lock lock(m_mutex);
    m_watcher = watcher.get();
    m_desk = desk.get();
    if (m_interval)
        m_watcher->setInterval(*m_interval);
    if (m_paused)
        m_watcher->pause();
    m_wake.wait(lock, stop, [] { return false; });
    m_watcher = nullptr;
    m_desk = nullptr;
    lock.unlock();
    // Joins the monitor's threads, here where nobody waits for it. The snapshots' thread asks the watcher, and the
    // watcher's threads report to the snapshots: the one stops asking before the other ends, and is there until then.
    if (snapshots)
        snapshots->stop();
    watcher.reset();
}

} // namespace shardhelm
