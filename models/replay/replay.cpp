// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/replay.h"

#include <algorithm>

namespace shardhelm {

namespace {

/// The clock's hand moves so often; samples are shown as they come.
constexpr int tickMs = 200;
constexpr int fastest = 60;

} // namespace

Replay::Replay(QObject *parent)
    : QObject(parent)
{
    m_clock.setInterval(tickMs);
    connect(&m_clock, &QTimer::timeout, this, &Replay::tick);
}

Replay::~Replay() = default;

void Replay::open(const QString &path)
{
    m_clock.stop();
    m_start.reset();
    m_sessions.clear();
    m_position = 0;
    m_waiting = false;
    m_path = path;
    ReplayWorker::Answers answers;
    answers.opened = [this](const ReplayStart &start) {
        m_start = start;
        m_position = start.span.from;
        Q_EMIT changed();
        show(true);
    };
    answers.shown = [this](const ReplayMoment &moment) {
        m_waiting = false;
        m_sessions = moment.sessions;
        Q_EMIT moved(moment);
    };
    answers.failed = [this](const Error &error) {
        m_clock.stop();
        Q_EMIT failed(error);
        Q_EMIT changed();
    };
    m_worker = std::make_unique<ReplayWorker>(path, this, std::move(answers));
    Q_EMIT changed();
}

void Replay::close()
{
    if (!m_worker)
        return;
    m_clock.stop();
    m_worker.reset();
    m_start.reset();
    m_sessions.clear();
    m_path.clear();
    Q_EMIT changed();
}

monitor::recording::Span Replay::span() const
{
    return m_start ? m_start->span : monitor::recording::Span();
}

const std::vector<monitor::recording::Marker> &Replay::markers() const
{
    static const std::vector<monitor::recording::Marker> none;
    return m_start ? m_start->markers : none;
}

void Replay::setPlaying(bool playing)
{
    if (!m_start || playing == isPlaying())
        return;
    if (playing) {
        if (m_position >= span().to)
            seek(span().from);
        m_since.start();
        m_clock.start();
    } else {
        m_clock.stop();
    }
    Q_EMIT changed();
}

void Replay::setSpeed(int speed)
{
    speed = std::clamp(speed, 1, fastest);
    if (speed == m_speed)
        return;
    m_speed = speed;
    Q_EMIT changed();
}

void Replay::seek(qint64 at)
{
    if (!m_start)
        return;
    at = std::clamp(at, span().from, span().to);
    if (at == m_position)
        return;
    m_position = at;
    if (isPlaying())
        m_since.restart();
    Q_EMIT positionChanged();
    show(true);
}

bool Replay::jump(int direction)
{
    const std::vector<monitor::recording::Marker> &all = markers();
    if (direction > 0) {
        const auto next = std::ranges::find_if(all, [this](const auto &marker) { return marker.at > m_position; });
        if (next == all.end())
            return false;
        seek(next->at);
        return true;
    }
    const auto before =
        std::find_if(all.rbegin(), all.rend(), [this](const auto &marker) { return marker.at < m_position; });
    if (before == all.rend())
        return false;
    seek(before->at);
    return true;
}

void Replay::setHistorySpan(std::chrono::seconds span)
{
    if (span == m_historySpan)
        return;
    const bool longer = span > m_historySpan;
    m_historySpan = span;
    if (longer && m_start)
        show(true);
}

void Replay::tick()
{
    const qint64 passed = m_since.restart() * m_speed;
    m_position = std::min(m_position + passed, span().to);
    Q_EMIT positionChanged();
    // A large recording may take longer than a tick: then the next one asks for the newest moment.
    if (!m_waiting)
        show(false);
    if (m_position >= span().to) {
        m_clock.stop();
        show(false);
        Q_EMIT changed();
    }
}

void Replay::show(bool jumped)
{
    m_waiting = true;
    m_worker->show(m_position, jumped ? std::optional(m_historySpan) : std::nullopt);
}

} // namespace shardhelm
