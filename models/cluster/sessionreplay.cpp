// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/clustersession.h"

#include "monitor/recording/place.h"
#include "monitor/recording/recorder.h"

#include <QFile>

/// The part of the session that shows recordings.
namespace shardhelm {

void ClusterSession::connectReplay()
{
    connect(&m_replay, &Replay::moved, this, &ClusterSession::receiveMoment);
    connect(&m_replay, &Replay::failed, this, &ClusterSession::receiveFailure);
    connect(&m_replay, &Replay::changed, this, [this] {
        if (!isReplay())
            return;
        m_fleet.setMarkers(m_replay.markers());
        const bool paused = !m_replay.isPlaying();
        if (m_paused == paused)
            return;
        m_paused = paused;
        m_pausedAt = QDateTime::fromMSecsSinceEpoch(m_replay.position());
        Q_EMIT pausedChanged();
    });
    connect(&m_fleet, &Fleet::spanChanged, this, [this] { m_replay.setHistorySpan(m_fleet.span()); });
}

void ClusterSession::openRecording(const QString &path)
{
    const QString live = isReplay() ? m_liveBehind : m_path;
    begin(path);
    m_liveBehind = live;
    m_paused = true;
    m_pausedAt = {};
    m_replay.setHistorySpan(m_fleet.span());
    m_replay.open(path);
    Q_EMIT opened();
    Q_EMIT linkChanged();
    Q_EMIT pausedChanged();
}

void ClusterSession::goLive()
{
    const QString live = m_liveBehind;
    if (live.isEmpty())
        close();
    else
        open(live);
}

QString ClusterSession::ringPath() const
{
    if (!isOpen() || isReplay() || m_fleet.file().name.isEmpty())
        return {};
    const auto plan = monitor::recording::Recorder::ringOf(m_fleet.file());
    return plan && QFile::exists(plan->path) ? plan->path : QString();
}

void ClusterSession::receiveMoment(const ReplayMoment &moment)
{
    if (!isReplay())
        return;
    m_error.reset();
    if (moment.file) {
        m_fleet.setFile(*moment.file);
        if (m_interval != moment.file->monitor.interval) {
            m_interval = moment.file->monitor.interval;
            Q_EMIT intervalChanged();
        }
    }
    if (moment.map)
        m_fleet.setMap(*moment.map);
    if (moment.history)
        m_fleet.jumpTo(*moment.history, moment.sample);
    else
        m_fleet.addSample(moment.sample);
    judge();
}

} // namespace shardhelm
