// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/recording/sessionfacts.h"

#include <QCborArray>

#include <algorithm>

namespace shardhelm::monitor::recording {

namespace {

using namespace Qt::Literals;

constexpr int version = 1;
constexpr size_t mostSessions = 200;
constexpr qsizetype longestQuery = 1000;

/// How much a session tells about what is wrong; 0: nothing.
int weight(const Session &session)
{
    if (session.isBlocking())
        return 4;
    if (session.isWaiting())
        return 3;
    if (session.isRunning())
        return 2;
    return session.transactionAge ? 1 : 0;
}

QCborValue age(const std::optional<double> &seconds)
{
    return seconds ? QCborValue(*seconds) : QCborValue();
}

std::optional<double> ageIn(const QCborMap &map, QLatin1StringView key)
{
    const QCborValue value = map.value(key);
    return value.isDouble() || value.isInteger() ? std::optional(value.toDouble()) : std::nullopt;
}

QCborArray numbers(const std::vector<int> &pids)
{
    QCborArray array;
    for (const int pid : pids)
        array.append(pid);
    return array;
}

QCborMap mapOf(const Session &session)
{
    return {{u"pid"_s, session.key.pid},
            {u"start"_s, session.key.backendStart},
            {u"role"_s, session.role},
            {u"database"_s, session.database},
            {u"application"_s, session.application},
            {u"client"_s, session.client},
            {u"type"_s, session.backendType},
            {u"state"_s, session.state},
            {u"wait_type"_s, session.waitEventType},
            {u"wait"_s, session.waitEvent},
            {u"transaction_age"_s, age(session.transactionAge)},
            {u"query_age"_s, age(session.queryAge)},
            {u"state_age"_s, age(session.stateAge)},
            {u"blocked_by"_s, numbers(session.blockedBy)},
            {u"query_id"_s, session.queryId},
            {u"query"_s, session.query.left(longestQuery)},
            {u"hidden"_s, session.hidden},
            {u"blocks"_s, session.blocks}};
}

Session sessionOf(const QString &server, const QCborMap &map)
{
    const auto text = [&map](QLatin1StringView key) { return map.value(key).toString(); };
    Session session;
    session.key = {server, static_cast<int>(map.value("pid"_L1).toInteger()), text("start"_L1)};
    session.role = text("role"_L1);
    session.database = text("database"_L1);
    session.application = text("application"_L1);
    session.client = text("client"_L1);
    session.backendType = text("type"_L1);
    session.state = text("state"_L1);
    session.waitEventType = text("wait_type"_L1);
    session.waitEvent = text("wait"_L1);
    session.transactionAge = ageIn(map, "transaction_age"_L1);
    session.queryAge = ageIn(map, "query_age"_L1);
    session.stateAge = ageIn(map, "state_age"_L1);
    const QCborArray blockers = map.value("blocked_by"_L1).toArray();
    for (const QCborValue &pid : blockers)
        session.blockedBy.push_back(static_cast<int>(pid.toInteger()));
    session.queryId = text("query_id"_L1);
    session.query = text("query"_L1);
    session.hidden = map.value("hidden"_L1).toBool();
    session.blocks = static_cast<int>(map.value("blocks"_L1).toInteger());
    return session;
}

QCborMap mapOf(const LockWait &wait)
{
    QCborArray holders;
    for (const LockHolder &holder : wait.holders)
        holders.append(QCborArray{holder.pid, holder.mode, holder.prepared, holder.preparedOwner,
                                  holder.preparedDatabase, age(holder.preparedAge)});
    return {{u"pid"_s, wait.pid},           {u"type"_s, wait.type},    {u"mode"_s, wait.mode},
            {u"relation"_s, wait.relation}, {u"age"_s, age(wait.age)}, {u"holders"_s, holders}};
}

LockWait waitOf(const QCborMap &map)
{
    LockWait wait;
    wait.pid = static_cast<int>(map.value("pid"_L1).toInteger());
    wait.type = map.value("type"_L1).toString();
    wait.mode = map.value("mode"_L1).toString();
    wait.relation = map.value("relation"_L1).toString();
    wait.age = ageIn(map, "age"_L1);
    const QCborArray holders = map.value("holders"_L1).toArray();
    for (const QCborValue &value : holders) {
        const QCborArray holder = value.toArray();
        std::optional<double> preparedAge;
        if (holder.at(5).isDouble() || holder.at(5).isInteger())
            preparedAge = holder.at(5).toDouble();
        wait.holders.push_back({static_cast<int>(holder.at(0).toInteger()), holder.at(1).toString(),
                                holder.at(2).toString(), holder.at(3).toString(), holder.at(4).toString(),
                                preparedAge});
    }
    return wait;
}

} // namespace

QString sessionsKind()
{
    return u"sessions"_s;
}

QCborMap sessionsFact(const SessionList &list)
{
    std::vector<const Session *> kept;
    for (const Session &session : list.sessions) {
        if (weight(session) > 0)
            kept.push_back(&session);
    }
    std::ranges::stable_sort(kept, [](const Session *a, const Session *b) { return weight(*a) > weight(*b); });
    const size_t left = kept.size() - std::min(kept.size(), mostSessions);
    kept.resize(kept.size() - left);
    std::ranges::sort(kept, {}, [](const Session *session) { return session->key.pid; });
    QCborArray sessions;
    for (const Session *session : kept)
        sessions.append(mapOf(*session));
    QCborArray waits;
    for (const LockWait &wait : list.waits) {
        if (static_cast<size_t>(waits.size()) < mostSessions)
            waits.append(mapOf(wait));
    }
    return {{u"v"_s, version},
            {u"server_key"_s, list.serverKey},
            {u"database"_s, list.database},
            {u"sees_all"_s, list.seesAll},
            {u"max_connections"_s, list.maxConnections},
            {u"all"_s, static_cast<qint64>(list.sessions.size())},
            {u"sessions"_s, sessions},
            {u"waits"_s, waits}};
}

SessionList sessionsOf(const QString &server, const QCborMap &fact)
{
    SessionList list;
    list.server = server;
    if (fact.value("v"_L1).toInteger() != version)
        return list;
    list.serverKey = fact.value("server_key"_L1).toString();
    list.database = fact.value("database"_L1).toString();
    list.seesAll = fact.value("sees_all"_L1).toBool();
    list.maxConnections = static_cast<int>(fact.value("max_connections"_L1).toInteger());
    const QCborArray sessions = fact.value("sessions"_L1).toArray();
    for (const QCborValue &value : sessions)
        list.sessions.push_back(sessionOf(server, value.toMap()));
    const QCborArray waits = fact.value("waits"_L1).toArray();
    for (const QCborValue &value : waits)
        list.waits.push_back(waitOf(value.toMap()));
    return list;
}

} // namespace shardhelm::monitor::recording
