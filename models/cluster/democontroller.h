// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "demo/democluster.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTemporaryDir>

#include <memory>
#include <optional>
#include <thread>

namespace shardhelm {

/// Starts, loads and stops the demo cluster on threads of its own.
class DemoController : public QObject
{
    Q_OBJECT
public:
    enum class State { Idle, Starting, Running, Stopping };

    /// `folder` is where the demo lives.
    explicit DemoController(QString folder = demo::DemoFolder::defaultPath(), QObject *parent = nullptr);
    ~DemoController() override;

    [[nodiscard]] QString folder() const { return m_folder; }
    /// Makes or starts the demo in its folder, then puts a load on it: ready() or failed().
    void start(const demo::DemoRequest &request);
    /// Gives a start up; what it made is removed.
    void cancel();
    /// Ends the load and stops the servers; `remove` takes their files away too. stopped() or failed().
    void stop(bool remove);

    /// Leaves the servers running and forgets that this window started them; ends the load.
    void letGo();

    [[nodiscard]] State state() const { return m_state; }
    /// Whether this window started the demo that runs.
    [[nodiscard]] bool isOurs() const { return m_state == State::Running; }
    /// Whether this window also made it: one that was there before is somebody's, and not for this window to remove.
    [[nodiscard]] bool isMade() const { return m_state == State::Running && m_made; }
    [[nodiscard]] int stepsDone() const { return m_done; }
    [[nodiscard]] int stepsExpected() const { return m_expected; }
    /// What happened last, in words.
    [[nodiscard]] QString stepText() const { return m_step; }
    /// Seconds that are probably left; nullopt while that cannot be told.
    [[nodiscard]] std::optional<double> secondsLeft() const;

Q_SIGNALS:
    void stateChanged();
    void progressed();
    void ready(const QString &clusterFile);
    void stopped();
    void failed(const shardhelm::Error &error);

private:
    void setState(State state);
    void startLoad(const QString &clusterFile);

    const QString m_folder;
    State m_state = State::Idle;
    int m_done = 0;
    int m_expected = 0;
    QString m_step;
    bool m_made = false;
    QElapsedTimer m_elapsed;
    std::unique_ptr<QTemporaryDir> m_ledgerFolder;
    std::jthread m_worker;
    std::jthread m_load;
};

} // namespace shardhelm
