// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/wait.h"

#include <QString>
#include <QStringList>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace shardhelm::monitor::alerts {

/// One run of a command.
struct CommandRun
{
    QString command; ///< for /bin/sh -c
    QStringList settings; ///< "NAME=VALUE" for its environment
    int exitCode = 0;
    QString output; ///< what it printed on both streams, the first 2000 bytes
    std::optional<Error> error; ///< it could not be started or took too long
};

/// Runs commands beside everything else, four at a time, each with a deadline. When more than a hundred wait, the
/// oldest is dropped (TimedOut): what hangs must not pile up. Thread-safe.
class CommandRunner
{
public:
    /// `done` is called on a thread of the runner after each run.
    CommandRunner(Milliseconds timeout, std::function<void(size_t id, const CommandRun &)> done);
    /// Ends what runs; what waits is not run.
    ~CommandRunner();
    CommandRunner(const CommandRunner &) = delete;
    CommandRunner &operator=(const CommandRunner &) = delete;

    /// Takes a command and returns at once; `id` comes back with the result.
    void start(size_t id, CommandRun run);
    /// Waits until nothing runs or waits any more.
    void finish(const Wait &wait);

private:
    void work(const std::stop_token &stop);
    [[nodiscard]] CommandRun run(CommandRun run, const std::stop_token &stop) const;

    const Milliseconds m_timeout;
    const std::function<void(size_t, const CommandRun &)> m_done;
    std::mutex m_mutex; // guards the three below
    std::condition_variable_any m_changed;
    std::deque<std::pair<size_t, CommandRun>> m_waiting;
    int m_running = 0;
    std::vector<std::jthread> m_threads; // last: joined before the rest goes
};

} // namespace shardhelm::monitor::alerts
