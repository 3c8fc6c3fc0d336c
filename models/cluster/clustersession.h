// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/fleet.h"
#include "cluster/passwordbroker.h"
#include "cluster/passwordkeeper.h"
#include "monitor/alerts/desk.h"
#include "pg/fanout.h"
#include "pg/keychain.h"
#include "replay/replay.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

namespace shardhelm {

class SessionWorker;

/// How the window stands to the cluster as a whole.
enum class Link {
    Closed, ///< no cluster is open
    Connecting, ///< the directory is being read
    Up, ///< every server answers
    Degraded, ///< some server does not answer
    Down, ///< the directory cannot be read and nothing is known, or no server answers
    Stale, ///< the newest figures are older than two intervals and the time a sample may take
};

/// The open cluster: owns the thread that reads the directory and the monitor, receives their values on the GUI thread
/// and keeps the fleet. Never waits on the GUI thread. One cluster at a time.
class ClusterSession : public QObject
{
    Q_OBJECT
public:
    explicit ClusterSession(QObject *parent = nullptr);
    ~ClusterSession() override;

    /// Closes what is open, then reads the file and connects. Failures come as failed().
    void open(const QString &path);
    void close();
    /// Once more, after a failure.
    void retry();
    /// Closes what is open and shows a recording in its place: the fleet is filled with its samples, nothing can be
    /// asked or done. Failures come as failed().
    void openRecording(const QString &path);
    /// From a recording back to the cluster that was open before; closes when none was.
    void goLive();

    [[nodiscard]] Fleet &fleet() { return m_fleet; }
    [[nodiscard]] const Fleet &fleet() const { return m_fleet; }
    [[nodiscard]] PasswordBroker &passwords() { return m_passwords; }
    /// Stores what the person wants remembered.
    [[nodiscard]] PasswordKeeper &passwordKeeper() { return m_keeper; }
    /// Where worker threads get passwords from: the keychain, then the person.
    [[nodiscard]] pg::Keychain &passwordSource() { return m_keychain; }
    [[nodiscard]] Link link() const { return m_link; }
    [[nodiscard]] bool isOpen() const { return m_link != Link::Closed; }
    [[nodiscard]] QString path() const { return m_path; }
    /// Whether what is shown is a recording.
    [[nodiscard]] bool isReplay() const { return m_replay.isOpen(); }
    [[nodiscard]] Replay &replay() { return m_replay; }
    /// Cluster file of the cluster that goLive() goes back to; empty: none.
    [[nodiscard]] QString liveBehind() const { return m_liveBehind; }
    /// The recording that is kept of the open cluster; empty when there is none.
    [[nodiscard]] QString ringPath() const;
    /// Why the directory could not be read; nullopt while it can.
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    /// Since when the link is as it is.
    [[nodiscard]] QDateTime linkSince() const { return m_linkSince; }
    /// When the newest figures of any server arrived; invalid before the first.
    [[nodiscard]] QDateTime sampledAt() const;
    /// Their age; nullopt before the first.
    [[nodiscard]] std::optional<std::chrono::milliseconds> age() const;
    /// How many servers answered the newest sample.
    [[nodiscard]] int answering() const;

    [[nodiscard]] bool isPaused() const { return m_paused; }
    void setPaused(bool paused);
    [[nodiscard]] QDateTime pausedAt() const { return m_pausedAt; }
    [[nodiscard]] std::chrono::milliseconds interval() const { return m_interval; }
    /// Between samples; 500 ms to 60 s.
    void setInterval(std::chrono::milliseconds interval);
    /// One sample of every server at once; nothing while paused.
    void sampleNow();

    /// Asks a server more than its samples do, over the monitor's connection (monitor::Watcher::ask()). `answered` is
    /// called on the GUI thread, later and once; never when `context` is gone, or after opened(). Cancelled while no
    /// monitor runs, RecordingShown in a recording.
    void ask(const QString &server, std::vector<pg::Statement> statements, std::chrono::milliseconds timeout,
             QObject *context, const std::function<void(const pg::FanOutReply &)> &answered);

    /// Somebody looks after an alert; every console of the cluster learns of it.
    void acknowledge(const monitor::alerts::Subject &subject, const QString &reason);
    /// No notification and no command until then; nothing: until unmute().
    void mute(const monitor::alerts::Subject &subject, const QString &reason, std::optional<QDateTime> until);
    void unmute(const monitor::alerts::Subject &subject);

    // What the worker delivers, on the GUI thread.
    void receiveAlerts(const std::vector<monitor::alerts::AlertState> &alerts);
    void receiveFile(const cluster::ClusterFile &file);
    void receiveMap(const cluster::ShardMap &map);
    void receiveSample(const monitor::FleetSample &sample);
    /// The directory or the file cannot be read.
    void receiveFailure(const Error &error);
    /// The recording of the last hours cannot be written; everything else goes on.
    void receiveRecordingFailure(const Error &error);

Q_SIGNALS:
    void opened(); ///< another cluster, or none: what was shown is void
    void linkChanged();
    void ticked(); ///< once a second: ages have grown
    void pausedChanged();
    void intervalChanged();
    void failed(const shardhelm::Error &error);
    void alertTold(const shardhelm::monitor::alerts::ToldEvent &event); ///< one was raised or cleared
    void recordingFailed(const shardhelm::Error &error);

private:
    void judge();
    void stopWorker();
    void connectReplay();
    void receiveMoment(const ReplayMoment &moment);
    void begin(const QString &path);

    Fleet m_fleet;
    PasswordBroker m_passwords;
    pg::Keychain m_keychain{&m_passwords};
    PasswordKeeper m_keeper{m_fleet, m_keychain};
    std::unique_ptr<SessionWorker> m_worker;
    std::vector<std::unique_ptr<SessionWorker>> m_retired; // asked to stop, still ending
    QTimer m_tick;
    QString m_path;
    Link m_link = Link::Closed;
    QDateTime m_linkSince;
    std::optional<Error> m_error;
    bool m_paused = false;
    QDateTime m_pausedAt;
    std::chrono::milliseconds m_interval{2000};
    bool m_intervalChosen = false;
    Replay m_replay;
    QString m_liveBehind;
};

} // namespace shardhelm

Q_DECLARE_METATYPE(shardhelm::cluster::ClusterFile)
