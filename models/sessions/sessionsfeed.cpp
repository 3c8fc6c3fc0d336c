// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessions/sessionsfeed.h"

#include "monitor/triage/sessions.h"

#include <algorithm>

namespace shardhelm {

namespace {

constexpr std::chrono::milliseconds shortestTimeout{3000};
constexpr std::chrono::milliseconds gatherTime{40};

} // namespace

SessionsFeed::SessionsFeed(ClusterSession &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_reader([this](const QString &server, Result<monitor::SessionList> list) {
        QMetaObject::invokeMethod(
            this, [this, server, list = std::move(list)] { receive(server, list); }, Qt::QueuedConnection);
    })
{
    connect(&m_timer, &QTimer::timeout, this, &SessionsFeed::refresh);
    m_gather.setSingleShot(true);
    m_gather.setInterval(gatherTime);
    connect(&m_gather, &QTimer::timeout, this, &SessionsFeed::updated);
    connect(&session, &ClusterSession::intervalChanged, this, &SessionsFeed::pace);
    connect(&session, &ClusterSession::pausedChanged, this, &SessionsFeed::pace);
    connect(&session, &ClusterSession::opened, this, [this] {
        ++m_generation;
        m_servers.clear();
        m_gather.start();
    });
    // Servers that have just come to the fleet are not made to wait for the next turn.
    connect(&session.fleet(), &Fleet::sampled, this, [this] {
        if (!m_active || m_session.isReplay())
            return;
        for (const QString &server : serversOfFleet()) {
            if (!m_servers.contains(server))
                ask(server);
        }
    });
    connect(&session.replay(), &Replay::moved, this, [this] {
        if (m_active)
            takeRecorded();
    });
}

void SessionsFeed::setServer(const std::optional<QString> &server)
{
    if (m_only == server)
        return;
    m_only = server;
    ++m_generation;
    m_servers.clear();
    if (m_active)
        refresh();
    m_gather.start();
}

void SessionsFeed::setActive(bool active)
{
    if (m_active == active)
        return;
    m_active = active;
    pace();
    if (active)
        refresh();
}

void SessionsFeed::pace()
{
    if (m_active && !m_session.isPaused())
        m_timer.start(m_session.interval());
    else
        m_timer.stop();
}

QStringList SessionsFeed::serversOfFleet() const
{
    QStringList names;
    for (const monitor::ServerSample &server : m_session.fleet().sample().servers) {
        if (!m_only || *m_only == server.name)
            names.append(server.name);
    }
    return names;
}

void SessionsFeed::takeRecorded()
{
    m_servers.clear();
    const auto &recorded = m_session.replay().sessions();
    for (auto one = recorded.begin(); one != recorded.end(); ++one) {
        if (m_only && *m_only != one.key())
            continue;
        Server &state = m_servers[one.key()];
        state.list = one->list;
        state.at = QDateTime::fromMSecsSinceEpoch(one->at, Qt::UTC);
    }
    Q_EMIT updated();
}

void SessionsFeed::refresh()
{
    if (m_session.isReplay()) {
        takeRecorded();
        return;
    }
    const QStringList names = serversOfFleet();
    const QStringList known = m_servers.keys();
    for (const QString &server : known) {
        if (!names.contains(server) && !names.isEmpty())
            m_servers.remove(server);
    }
    for (const QString &server : names)
        ask(server);
}

void SessionsFeed::ask(const QString &server)
{
    Server &state = m_servers[server];
    if (state.asking)
        return;
    state.asking = true;
    const auto timeout = std::max(shortestTimeout, m_session.interval());
    m_session.ask(server, monitor::sessionStatements(), timeout, this,
                  [this, server, generation = m_generation](const pg::FanOutReply &reply) {
                      if (generation == m_generation)
                          m_reader.submit(server, reply);
                  });
}

void SessionsFeed::receive(const QString &server, const Result<monitor::SessionList> &list)
{
    Server &state = m_servers[server];
    state.asking = false;
    if (list) {
        state.list = *list;
        state.at = QDateTime::currentDateTimeUtc();
        state.error.reset();
    } else {
        state.error = list.error();
    }
    if (!m_gather.isActive())
        m_gather.start();
}

std::vector<monitor::SessionList> SessionsFeed::lists() const
{
    std::vector<monitor::SessionList> lists;
    for (const Server &server : m_servers) {
        if (server.list)
            lists.push_back(*server.list);
    }
    return lists;
}

QDateTime SessionsFeed::oldest() const
{
    QDateTime oldest;
    for (const Server &server : m_servers) {
        if (server.list && (!oldest.isValid() || server.at < oldest))
            oldest = server.at;
    }
    return oldest;
}

bool SessionsFeed::isComplete() const
{
    return m_session.isReplay() || (!m_servers.isEmpty() && std::ranges::all_of(m_servers, [](const Server &server) {
               return server.list || server.error;
           }));
}

} // namespace shardhelm
