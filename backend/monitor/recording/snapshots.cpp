// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/recording/snapshots.h"

#include "core/wait.h"
#include "monitor/recording/serverfacts.h"
#include "monitor/recording/sessionfacts.h"
#include "monitor/triage/sessions.h"
#include "monitor/watcher.h"
#include "sql/parser.h"

#include <QDateTime>
#include <QHash>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace shardhelm::monitor::recording {

namespace {

constexpr qsizetype mostServers = 4;
constexpr std::chrono::seconds sessionsEvery{15};
constexpr std::chrono::seconds statementsEvery{60};
constexpr std::chrono::hours settingsEvery{1};
/// Between two looks at what is due, unless something has changed.
constexpr std::chrono::seconds pace{1};
constexpr Milliseconds timeout{5000};

/// Servers whose sessions may tell what is wrong: those that stand out and answer, worst first.
QStringList wrongServers(const FleetSample &fleet)
{
    QStringList names;
    for (const RankedServer &ranked : fleet.verdict.ranking) {
        const ServerSample *server = fleet.server(ranked.server);
        const bool answers = server && (server->state == State::Healthy || server->state == State::Degraded);
        if (answers && ranked.severity >= 1 && !names.contains(ranked.server) && names.size() < mostServers)
            names << ranked.server;
    }
    return names;
}

/// Servers that answer, whose settings are worth keeping.
QStringList answeringServers(const FleetSample &fleet)
{
    QStringList names;
    for (const ServerSample &server : fleet.servers) {
        if (server.state == State::Healthy || server.state == State::Degraded)
            names << server.name;
    }
    return names;
}

/// When which server was asked last.
class Asked
{
public:
    explicit Asked(std::chrono::seconds every)
        : m_every(every)
    {
    }
    /// Whether the server is due, and then taken for asked.
    bool take(const QString &server)
    {
        const auto now = Clock::now();
        const auto last = m_at.constFind(server);
        if (last != m_at.constEnd() && now - *last < m_every)
            return false;
        m_at.insert(server, now);
        return true;
    }

private:
    std::chrono::seconds m_every;
    QHash<QString, Clock::time_point> m_at;
};

} // namespace

struct Snapshots::Private
{
    Private(Watcher &asked, std::function<void(Fact)> taking)
        : watcher(asked)
        , take(std::move(taking))
    {
    }

    Watcher &watcher;
    std::function<void(Fact)> take;
    std::mutex mutex; ///< guards the next three
    std::condition_variable_any changed;
    QStringList wrong;
    QStringList answering;
    std::jthread thread; ///< last: everything above exists while it runs

    void run(const std::stop_token &stop);
    void askSessions(const QString &server);
    void askRows(const QString &server, std::vector<pg::Statement> statements, const QString &kind,
                 std::function<QCborMap(const pg::Rows &)> content);
};

Snapshots::Snapshots(Watcher &watcher, std::function<void(Fact)> take)
    : d(std::make_unique<Private>(watcher, std::move(take)))
{
    d->thread = std::jthread([p = d.get()](const std::stop_token &stop) { p->run(stop); });
}

Snapshots::~Snapshots() = default;

void Snapshots::stop()
{
    d->thread.request_stop();
    if (d->thread.joinable())
        d->thread.join();
}

void Snapshots::consider(const FleetSample &fleet)
{
    QStringList wrong = wrongServers(fleet);
    QStringList answering = answeringServers(fleet);
    const std::lock_guard lock(d->mutex);
    d->answering = std::move(answering);
    if (wrong == d->wrong)
        return;
    d->wrong = std::move(wrong);
    d->changed.notify_all();
}

void Snapshots::Private::askSessions(const QString &server)
{
    // The answer may come when this object is gone: it takes along what it needs.
    watcher.ask(server, sessionStatements(), timeout, [server, use = take](const pg::FanOutReply &reply) {
        sql::Parser parser;
        const auto sessions = readSessions(server, reply, parser);
        if (sessions)
            use({QDateTime::currentMSecsSinceEpoch(), server, sessionsKind(), sessionsFact(*sessions)});
    });
}

void Snapshots::Private::askRows(const QString &server, std::vector<pg::Statement> statements, const QString &kind,
                                 std::function<QCborMap(const pg::Rows &)> content)
{
    watcher.ask(server, detail::marked(statements), timeout,
                [server, kind, use = take, content = std::move(content)](const pg::FanOutReply &reply) {
                    if (!reply.results || reply.results->empty() || !reply.results->front())
                        return;
                    use({QDateTime::currentMSecsSinceEpoch(), server, kind, content(*reply.results->front())});
                });
}

void Snapshots::Private::run(const std::stop_token &stop)
{
    Asked sessions(sessionsEvery);
    Asked statements(statementsEvery);
    Asked settings(settingsEvery);
    while (!stop.stop_requested()) {
        QStringList nowWrong;
        QStringList nowAnswering;
        {
            std::unique_lock lock(mutex);
            const QStringList seen = wrong;
            changed.wait_for(lock, stop, pace, [&] { return wrong != seen; });
            nowWrong = wrong;
            nowAnswering = answering;
        }
        if (stop.stop_requested())
            return;
        for (const QString &server : nowWrong) {
            if (sessions.take(server))
                askSessions(server);
            if (statements.take(server)) {
                askRows(server, statementQuestions(), statementsKind(), [](const pg::Rows &rows) {
                    sql::Parser parser;
                    return statementsFact(rows, parser);
                });
            }
        }
        // One server at a time, so that nobody notices.
        for (const QString &server : nowAnswering) {
            if (!settings.take(server))
                continue;
            askRows(server, detail::settingsQuestions(), settingsKind(),
                    [](const pg::Rows &rows) { return settingsFact(detail::readSettings(rows)); });
            break;
        }
    }
}

} // namespace shardhelm::monitor::recording
