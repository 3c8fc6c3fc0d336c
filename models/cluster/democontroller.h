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

    explicit DemoController(QObject *parent = nullptr);
    ~DemoController() override;

    /// Makes or starts the demo in its usual place, then puts a load on it: ready() or failed().
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

    State m_state = State::Idle;
    int m_done = 0;
    int m_expected = 0;
    QString m_step;
    QElapsedTimer m_elapsed;
    std::unique_ptr<QTemporaryDir> m_ledgerFolder;
    std::jthread m_worker;
    std::jthread m_load;
};

} // namespace shardhelm
