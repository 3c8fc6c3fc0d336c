// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessions/sessiontable.h"

#include "monitor/triage/sessions.h"
#include "sessions/sessionid.h"
#include "wording/triage.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace shardhelm {

namespace {

using monitor::LockNode;
using monitor::LockTree;
using monitor::Session;
using monitor::SessionList;
using Kind = Table::Column::Kind;

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(Sessions)
};

QJsonValue json(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonValue json(std::optional<double> seconds)
{
    // To the millisecond: the rest is the time the answer took.
    return seconds ? QJsonValue(std::round(*seconds * 1000) / 1000) : QJsonValue();
}

QJsonArray pids(const Session &session)
{
    QJsonArray array;
    for (const int pid : session.blockedBy)
        array.append(pid);
    return array;
}

struct Field
{
    Table::Column column;
    QJsonValue (*value)(const SessionRow &row);
};

QString key(const char *text)
{
    return QString::fromLatin1(text);
}

std::vector<Field> allFields()
{
    using R = const SessionRow &;
    return {
        {{key("session")}, [](R r) { return json(sessionId(r.session.key)); }},
        {{key("instance")}, [](R r) { return json(r.session.key.server); }},
        {{key("pid")}, [](R r) { return r.session.key.pid == 0 ? QJsonValue() : QJsonValue(r.session.key.pid); }},
        {{key("backend_start")}, [](R r) { return json(r.session.key.backendStart); }},
        {{key("role")}, [](R r) { return json(r.session.role); }},
        {{key("database")}, [](R r) { return json(r.session.database); }},
        {{key("application")}, [](R r) { return json(r.session.application); }},
        {{key("client")}, [](R r) { return json(r.session.client); }},
        {{key("backend_type")}, [](R r) { return json(r.session.backendType); }},
        {{key("state")}, [](R r) { return json(r.session.state); }},
        {{key("waiting")}, [](R r) { return QJsonValue(r.session.isWaiting()); }},
        {{key("wait_event_type")}, [](R r) { return json(r.session.waitEventType); }},
        {{key("wait_event")}, [](R r) { return json(r.session.waitEvent); }},
        {{key("transaction_age_seconds")}, [](R r) { return json(r.session.transactionAge); }},
        {{key("query_age_seconds")}, [](R r) { return json(r.session.queryAge); }},
        {{key("state_age_seconds")}, [](R r) { return json(r.session.stateAge); }},
        {{key("blocked_by")}, [](R r) { return QJsonValue(pids(r.session)); }},
        {{key("blocks")}, [](R r) { return QJsonValue(r.node ? r.behind : r.session.blocks); }},
        {{key("level")}, [](R r) { return r.node ? QJsonValue(r.level) : QJsonValue(); }},
        {{key("prepared_transaction")}, [](R r) { return r.node ? json(r.node->prepared) : QJsonValue(); }},
        {{key("lock_type")}, [](R r) { return r.wait ? json(r.wait->type) : QJsonValue(); }},
        {{key("lock_mode")}, [](R r) { return r.wait ? json(r.wait->mode) : QJsonValue(); }},
        {{key("lock_relation")}, [](R r) { return r.wait ? json(r.wait->relation) : QJsonValue(); }},
        {{key("lock_wait_seconds")}, [](R r) { return r.wait ? json(r.wait->age) : QJsonValue(); }},
        {{key("query_id")}, [](R r) { return json(r.session.queryId); }},
        {{key("query")}, [](R r) { return json(r.session.query); }},
    };
}

/// A statement on one line, cut so that a terminal has room for the rest.
QString shortQuery(const QString &query)
{
    constexpr qsizetype most = 80;
    const QString line = query.simplified();
    return line.size() <= most ? line : line.left(most - 1) + u'…';
}

std::vector<Field> summaryFields()
{
    using R = const SessionRow &;
    const auto named = [](R r) {
        constexpr int deepest = 12;
        const QString name = r.isSession()
            ? sessionId(r.session.key)
            : r.session.key.server + QStringLiteral(": ") + wording::sessionName(r.session, r.node);
        return QJsonValue(QStringLiteral("  ").repeated(std::min(r.level, deepest)) + name);
    };
    return {
        {{key("session"), Texts::tr("SESSION")}, named},
        {{key("role"), Texts::tr("ROLE")}, [](R r) { return json(r.session.role); }},
        {{key("application"), Texts::tr("APPLICATION")}, [](R r) { return json(r.session.application); }},
        {{key("client"), Texts::tr("CLIENT")}, [](R r) { return json(r.session.client); }},
        {{key("state"), Texts::tr("STATE")}, [](R r) { return json(wording::doing(r.session, r.wait)); }},
        {{key("transaction_age_seconds"), Texts::tr("TX AGE"), Kind::Seconds},
         [](R r) { return json(r.session.transactionAge); }},
        {{key("query_age_seconds"), Texts::tr("QUERY AGE"), Kind::Seconds},
         [](R r) { return json(r.session.queryAge); }},
        {{key("blocks"), Texts::tr("BLOCKS"), Kind::Count},
         [](R r) { return QJsonValue(r.node ? r.behind : r.session.blocks); }},
        {{key("query"), Texts::tr("QUERY")}, [](R r) { return json(shortQuery(r.session.query)); }},
    };
}

Table tableOf(const std::vector<SessionRow> &rows, const std::vector<Field> &fields)
{
    Table table;
    for (const Field &field : fields)
        table.columns.push_back(field.column);
    for (const SessionRow &row : rows) {
        QJsonArray values;
        for (const Field &field : fields)
            values.append(field.value(row));
        table.rows.push_back(values);
    }
    return table;
}

void addBranch(const SessionList &list, const LockTree &tree, size_t index, const monitor::SessionOwners &owners,
               std::vector<SessionRow> &rows)
{
    // A stack of our own: trees may be as deep as there are sessions.
    std::vector<size_t> stack{index};
    while (!stack.empty()) {
        const LockNode &node = tree.nodes[stack.back()];
        stack.pop_back();
        SessionRow row;
        const Session *session = list.session(node.pid);
        if (session)
            row.session = *session;
        else
            row.session.key = {list.server, node.pid, {}};
        row.session.key.server = owners.ownerOf(list, row.session);
        if (const monitor::LockWait *wait = list.wait(node.pid); wait && node.pid != 0)
            row.wait = *wait;
        row.level = node.level;
        row.behind = node.behind;
        row.node = node;
        rows.push_back(std::move(row));
        stack.insert(stack.end(), node.children.rbegin(), node.children.rend());
    }
}

QString word(monitor::Signal signal)
{
    return signal == monitor::Signal::Cancel ? QStringLiteral("cancel") : QStringLiteral("terminate");
}

/// Name of an outcome in JSON.
QString word(monitor::SignalOutcome outcome)
{
    using monitor::SignalOutcome;
    switch (outcome) {
    case SignalOutcome::Pending:
        return QStringLiteral("pending");
    case SignalOutcome::StatementEnded:
        return QStringLiteral("statement ended");
    case SignalOutcome::NothingRan:
        return QStringLiteral("nothing ran");
    case SignalOutcome::Gone:
        return QStringLiteral("gone");
    case SignalOutcome::StillThere:
        return QStringLiteral("still there");
    case SignalOutcome::AlreadyGone:
        return QStringLiteral("already gone");
    case SignalOutcome::NotPermitted:
        return QStringLiteral("not permitted");
    case SignalOutcome::Failed:
        return QStringLiteral("failed");
    }
    return {};
}

} // namespace

std::vector<SessionRow> sessionRows(const std::vector<SessionList> &lists)
{
    std::vector<SessionRow> rows;
    for (const Session &session : monitor::fleetSessions(lists)) {
        SessionRow row;
        row.session = session;
        row.behind = session.blocks;
        const auto list = std::ranges::find(lists, session.key.server, &SessionList::server);
        if (const monitor::LockWait *wait = list->wait(session.key.pid))
            row.wait = *wait;
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<SessionRow> lockRows(const std::vector<SessionList> &lists)
{
    struct Root
    {
        const SessionList *list;
        const LockTree *tree;
        size_t index;
    };
    // Databases of one server see the same locks: the tree is shown once.
    const monitor::SessionOwners owners(lists);
    std::vector<LockTree> trees;
    trees.reserve(lists.size());
    std::vector<Root> roots;
    QStringList seen;
    for (const SessionList &list : lists) {
        if (seen.contains(list.serverKey))
            continue;
        seen.append(list.serverKey);
        trees.push_back(monitor::lockTree(list));
        for (const size_t index : trees.back().roots)
            roots.push_back({&list, &trees.back(), index});
    }
    std::ranges::stable_sort(roots, std::greater(),
                             [](const Root &root) { return root.tree->nodes[root.index].behind; });
    std::vector<SessionRow> rows;
    for (const Root &root : roots)
        addBranch(*root.list, *root.tree, root.index, owners, rows);
    return rows;
}

Table sessionTable(const std::vector<SessionRow> &rows)
{
    return tableOf(rows, allFields());
}

Table sessionSummary(const std::vector<SessionRow> &rows)
{
    return tableOf(rows, summaryFields());
}

Table signalTable(monitor::Signal signal, const std::vector<monitor::SignalResult> &results)
{
    Table table{{{key("session"), Texts::tr("SESSION")},
                 {key("signal"), Texts::tr("SIGNAL")},
                 {key("outcome"), Texts::tr("OUTCOME")},
                 {key("error"), Texts::tr("ERROR")}},
                {}};
    for (const monitor::SignalResult &result : results) {
        table.rows.push_back(
            {sessionId(result.session), word(signal), word(result.outcome), json(wording::reason(result))});
    }
    return table;
}

QJsonObject signalJournal(monitor::Signal signal, const monitor::SignalResult &result, const Session *known)
{
    QJsonObject entry{{QStringLiteral("signal"), word(signal)},
                      {QStringLiteral("session"), sessionId(result.session)},
                      {QStringLiteral("instance"), result.session.server},
                      {QStringLiteral("outcome"), word(result.outcome)}};
    if (known) {
        entry.insert(QStringLiteral("role"), known->role);
        entry.insert(QStringLiteral("application"), known->application);
        entry.insert(QStringLiteral("client"), known->client);
        entry.insert(QStringLiteral("query"), known->query);
    }
    return entry;
}

} // namespace shardhelm
