// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/detail/fleetstatements.h"

#include "core/sqltext.h"
#include "monitor/latency/mixture.h"
#include "monitor/latency/momentsource.h"

#include <algorithm>

namespace shardhelm::monitor::detail {

namespace {

constexpr Milliseconds timeout{5000};
const QString extension = QStringLiteral("pg_stat_statements");

QByteArray withSchema(const char *name, const QByteArray &schema)
{
    return sqlText(name).replace(":schema.", QByteArray(schema + '.'));
}

/// Numbers in PostgreSQL's array form.
template <typename Numbers>
QByteArray arrayOf(const Numbers &numbers)
{
    QByteArray text = "{";
    for (const auto number : numbers)
        text += (text.size() > 1 ? "," : "") + QByteArray::number(number);
    return text + '}';
}

} // namespace

FleetStatements::FleetStatements(const QString &schemaPattern, double windowSeconds)
    : m_windowSeconds(windowSeconds)
    , m_catalogue(schemaPattern)
{
}

Result<void> FleetStatements::read(Asker &asker, const std::vector<StatementMember> &members, const QString &server,
                                   const Wait &wait)
{
    if (m_chosen != server) {
        m_chosen = server;
        m_snapshot.reset();
        m_windows.clear();
    }
    QMap<QString, Server> kept;
    for (const StatementMember &member : members)
        kept.insert(member.target.name, m_servers.take(member.target.name));
    m_servers = std::move(kept);
    findAccess(asker, members, wait);
    readCounters(asker, members, wait);

    const Server &chosen = m_servers[server];
    if (chosen.error)
        return Failure(*chosen.error);
    if (chosen.presence == latency::Presence::NotPermitted)
        return shardhelm::fail(ErrorCode::NotPermitted, server, extension);
    if (chosen.presence != latency::Presence::Present)
        return shardhelm::fail(ErrorCode::AnswerUnexpected, server, {}, {extension});
    return {};
}

void FleetStatements::findAccess(Asker &asker, const std::vector<StatementMember> &members, const Wait &wait)
{
    std::vector<Question> questions;
    for (const StatementMember &member : members) {
        Server &server = m_servers[member.target.name];
        server.error.reset();
        // What is missing or forbidden may be granted while somebody looks.
        if (server.presence != latency::Presence::Present)
            questions.push_back({member.target, {{sqlText("monitor/latency_statements_access"), {}}}});
    }
    asker.ask(
        questions, timeout,
        [&](size_t index, const Answer &answer) {
            Server &server = m_servers[questions[index].target.name];
            if (!answer || !answer->front()) {
                server.error = !answer ? answer.error() : answer->front().error();
                return;
            }
            const pg::Rows &rows = *answer->front();
            if (rows.isEmpty()) {
                server.presence = latency::Presence::Absent;
                return;
            }
            const bool permitted = rows.boolean(0, rows.column("permitted"));
            server.presence = permitted ? latency::Presence::Present : latency::Presence::NotPermitted;
            server.schema = pg::Connection::identifier(rows.text(0, rows.column("schema")));
            server.database = static_cast<quint32>(rows.integer(0, rows.column("database")));
        },
        wait);
}

void FleetStatements::readCounters(Asker &asker, const std::vector<StatementMember> &members, const Wait &wait)
{
    QMap<QString, QStringList> byKey;
    QMap<QString, Target> targets;
    for (const StatementMember &member : members) {
        const QString &name = member.target.name;
        targets.insert(name, member.target);
        if (m_servers[name].presence == latency::Presence::Present && !m_servers[name].error)
            byKey[member.serverKey.isEmpty() ? u'=' % name : member.serverKey] << name;
    }
    std::vector<Question> questions;
    std::vector<QStringList> groups;
    for (QStringList &names : byKey) {
        // The one looked at asks for itself, so that its failure is its own.
        if (names.contains(m_chosen))
            names.move(names.indexOf(m_chosen), 0);
        std::vector<quint32> databases;
        for (const QString &name : names)
            databases.push_back(m_servers[name].database);
        questions.push_back(
            {targets.value(names.front()),
             {{withSchema("detail/statements", m_servers[names.front()].schema), pg::Params(arrayOf(databases))}}});
        groups.push_back(names);
    }
    std::vector<Answer> answers(questions.size(), shardhelm::fail(ErrorCode::Cancelled));
    asker.ask(
        questions, timeout, [&](size_t index, const Answer &answer) { answers[index] = answer; }, wait);
    readTexts(asker, questions, answers, groups, wait);
    for (size_t i = 0; i < answers.size(); ++i) {
        const Answer &answer = answers[i];
        for (const QString &name : groups[i]) {
            Server &server = m_servers[name];
            if (!answer || !answer->front()) {
                server.error = !answer ? answer.error() : answer->front().error();
                const latency::Presence after = latency::presenceAfter(*server.error);
                if (after != latency::Presence::Present) {
                    server.presence = after;
                    server.error.reset();
                }
                continue;
            }
            if (name == m_chosen)
                takeMoments(server, *answer->front());
            take(server, *answer->front());
        }
    }
}

void FleetStatements::readTexts(Asker &asker, const std::vector<Question> &askedBefore,
                                const std::vector<Answer> &answers, const std::vector<QStringList> &groups,
                                const Wait &wait)
{
    std::vector<Question> questions;
    std::vector<size_t> group;
    for (size_t i = 0; i < answers.size(); ++i) {
        if (!answers[i] || !answers[i]->front())
            continue;
        const pg::Rows &rows = *answers[i]->front();
        QHash<quint32, Server *> servers;
        std::vector<quint32> databases;
        for (const QString &name : groups[i]) {
            servers.insert(m_servers[name].database, &m_servers[name]);
            databases.push_back(m_servers[name].database);
        }
        QSet<qint64> unknown;
        for (int row = 0; row < rows.count(); ++row) {
            const Server *server = servers.value(static_cast<quint32>(rows.integer(row, rows.column("dbid"))));
            const qint64 query = rows.integer(row, rows.column("queryid"));
            if (server && !server->ids.contains(query))
                unknown.insert(query);
        }
        if (unknown.isEmpty())
            continue;
        questions.push_back({askedBefore[i].target,
                             {{withSchema("detail/statement_texts", m_servers[groups[i].front()].schema),
                               pg::Params(arrayOf(unknown), arrayOf(databases))}}});
        group.push_back(i);
    }
    asker.ask(
        questions, timeout,
        [&](size_t index, const Answer &answer) {
            // Without texts these statements are left out of this reading and asked for again.
            if (!answer || !answer->front())
                return;
            const pg::Rows &rows = *answer->front();
            QHash<quint32, Server *> servers;
            for (const QString &name : groups[group[index]])
                servers.insert(m_servers[name].database, &m_servers[name]);
            for (int row = 0; row < rows.count(); ++row) {
                Server *server = servers.value(static_cast<quint32>(rows.integer(row, 0)));
                if (server)
                    server->ids.insert(rows.integer(row, 1), m_catalogue.idOf(rows.text(row, 2)));
            }
        },
        wait);
}

void FleetStatements::take(Server &server, const pg::Rows &rows) const
{
    const int userid = rows.column("userid");
    const int dbid = rows.column("dbid");
    const int queryid = rows.column("queryid");
    const int calls = rows.column("calls");
    const int total = rows.column("total");
    const int rowCount = rows.column("rows");
    Slice slice;
    QHash<latency::StatementKey, Sum> last;
    double at = server.at;
    for (int row = 0; row < rows.count(); ++row) {
        at = rows.number(row, rows.column("now"));
        server.resetAt = rows.number(row, rows.column("reset_at"));
        const latency::StatementKey key{static_cast<quint32>(rows.integer(row, userid)),
                                        static_cast<quint32>(rows.integer(row, dbid)), rows.integer(row, queryid)};
        const int id = server.ids.value(key.query, StatementCatalogue::aside);
        if (key.database != server.database || id == StatementCatalogue::aside)
            continue;
        const Sum now{rows.integer(row, calls), rows.number(row, total), rows.integer(row, rowCount)};
        Sum then = server.last.value(key);
        // Reset or evicted in between: all of its life is since then.
        if (now.calls < then.calls)
            then = {};
        Sum &sum = slice.sums[id];
        sum.calls += now.calls - then.calls;
        sum.totalMs += std::max(0.0, now.totalMs - then.totalMs);
        sum.rows += std::max<qint64>(0, now.rows - then.rows);
        last.insert(key, now);
    }
    slice.seconds = at - server.at;
    if (server.at > 0 && slice.seconds <= 0)
        server.slices.clear(); // the clock went back: no window can be told
    else if (server.at > 0)
        server.slices.push_back(std::move(slice));
    double seconds = 0;
    for (const Slice &one : server.slices)
        seconds += one.seconds;
    while (server.slices.size() > 1 && seconds - server.slices.front().seconds >= m_windowSeconds) {
        seconds -= server.slices.front().seconds;
        server.slices.pop_front();
    }
    server.last = std::move(last);
    server.at = at;
}

void FleetStatements::takeMoments(const Server &server, const pg::Rows &rows)
{
    // Every row says when it was read.
    const latency::StatementReading reading = latency::statementReading(rows, rows);
    latency::StatementSnapshot snapshot = reading.databases.value(static_cast<quint32>(server.database));
    snapshot.atSeconds = reading.atSeconds;
    snapshot.evictions = reading.evictions;
    if (m_snapshot && snapshot.atSeconds <= m_snapshot->atSeconds)
        m_windows.clear();
    else if (m_snapshot)
        m_windows.push_back(latency::difference(*m_snapshot, snapshot));
    m_snapshot = std::move(snapshot);
    double seconds = 0;
    for (const latency::MomentWindow &window : m_windows)
        seconds += window.seconds;
    while (m_windows.size() > 1 && seconds - m_windows.front().seconds >= m_windowSeconds) {
        seconds -= m_windows.front().seconds;
        m_windows.pop_front();
    }
}

FleetStatements::Sums FleetStatements::counted(const Server &server, StatementSpan span) const
{
    Sums sums;
    const auto add = [&sums](int id, const Sum &sum) {
        Sum &into = sums[id];
        into.calls += sum.calls;
        into.totalMs += sum.totalMs;
        into.rows += sum.rows;
    };
    if (span == StatementSpan::SinceReset) {
        for (auto it = server.last.cbegin(); it != server.last.cend(); ++it)
            add(server.ids.value(it.key().query), it.value());
        return sums;
    }
    for (const Slice &slice : server.slices) {
        for (auto it = slice.sums.cbegin(); it != slice.sums.cend(); ++it)
            add(it.key(), it.value());
    }
    sums.removeIf([](auto it) { return it.value().calls == 0; });
    return sums;
}

QHash<int, latency::Value> FleetStatements::p99s(StatementSpan span) const
{
    const Server server = m_servers.value(m_chosen);
    std::vector<latency::MomentWindow> windows(m_windows.begin(), m_windows.end());
    if (span == StatementSpan::SinceReset)
        windows = {latency::difference({}, m_snapshot.value_or(latency::StatementSnapshot()))};
    QHash<int, std::vector<latency::MomentWindow>> ofStatement;
    for (const latency::MomentWindow &window : windows) {
        QHash<int, latency::MomentWindow> parts;
        for (auto it = window.slices.cbegin(); it != window.slices.cend(); ++it) {
            const int id = server.ids.value(it.key().query, StatementCatalogue::aside);
            if (id != StatementCatalogue::aside)
                parts[id].slices.insert(it.key(), it.value());
        }
        for (auto it = parts.begin(); it != parts.end(); ++it)
            ofStatement[it.key()].push_back(std::move(it.value()));
    }
    QHash<int, latency::Value> result;
    for (auto it = ofStatement.cbegin(); it != ofStatement.cend(); ++it) {
        if (const auto p99 = latency::estimate(it.value()).p99)
            result.insert(it.key(), *p99);
    }
    return result;
}

StatementReport FleetStatements::report(StatementSpan span) const
{
    StatementReport report;
    report.server = m_chosen;
    report.span = span;
    const Server chosen = m_servers.value(m_chosen);
    if (chosen.resetAt > 0)
        report.resetAt = QDateTime::fromMSecsSinceEpoch(qRound64(chosen.resetAt * 1000), Qt::UTC);
    if (span == StatementSpan::SinceReset) {
        report.seconds = chosen.at > 0 ? chosen.at - chosen.resetAt : 0;
    } else {
        for (const Slice &slice : chosen.slices)
            report.seconds += slice.seconds;
    }
    report.incomplete = std::any_of(m_windows.begin(), m_windows.end(),
                                    [](const latency::MomentWindow &window) { return window.incomplete; });
    QMap<QString, Sums> others;
    for (auto it = m_servers.cbegin(); it != m_servers.cend(); ++it) {
        if (it.key() == m_chosen)
            continue;
        if (it->error)
            report.missed.insert(it.key(), *it->error);
        else if (it->presence == latency::Presence::NotPermitted)
            report.notPermitted << it.key();
        else if (it->presence != latency::Presence::Present)
            report.without << it.key();
        else
            others.insert(it.key(), counted(*it, span));
    }
    report.compared = static_cast<int>(others.size());

    const QHash<int, latency::Value> percentiles = p99s(span);
    const Sums sums = counted(chosen, span);
    for (auto it = sums.cbegin(); it != sums.cend(); ++it) {
        StatementFact fact;
        fact.id = it.key();
        fact.fingerprint = m_catalogue.fingerprint(it.key());
        fact.text = m_catalogue.text(it.key());
        fact.calls = it->calls;
        fact.totalMs = it->totalMs;
        fact.rows = it->rows;
        if (const auto p99 = percentiles.constFind(it.key()); p99 != percentiles.cend())
            fact.p99 = *p99;
        for (auto other = others.cbegin(); other != others.cend(); ++other) {
            const Sum there = other->value(it.key());
            if (there.calls > 0)
                fact.others.push_back({other.key(), there.calls, there.totalMs});
        }
        fact.comparison = compared({m_chosen, fact.calls, fact.totalMs}, fact.others);
        report.totalMs += fact.totalMs;
        report.statements.push_back(std::move(fact));
    }
    std::sort(report.statements.begin(), report.statements.end(),
              [](const StatementFact &a, const StatementFact &b) { return a.totalMs > b.totalMs; });
    return report;
}

} // namespace shardhelm::monitor::detail
