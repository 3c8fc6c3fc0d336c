// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "replay/replayworker.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace shardhelm {

/// Plays a recording: a clock that can be stopped, set and sped up, and the samples of its time. The session fills the
/// fleet with them. GUI thread; the file is read on a thread of its own.
class Replay : public QObject
{
    Q_OBJECT
public:
    explicit Replay(QObject *parent = nullptr);
    ~Replay() override;

    /// Opens a recording and shows its first moment, paused; what is open is closed. Failures come as failed().
    void open(const QString &path);
    void close();

    [[nodiscard]] bool isOpen() const { return m_worker != nullptr; }
    /// Whether the file has been read so far that there is something to play.
    [[nodiscard]] bool isReady() const { return m_start.has_value(); }
    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] monitor::recording::Span span() const;
    [[nodiscard]] const std::vector<monitor::recording::Marker> &markers() const;
    /// Of the moment read last, by server.
    [[nodiscard]] const QMap<QString, RecordedSessions> &sessions() const { return m_sessions; }
    /// The time of the clock, ms since 1970.
    [[nodiscard]] qint64 position() const { return m_position; }
    [[nodiscard]] bool isPlaying() const { return m_clock.isActive(); }
    [[nodiscard]] int speed() const { return m_speed; }

    /// At the end it begins anew.
    void setPlaying(bool playing);
    /// 1 to 60 times the speed of the clock on the wall.
    void setSpeed(int speed);
    /// Sets the clock, within the span.
    void seek(qint64 at);
    /// To the next marker (1) or the one before (-1); false when there is none.
    bool jump(int direction);
    /// How far back the curves reach that come with a jump.
    void setHistorySpan(std::chrono::seconds span);

Q_SIGNALS:
    void changed(); ///< opened, closed, ready, playing, speed
    void positionChanged();
    void moved(const shardhelm::ReplayMoment &moment); ///< a moment has been read
    void failed(const shardhelm::Error &error);

private:
    void tick();
    void show(bool jumped);

    std::unique_ptr<ReplayWorker> m_worker;
    QString m_path;
    std::optional<ReplayStart> m_start;
    QMap<QString, RecordedSessions> m_sessions;
    qint64 m_position = 0;
    int m_speed = 1;
    std::chrono::seconds m_historySpan{900};
    QTimer m_clock;
    QElapsedTimer m_since; // the last tick
    bool m_waiting = false; // for a moment that was asked for
};

} // namespace shardhelm
