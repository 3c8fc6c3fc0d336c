// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QObject>
#include <QPointer>

#include <atomic>
#include <functional>
#include <memory>
#include <thread>

namespace shardhelm {

/// One piece of blocking work at a time on a thread of its own, its result handed to the thread of the owner.
/// Destroying it asks the work to stop and waits for it.
class BackgroundTask
{
public:
    BackgroundTask() = default;
    ~BackgroundTask()
    {
        if (m_valid)
            *m_valid = false;
    }
    BackgroundTask(const BackgroundTask &) = delete;
    BackgroundTask &operator=(const BackgroundTask &) = delete;

    [[nodiscard]] bool isRunning() const { return m_valid && *m_valid; }

    /// Runs `work`; then `done` gets its result on the thread of `context`, unless that or the task is gone. Not while
    /// another one runs.
    template <typename Value>
    void start(QObject *context, std::function<Result<Value>(const std::stop_token &)> work,
               std::function<void(const Result<Value> &)> done)
    {
        Q_ASSERT(!isRunning());
        auto valid = std::make_shared<std::atomic<bool>>(true);
        m_valid = valid;
        m_thread = std::jthread([context = QPointer<QObject>(context), work = std::move(work), done = std::move(done),
                                 valid](const std::stop_token &stop) {
            auto result = std::make_shared<const Result<Value>>(work(stop));
            if (!context)
                return;
            QMetaObject::invokeMethod(
                context.data(),
                [valid, done, result] {
                    if (valid->exchange(false))
                        done(*result);
                },
                Qt::QueuedConnection);
        });
    }

private:
    std::shared_ptr<std::atomic<bool>> m_valid;
    std::jthread m_thread;
};

} // namespace shardhelm
