// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/clustersession.h"

#include "cluster/sessionworker.h"

#include <QPointer>

#include <algorithm>

namespace shardhelm {

namespace {

constexpr std::chrono::milliseconds shortest{500};
constexpr std::chrono::milliseconds longest{60000};

bool answers(const monitor::ServerSample &server)
{
    return server.state == monitor::State::Healthy || server.state == monitor::State::Degraded;
}

} // namespace

ClusterSession::ClusterSession(QObject *parent)
    : QObject(parent)
{
    qRegisterMetaType<Error>();
    m_tick.setInterval(1000);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        judge();
        Q_EMIT ticked();
    });
    connectReplay();
}

ClusterSession::~ClusterSession()
{
    m_passwords.reset();
    stopWorker();
    m_retired.clear();
}

void ClusterSession::stopWorker()
{
    m_passwords.reset();
    m_keeper.clear();
    std::erase_if(m_retired, [](const auto &worker) { return worker->isFinished(); });
    if (!m_worker)
        return;
    // It ends by itself within its deadlines; joining it here could hold the window up.
    m_worker->requestStop();
    m_retired.push_back(std::move(m_worker));
}

void ClusterSession::begin(const QString &path)
{
    stopWorker();
    m_replay.close();
    m_path = path;
    m_error.reset();
    m_paused = false;
    m_intervalChosen = false;
    m_fleet.clear();
    m_link = Link::Connecting;
    m_linkSince = QDateTime::currentDateTimeUtc();
    m_tick.start();
}

void ClusterSession::open(const QString &path)
{
    begin(path);
    m_liveBehind.clear();
    Q_EMIT opened();
    Q_EMIT linkChanged();
    Q_EMIT pausedChanged();
    m_worker = std::make_unique<SessionWorker>(*this, path);
}

void ClusterSession::retry()
{
    const QString path = m_path;
    if (isReplay())
        openRecording(path);
    else if (!path.isEmpty())
        open(path);
}

void ClusterSession::close()
{
    stopWorker();
    m_replay.close();
    m_liveBehind.clear();
    m_tick.stop();
    m_path.clear();
    m_error.reset();
    m_paused = false;
    m_fleet.clear();
    m_link = Link::Closed;
    m_linkSince = QDateTime::currentDateTimeUtc();
    Q_EMIT opened();
    Q_EMIT linkChanged();
    Q_EMIT pausedChanged();
}

QDateTime ClusterSession::sampledAt() const
{
    QDateTime newest;
    for (const monitor::ServerSample &server : m_fleet.sample().servers) {
        if (server.sampledAt.isValid() && (!newest.isValid() || server.sampledAt > newest))
            newest = server.sampledAt;
    }
    return newest;
}

std::optional<std::chrono::milliseconds> ClusterSession::age() const
{
    const QDateTime newest = sampledAt();
    if (!newest.isValid())
        return std::nullopt;
    const QDateTime now =
        isReplay() ? QDateTime::fromMSecsSinceEpoch(m_replay.position()) : QDateTime::currentDateTimeUtc();
    return std::chrono::milliseconds(std::max<qint64>(0, newest.msecsTo(now)));
}

int ClusterSession::answering() const
{
    const auto &servers = m_fleet.sample().servers;
    return static_cast<int>(std::count_if(servers.begin(), servers.end(), answers));
}

void ClusterSession::setPaused(bool paused)
{
    if (m_paused == paused || !isOpen())
        return;
    if (isReplay()) {
        m_replay.setPlaying(!paused);
        return;
    }
    m_paused = paused;
    m_pausedAt = QDateTime::currentDateTimeUtc();
    if (m_worker)
        m_worker->setPaused(paused);
    judge();
    Q_EMIT pausedChanged();
}

void ClusterSession::setInterval(std::chrono::milliseconds interval)
{
    // A recording has the interval it was made with.
    if (isReplay())
        return;
    interval = std::clamp(interval, shortest, longest);
    m_intervalChosen = true;
    if (m_interval == interval)
        return;
    m_interval = interval;
    if (m_worker)
        m_worker->setInterval(interval);
    Q_EMIT intervalChanged();
}

void ClusterSession::sampleNow()
{
    // A new interval starts with a sample.
    if (m_worker && !m_paused)
        m_worker->setInterval(m_interval);
}

void ClusterSession::ask(const QString &server, std::vector<pg::Statement> statements,
                         std::chrono::milliseconds timeout, QObject *context,
                         const std::function<void(const pg::FanOutReply &)> &answered)
{
    const auto deliver = [guard = QPointer<QObject>(context), answered](const pg::FanOutReply &reply) {
        if (guard)
            answered(reply);
    };
    if (m_worker) {
        m_worker->ask(server, std::move(statements), timeout, deliver);
        return;
    }
    const pg::FanOutReply reply{
        fail(isReplay() ? ErrorCode::RecordingShown : ErrorCode::Cancelled, server), 0, false, 0, {}};
    QMetaObject::invokeMethod(
        this, [deliver, reply] { deliver(reply); }, Qt::QueuedConnection);
}

void ClusterSession::receiveFile(const cluster::ClusterFile &file)
{
    m_path = file.path;
    m_fleet.setFile(file);
    if (!m_intervalChosen && m_interval != file.monitor.interval) {
        m_interval = file.monitor.interval;
        Q_EMIT intervalChanged();
    }
    if (m_link == Link::Closed) {
        m_link = Link::Connecting;
        m_linkSince = QDateTime::currentDateTimeUtc();
        m_tick.start();
        Q_EMIT linkChanged();
    }
}

void ClusterSession::receiveMap(const cluster::ShardMap &map)
{
    m_error.reset();
    m_fleet.setMap(map);
    judge();
}

void ClusterSession::acknowledge(const monitor::alerts::Subject &subject, const QString &reason)
{
    if (m_worker)
        m_worker->withDesk([&](monitor::alerts::Desk &desk) { desk.acknowledge(subject, reason); });
}

void ClusterSession::mute(const monitor::alerts::Subject &subject, const QString &reason,
                          std::optional<QDateTime> until)
{
    if (m_worker)
        m_worker->withDesk([&](monitor::alerts::Desk &desk) { desk.mute(subject, reason, until); });
}

void ClusterSession::unmute(const monitor::alerts::Subject &subject)
{
    if (m_worker)
        m_worker->withDesk([&](monitor::alerts::Desk &desk) { desk.unmute(subject); });
}

void ClusterSession::receiveAlerts(const std::vector<monitor::alerts::AlertState> &alerts)
{
    m_fleet.setAlerts(alerts);
}

void ClusterSession::receiveSample(const monitor::FleetSample &sample)
{
    m_fleet.addSample(sample);
    judge();
}

void ClusterSession::receiveFailure(const Error &error)
{
    m_error = error;
    judge();
    Q_EMIT failed(error);
    Q_EMIT linkChanged();
}

void ClusterSession::receiveRecordingFailure(const Error &error)
{
    Q_EMIT recordingFailed(error);
}

void ClusterSession::judge()
{
    Link link = m_link;
    if (link == Link::Closed)
        return;
    const auto &servers = m_fleet.sample().servers;
    const auto any = [&](monitor::State state) {
        return std::any_of(servers.begin(), servers.end(),
                           [state](const monitor::ServerSample &server) { return server.state == state; });
    };
    const int answered = answering();
    const auto newest = age();
    if (servers.empty())
        link = m_error ? Link::Down : Link::Connecting;
    else if (newest && !m_paused && !isReplay() && *newest > 2 * m_interval + m_fleet.file().monitor.timeout)
        link = Link::Stale;
    else if (answered == static_cast<int>(servers.size()))
        link = Link::Up;
    else if (answered > 0)
        link = Link::Degraded;
    else if (any(monitor::State::Connecting))
        link = Link::Connecting;
    else
        link = any(monitor::State::Stale) ? Link::Stale : Link::Down;
    if (link == m_link)
        return;
    m_link = link;
    m_linkSince = QDateTime::currentDateTimeUtc();
    Q_EMIT linkChanged();
}

} // namespace shardhelm
