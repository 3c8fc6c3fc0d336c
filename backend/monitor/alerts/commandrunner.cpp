// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/alerts/commandrunner.h"

#include "core/process.h"

namespace shardhelm::monitor::alerts {

namespace {

constexpr int atOnce = 4;
constexpr size_t mostWaiting = 100;
constexpr qsizetype mostOutput = 2000;

/// What people expect to find in the environment of their commands.
QStringList inherited()
{
    QStringList settings;
    for (const char *name : {"HOME", "USER", "LOGNAME", "PATH", "LANG", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS",
                             "DISPLAY", "WAYLAND_DISPLAY"}) {
        if (qEnvironmentVariableIsSet(name))
            settings << QString::fromLatin1(name) + u'=' + qEnvironmentVariable(name);
    }
    return settings;
}

} // namespace

CommandRunner::CommandRunner(Milliseconds timeout, std::function<void(size_t, const CommandRun &)> done)
    : m_timeout(timeout)
    , m_done(std::move(done))
{
    for (int i = 0; i < atOnce; ++i)
        m_threads.emplace_back([this](const std::stop_token &stop) { work(stop); });
}

CommandRunner::~CommandRunner()
{
    for (std::jthread &thread : m_threads)
        thread.request_stop();
}

void CommandRunner::start(size_t id, CommandRun run)
{
    std::optional<std::pair<size_t, CommandRun>> dropped;
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.emplace_back(id, std::move(run));
        if (m_waiting.size() > mostWaiting) {
            dropped = std::move(m_waiting.front());
            m_waiting.pop_front();
        }
        m_changed.notify_all();
    }
    if (dropped) {
        dropped->second.error = Error{ErrorCode::TimedOut, dropped->second.command, {}, {}, 0, std::nullopt};
        m_done(dropped->first, dropped->second);
    }
}

void CommandRunner::finish(const Wait &wait)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_until(lock, wait.stopToken(), wait.deadline(),
                         [this] { return m_waiting.empty() && m_running == 0; });
}

CommandRun CommandRunner::run(CommandRun run, const std::stop_token &stop) const
{
    Program program;
    program.path = QStringLiteral("/bin/sh");
    // One stream, so that messages stay in their order.
    program.arguments = {QStringLiteral("-c"), u"exec 2>&1\n" + run.command};
    program.settings = inherited() + run.settings;
    const auto output = runProgram(program, Wait::forDuration(m_timeout, stop));
    if (!output) {
        run.error = output.error();
        return run;
    }
    run.exitCode = output->exitCode;
    run.output = QString::fromUtf8(output->out.left(mostOutput)).trimmed();
    return run;
}

void CommandRunner::work(const std::stop_token &stop)
{
    while (!stop.stop_requested()) {
        std::pair<size_t, CommandRun> next;
        {
            std::unique_lock lock(m_mutex);
            if (!m_changed.wait(lock, stop, [this] { return !m_waiting.empty(); }))
                return;
            next = std::move(m_waiting.front());
            m_waiting.pop_front();
            ++m_running;
        }
        m_done(next.first, run(std::move(next.second), stop));
        const std::lock_guard lock(m_mutex);
        --m_running;
        m_changed.notify_all();
    }
}

} // namespace shardhelm::monitor::alerts
