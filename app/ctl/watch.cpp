// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"

#include "alerttable.h"
#include "fleettable.h"
#include "mapsource.h"
#include "monitor/alerts/desk.h"
#include "monitor/watcher.h"
#include "singlesample.h"
#include "wording/alerts.h"

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <optional>

namespace shardhelm::ctl {

namespace {

using namespace monitor::alerts;

/// What commands may still take when the program is asked to end.
constexpr Milliseconds endPatience{3000};

/// Prints events as they come, from the threads of the desk.
class Printer
{
public:
    explicit Printer(const Invocation &call)
        : m_call(call)
    {
    }

    void print(const ToldEvent &event)
    {
        const std::lock_guard lock(m_mutex);
        const QString format = m_call.value(QStringLiteral("format"));
        if (m_call.json())
            m_call.printLine(eventObject(event));
        else if (format == QLatin1StringView("table"))
            line(eventLine(event).toUtf8());
        else
            rows(format == QLatin1StringView("csv") ? eventTable(event).toCsv() : eventTable(event).toTsv());
        m_first = false;
    }

private:
    static void line(const QByteArray &text)
    {
        std::fwrite(text.constData(), 1, static_cast<size_t>(text.size()), stdout);
        std::fputc('\n', stdout);
        std::fflush(stdout);
    }

    /// The head stands once, before the first row.
    void rows(const QByteArray &text) const
    {
        const QByteArray shown = m_first ? text : text.mid(text.indexOf('\n') + 1);
        std::fwrite(shown.constData(), 1, static_cast<size_t>(shown.size()), stdout);
        std::fflush(stdout);
    }

    const Invocation &m_call;
    std::mutex m_mutex;
    bool m_first = true;
};

QString words(const ActiveAlert &alert)
{
    const QString sentence = wording::sentence(alert);
    return alert.subject.server.isEmpty() ? sentence : alert.subject.server % QStringLiteral(": ") % sentence;
}

/// One sample, the alerts it raises, and the end.
Exit watchOnce(const Invocation &call, const cluster::ClusterFile &file, Milliseconds timeout)
{
    const Wait wait = call.wait(timeout);
    const auto source = openMap(call, file, QStringLiteral("watch"), wait);
    if (!source)
        return call.fail(source.error());
    const monitor::FleetSample fleet = sampleOnce(file, source->map, call.passwords, wait);
    if (call.stop.stop_requested())
        return call.fail(Error{ErrorCode::Cancelled, {}, {}, {}, 0, std::nullopt});

    std::mutex mutex;
    std::vector<AlertState> alerts;
    Desk::Reports reports;
    reports.changed = [&](const std::vector<AlertState> &now) {
        const std::lock_guard lock(mutex);
        alerts = now;
    };
    reports.failed = [&call](const Error &error) { call.fail(error); };
    {
        Desk desk(file, reports, words, call.passwords, Engine::Holding::None);
        desk.take(fleet);
        desk.finish(call.wait(file.alertCommandTimeout + std::chrono::seconds(10)));
    }
    const bool complete = isComplete(fleet) && !source->fromCopy();
    QStringList warnings;
    if (source->fromCopy())
        warnings += source->warning;
    const std::lock_guard lock(mutex);
    const bool forPeople = call.value(QStringLiteral("format")) == QLatin1StringView("table");
    if (!forPeople || !alerts.empty())
        call.print(forPeople ? alertSummary(alerts) : alertTable(alerts), complete, warnings);
    Exit result = Exit::Done;
    if (!complete)
        result = call.strict() ? Exit::Failed : Exit::Partial;
    const bool isRaised = std::ranges::any_of(
        alerts, [](const AlertState &state) { return state.handling.kind != Handling::Kind::Muted; });
    return isRaised ? worse(result, Exit::Differences) : result;
}

Exit watch(const Invocation &call)
{
    auto file = cluster::readClusterFile(call.clusterFilePath());
    if (!file)
        return call.fail(file.error());
    if (call.has(QStringLiteral("interval"))) {
        const auto interval = call.seconds(QStringLiteral("interval"), Milliseconds(100), std::chrono::hours(1));
        if (!interval)
            return call.fail(interval.error());
        file->monitor.interval = *interval;
    }
    if (call.has(QStringLiteral("timeout"))) {
        const auto timeout = call.seconds(QStringLiteral("timeout"), Milliseconds(100), Milliseconds(600000));
        if (!timeout)
            return call.fail(timeout.error());
        file->monitor.timeout = *timeout;
    }
    if (call.has(QStringLiteral("once")))
        return watchOnce(call, *file, file->monitor.timeout);

    Printer printer(call);
    Desk::Reports reports;
    reports.told = [&printer](const ToldEvent &event) { printer.print(event); };
    reports.failed = [&call](const Error &error) { call.fail(error); };
    Desk desk(*file, reports, words, call.passwords);
    {
        std::mutex mutex;
        std::condition_variable_any ended;
        std::optional<Error> told;
        monitor::Watcher::Reports samples;
        samples.sampled = [&desk](const monitor::FleetSample &fleet) { desk.take(fleet); };
        samples.mapRead = [&](const cluster::ShardMap &) {
            const std::lock_guard lock(mutex);
            told.reset();
        };
        samples.mapFailed = [&](const Error &error) {
            const std::lock_guard lock(mutex);
            if (told != error)
                call.fail(error);
            told = error;
        };
        const monitor::Watcher watcher(*file, std::move(samples), call.passwords);
        call.say(Text::tr("Watching %1. Ctrl+C ends it.").arg(file->name));
        std::mutex waiting;
        std::unique_lock lock(waiting);
        ended.wait(lock, call.stop, [] { return false; });
    }
    desk.finish(Wait::forDuration(endPatience));
    return Exit::Done;
}

} // namespace

std::vector<Command> watchCommands()
{
    return {
        {QStringLiteral("watch"),
         Text::tr("Watch the cluster without a window: tell what alerts are raised and cleared, run their commands"),
         {},
         {{QStringLiteral("once"), {}, Text::tr("take one sample, list the alerts that stand, and end; for cron")},
          {QStringLiteral("interval"), QStringLiteral("S"),
           Text::tr("seconds between two samples; else [monitor] interval of the cluster file")},
          {QStringLiteral("timeout"), QStringLiteral("S"),
           Text::tr("seconds until a server that does not answer counts as down; else [monitor] timeout of the cluster "
                    "file")}},
         watch,
         Text::tr("Rules, thresholds, commands and runbooks are in section [alerts] of the cluster file. Events are "
                  "written to the directory's journal, where all consoles find them; an alert's command is run by the "
                  "first of them. JSON is one object per event. Ends by itself on SIGINT and SIGTERM.\n\n"
                  "With --once the hold times of the rules do not apply. The exit code is 5 when an alert stands that "
                  "is not muted, else 3 when a server does not answer (1 with --strict), else 0.")},
    };
}

} // namespace shardhelm::ctl
