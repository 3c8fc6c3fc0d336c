// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/checkprobe.h"

#include "cluster/connectall.h"
#include "cluster/keytype.h"
#include "core/sqltext.h"

#include <QHash>

#include <algorithm>

namespace shardhelm::cluster {

namespace {

/// Everything that decides how a value is written, so that equal rows have equal texts everywhere; and a search path
/// that qualifies every name. For one transaction, which is all that a pooled session promises.
const QByteArray fixedSettings = QByteArrayLiteral(
    "set local search_path = pg_catalog; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres'; "
    "set local timezone = 'UTC'; set local extra_float_digits = 3; set local bytea_output = 'hex'; "
    "set local lc_monetary = 'C'; set local xmlbinary = 'base64'; set local quote_all_identifiers = off");

QByteArray qualified(const QString &schema, const QString &name)
{
    return pg::Connection::identifier(schema) + '.' + pg::Connection::identifier(name);
}

/// One instance on its way through the questions. A question that the server refuses is noted and the next one asked.
class Prober
{
public:
    Prober(const Instance &instance, const ProbePlan &plan, const Wait &wait)
        : m_instance(instance)
        , m_plan(plan)
        , m_map(*plan.map)
        , m_wait(wait)
    {
        m_probe.instance = instance.name;
    }

    InstanceProbe probe()
    {
        const pg::ConnectSpec spec = directSpec(m_instance, QStringLiteral("check"), m_plan.options.passwords);
        auto connection = pg::Connection::open(spec, m_wait);
        if (!connection) {
            m_probe.unreachable = connection.error();
            return std::move(m_probe);
        }
        m_probe.connection = std::move(*connection);
        if (const auto pooler = findPooler(spec, m_probe.connection, m_wait); !pooler)
            note(pooler.error(), {});
        else
            m_probe.pooler = *pooler;
        askInTransaction();
        return std::move(m_probe);
    }

private:
    void note(const Error &error, const QString &table)
    {
        // One missing grant shows at every table: it is one finding.
        if (error.code == ErrorCode::NotPermitted && !table.isEmpty()) {
            const auto same =
                std::find_if(m_probe.unchecked.begin(), m_probe.unchecked.end(), [](const Finding &other) {
                    return other.error.code == ErrorCode::NotPermitted && !other.table.isEmpty();
                });
            if (same != m_probe.unchecked.end()) {
                if (table != same->table && !same->facts.contains(table)) {
                    same->facts.append(table);
                    ++same->count;
                }
                return;
            }
        }
        Finding finding{FindingCode::InstanceUnchecked, FindingSeverity::Stop, m_instance.name};
        finding.table = table;
        finding.error = error;
        m_probe.unchecked.push_back(finding);
    }

    void askInTransaction()
    {
        auto transaction = pg::Transaction::begin(m_probe.connection, m_wait, QByteArrayLiteral("READ ONLY"));
        const auto fixed = transaction ? m_probe.connection.run(fixedSettings, m_wait)
                                       : Result<pg::Rows>(Failure(transaction.error()));
        if (!fixed)
            return note(fixed.error(), {});
        ask();
        if (!m_probe.connection.isOpen())
            return;
        if (const auto ended = transaction->rollback(m_wait); !ended)
            note(ended.error(), {});
    }

    [[nodiscard]] bool canGoOn() const
    {
        return m_probe.connection.isOpen() && !m_wait.expired() && !m_wait.stopRequested();
    }

    /// Runs one question in a savepoint, so that its refusal does not spoil the next.
    template <typename Question>
    bool guarded(const QString &table, const Question &question)
    {
        if (!canGoOn())
            return false;
        auto done = m_probe.connection.run(QByteArrayLiteral("savepoint question"), m_wait);
        const Result<void> answered = done ? question() : Result<void>(Failure(done.error()));
        if (!answered)
            note(answered.error(), table);
        endQuestion(answered.has_value());
        return answered.has_value();
    }

    /// Failures need no word here: the connection is gone then, and the next question finds that.
    void endQuestion(bool answered)
    {
        if (!m_probe.connection.isOpen())
            return;
        const QByteArray release = QByteArrayLiteral("release savepoint question");
        static_cast<void>(m_probe.connection.run(
            answered ? release : QByteArrayLiteral("rollback to savepoint question; ") + release, m_wait));
    }

    void ask()
    {
        guarded({}, [&]() -> Result<void> {
            const auto facts = readDatabaseFacts(m_probe.connection, m_wait);
            if (!facts)
                return Failure(facts.error());
            m_probe.facts = *facts;
            return {};
        });
        const bool structured = guarded({}, [&]() -> Result<void> {
            auto there = readShardSchemas(m_probe.connection, m_map, m_probe.schemas, m_wait);
            if (!there)
                return Failure(there.error());
            m_probe.shardSchemas = std::move(*there);
            auto facts = readTableFacts(m_probe.connection, m_map,
                                        placesOn(m_map, m_instance.name, m_probe.shardSchemas), m_wait);
            if (!facts)
                return Failure(facts.error());
            m_probe.tables = std::move(*facts);
            return {};
        });
        if (!structured || !m_plan.options.contents)
            return;
        for (const TableFacts &table : m_probe.tables) {
            const bool isReference = m_map.tables[table.place.table].kind == TableKind::Reference;
            if (isReference && !table.digest.isEmpty())
                guarded(nameOf(table.place), [&] { return readContents(table.place); });
        }
        findMisplaced();
        for (const TableFacts &table : m_probe.tables) {
            if (m_plan.tellKeys && table.hasKey && table.place.shard >= 0)
                guarded(nameOf(table.place), [&] { return readKeys(table.place); });
        }
        if (m_plan.lastRange && m_plan.mayHold(m_instance.name, *m_plan.lastRange))
            findGreatestKey();
    }

    [[nodiscard]] QString nameOf(const TablePlace &place) const
    {
        return place.schema + u'.' + m_map.tables[place.table].name;
    }

    Result<void> readContents(const TablePlace &place)
    {
        const QString name = m_map.tables[place.table].name;
        const auto columns =
            m_probe.connection.query(sqlText("cluster/table_columns"), pg::Params(place.schema, name), m_wait);
        if (!columns)
            return Failure(columns.error());
        QByteArray list;
        for (int row = 0; row < columns->count(); ++row)
            list += (row ? ", " : "") + pg::Connection::identifier(columns->text(row, 0));
        QByteArray query = sqlText("cluster/table_contents");
        query.replace("@columns@", list).replace("@table@", qualified(place.schema, name));
        const auto rows = m_probe.connection.query(query, m_wait);
        if (!rows)
            return Failure(rows.error());
        m_probe.contents.push_back({place.table, rows->integer(0, 0), rows->text(0, 1)});
        return {};
    }

    Result<void> readKeys(const TablePlace &place)
    {
        const ShardedTable &table = m_map.tables[place.table];
        const auto rows =
            m_probe.connection.query("select " + pg::Connection::identifier(table.shardKey) + "::text, count(*) from "
                                         + qualified(place.schema, table.name) + " group by 1",
                                     m_wait);
        if (!rows)
            return Failure(rows.error());
        TableKeys keys{place, {}, 0};
        for (int row = 0; row < rows->count(); ++row) {
            if (rows->isNull(row, 0))
                keys.rowsWithoutKey = rows->integer(row, 1);
            else
                keys.rowsOfKey.insert(rows->text(row, 0), rows->integer(row, 1));
        }
        m_probe.keys.push_back(std::move(keys));
        return {};
    }

    /// The predicate that every row of a table here has to fulfil; empty when there is none to check with.
    QString allowedRows(const TablePlace &place)
    {
        const QString key = m_map.tables[place.table].shardKey;
        const auto predicates = m_plan.predicates.constFind(key);
        if (predicates == m_plan.predicates.cend())
            return {};
        if (place.shard >= 0)
            return predicates->value(place.shard);
        QString &allowed = m_allowed[key];
        if (!allowed.isEmpty())
            return allowed;
        QStringList conditions{QStringLiteral("false")};
        for (auto it = predicates->cbegin(); it != predicates->cend(); ++it) {
            if (m_plan.mayHold(m_instance.name, it.key()))
                conditions << it.value();
        }
        allowed = conditions.join(QLatin1StringView(" OR "));
        return allowed;
    }

    void findMisplaced()
    {
        std::vector<TablePlace> places;
        std::vector<pg::Statement> statements;
        for (const TableFacts &table : m_probe.tables) {
            const ShardedTable &registered = m_map.tables[table.place.table];
            const QString allowed =
                registered.kind == TableKind::Sharded && table.hasKey ? allowedRows(table.place) : QString();
            if (allowed.isEmpty())
                continue;
            QByteArray query = sqlText("cluster/misplaced_rows");
            query.replace("@column@", pg::Connection::identifier(registered.shardKey));
            query.replace("@table@", qualified(table.place.schema, registered.name))
                .replace("@predicate@", allowed.toUtf8());
            places.push_back(table.place);
            statements.push_back({query, {}});
        }
        // Many tables of many shards: a hundred per round trip; one by one where something is refused.
        constexpr size_t chunk = 100;
        for (size_t from = 0; from < statements.size(); from += chunk) {
            const size_t to = std::min(from + chunk, statements.size());
            if (askMisplaced(places, statements, from, to))
                continue;
            for (size_t i = from; i < to && canGoOn(); ++i) {
                guarded(nameOf(places[i]), [&]() -> Result<void> {
                    const auto rows = m_probe.connection.query(statements[i].sql, m_wait);
                    if (!rows)
                        return Failure(rows.error());
                    addMisplaced(places[i], *rows);
                    return {};
                });
            }
        }
    }

    bool askMisplaced(const std::vector<TablePlace> &places, const std::vector<pg::Statement> &statements, size_t from,
                      size_t to)
    {
        if (!canGoOn() || !m_probe.connection.run(QByteArrayLiteral("savepoint question"), m_wait))
            return false;
        const auto answers = m_probe.connection.batch(std::span(statements).subspan(from, to - from), m_wait);
        if (!answers && !m_probe.connection.isOpen())
            note(answers.error(), nameOf(places[from]));
        endQuestion(answers.has_value());
        if (!answers)
            return false;
        for (size_t i = from; i < to; ++i)
            addMisplaced(places[i], (*answers)[i - from]);
        return true;
    }

    void addMisplaced(const TablePlace &place, const pg::Rows &rows)
    {
        if (const qint64 count = rows.integer(0, 0); count > 0)
            m_probe.misplaced.push_back({place, count, rows.textArray(0, 1)});
    }

    /// The greatest key of the shard with the open last range, over its tables.
    void findGreatestKey()
    {
        QStringList greatest;
        for (const TableFacts &table : m_probe.tables) {
            const ShardedTable &registered = m_map.tables[table.place.table];
            const bool elsewhere = table.place.shard >= 0 && table.place.shard != *m_plan.lastRange;
            if (registered.kind != TableKind::Sharded || !table.hasKey || elsewhere)
                continue;
            greatest << QStringLiteral("(select max(%1) from %2)")
                            .arg(QString::fromUtf8(pg::Connection::identifier(registered.shardKey)),
                                 QString::fromUtf8(qualified(table.place.schema, registered.name)));
        }
        if (greatest.isEmpty())
            return;
        guarded({}, [&]() -> Result<void> {
            const auto rows = m_probe.connection.query("select greatest(" + greatest.join(u',').toUtf8() + ")", m_wait);
            if (!rows)
                return Failure(rows.error());
            m_probe.greatestKey = rows->text(0, 0);
            return {};
        });
    }

    const Instance &m_instance;
    const ProbePlan &m_plan;
    const ShardMap &m_map;
    const Wait m_wait;
    InstanceProbe m_probe;
    QHash<QString, QString> m_allowed;
};

} // namespace

bool ProbePlan::mayHold(const QString &instance, int shard) const
{
    const LogicalShard *placed = map->shard(shard);
    return (placed && placed->instance == instance)
        || std::any_of(openMoves.begin(), openMoves.end(), [&](const OpenMove &move) {
               return move.shard == shard && (move.source == instance || move.target == instance);
           });
}

std::vector<TablePlace> placesOn(const ShardMap &map, const QString &instance, const std::set<int> &shardSchemas)
{
    std::vector<TablePlace> places;
    for (size_t i = 0; i < map.tables.size(); ++i) {
        const ShardedTable &table = map.tables[i];
        if (table.kind == TableKind::Local)
            continue;
        if (!table.schema.isEmpty()) {
            places.push_back({i, table.schema, -1});
            continue;
        }
        for (const LogicalShard &shard : map.shards) {
            if (shard.instance == instance && shardSchemas.contains(shard.id))
                places.push_back({i, map.schemaOf(shard.id), shard.id});
        }
    }
    return places;
}

Result<std::vector<TableFacts>> readTableFacts(pg::Connection &connection, const ShardMap &map,
                                               const std::vector<TablePlace> &places, const Wait &wait)
{
    QStringList schemas;
    QStringList names;
    QStringList keys;
    for (const TablePlace &place : places) {
        schemas << place.schema;
        names << map.tables[place.table].name;
        keys << map.tables[place.table].shardKey;
    }
    QByteArray query = sqlText("cluster/table_facts");
    query.replace("@lines@", sqlText("cluster/table_lines"));
    const auto rows = connection.query(query, pg::Params(arrayText(schemas), arrayText(names), arrayText(keys)), wait);
    if (!rows)
        return Failure(rows.error());
    QHash<QString, int> rowOf;
    for (int row = 0; row < rows->count(); ++row)
        rowOf.insert(rows->text(row, 0) + QChar(u'\0') + rows->text(row, 1), row);
    std::vector<TableFacts> facts;
    for (const TablePlace &place : places) {
        const int row = rowOf.value(place.schema + QChar(u'\0') + map.tables[place.table].name, -1);
        facts.push_back(row < 0 ? TableFacts{place, {}, false, false}
                                : TableFacts{place, rows->text(row, 2), rows->boolean(row, 3), rows->boolean(row, 4)});
    }
    return facts;
}

Result<QStringList> readTableLines(pg::Connection &connection, const QString &schema, const QString &table,
                                   const Wait &wait)
{
    auto transaction = pg::Transaction::begin(connection, wait, QByteArrayLiteral("READ ONLY"));
    const auto fixed =
        transaction ? connection.run(fixedSettings, wait) : Result<pg::Rows>(Failure(transaction.error()));
    if (!fixed)
        return Failure(fixed.error());
    const auto rows =
        connection.query(sqlText("cluster/table_lines"), pg::Params(arrayText({schema}), arrayText({table})), wait);
    if (!rows)
        return Failure(rows.error());
    QStringList lines;
    for (int row = 0; row < rows->count(); ++row)
        lines << rows->text(row, 2) + u' ' + rows->text(row, 3);
    lines.sort();
    if (const auto ended = transaction->rollback(wait); !ended)
        return Failure(ended.error());
    return lines;
}

Result<std::set<int>> readShardSchemas(pg::Connection &connection, const ShardMap &map, int &schemas, const Wait &wait)
{
    QHash<QString, int> shardOf;
    if (map.layout == Layout::Schema) {
        for (int id = 0; id < map.logicalShards; ++id)
            shardOf.insert(map.schemaOf(id), id);
    }
    const auto rows = connection.query(sqlText("cluster/schemas"), wait);
    if (!rows)
        return Failure(rows.error());
    schemas = rows->count();
    std::set<int> there;
    for (int row = 0; row < rows->count(); ++row) {
        if (const auto shard = shardOf.constFind(rows->text(row, 0)); shard != shardOf.cend())
            there.insert(*shard);
    }
    return there;
}

InstanceProbe probeInstance(const Instance &instance, const ProbePlan &plan, const Wait &wait)
{
    return Prober(instance, plan, wait).probe();
}

} // namespace shardhelm::cluster
