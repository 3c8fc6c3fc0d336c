// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/locatekey.h"

#include "cluster/keytype.h"
#include "sql/parser.h"

#include <algorithm>
#include <thread>

namespace shardhelm::cluster {

namespace {

/// A key found on an instance.
struct Hit
{
    QString key;
    QString instance;
    int shard = -1; ///< -1: not told by the place
};

/// Statements for one instance; those with a shard are looked at for rows, whose first column is a key.
struct Question
{
    pg::Statement statement;
    bool answers = false;
    int shard = -1;
};

/// What every instance was asked, and what came back.
class Search
{
public:
    Search(const ShardMap &map, const LocateOptions &options, const Wait &wait)
        : m_map(map)
        , m_options(options)
        , m_wait(wait)
    {
    }

    /// Hits of `ask`'s questions on all instances, each on a thread of its own. A text that a question cannot take (a
    /// name where a number is wanted) is no hit.
    template <typename Ask>
    std::vector<Hit> run(const Ask &ask, QMap<QString, Error> &missed) const
    {
        const size_t count = m_map.instances.size();
        std::vector<Result<std::vector<Hit>>> answers;
        for (size_t i = 0; i < count; ++i)
            answers.emplace_back(std::vector<Hit>());
        std::vector<std::jthread> threads;
        for (size_t i = 0; i < count; ++i) {
            const QString &name = m_map.instances[i].name;
            const std::optional<Error> silent = silence(name, missed);
            if (silent)
                answers[i] = Failure(*silent);
            else if (m_map.instances[i].state != InstanceState::Retired)
                threads.emplace_back([&, i] { answers[i] = askInstance(m_map.instances[i], ask(m_map.instances[i])); });
        }
        threads.clear(); // waits for all of them
        std::vector<Hit> hits;
        for (size_t i = 0; i < count; ++i) {
            if (answers[i])
                hits.insert(hits.end(), answers[i]->begin(), answers[i]->end());
            else if (!answers[i].error().sqlstate().startsWith(QLatin1StringView("22")))
                missed.insert(m_map.instances[i].name, answers[i].error());
        }
        return hits;
    }

    /// Which tables here hold the key.
    [[nodiscard]] std::vector<Question> whereIs(const Instance &instance, const QString &key) const
    {
        std::vector<Question> questions;
        const QByteArray type = keyTypeNamed(m_map.keyType).name.toUtf8();
        for (const ShardedTable &table : m_map.tables) {
            if (table.kind != TableKind::Sharded)
                continue;
            const auto add = [&](const QString &schema, int shard) {
                const QByteArray sql = "select $1::text from " + pg::Connection::identifier(schema) + '.'
                    + pg::Connection::identifier(table.name) + " where " + pg::Connection::identifier(table.shardKey)
                    + " = $1::text::" + type + " limit 1";
                questions.push_back({{sql, pg::Params(key)}, true, shard});
            };
            if (!table.schema.isEmpty())
                add(table.schema, -1);
            for (const LogicalShard &shard : m_map.shards) {
                if (table.schema.isEmpty() && shard.instance == instance.name)
                    add(m_map.schemaOf(shard.id), shard.id);
            }
        }
        return questions;
    }

    /// A query of the cluster file, for every logical shard with its schema on the search path, or once.
    [[nodiscard]] std::vector<Question> named(const Instance &instance, const QByteArray &query,
                                              const QString &text) const
    {
        std::vector<Question> questions;
        const pg::Statement statement{query, pg::Params(text)};
        if (m_map.layout == Layout::Rows) {
            questions.push_back({statement, true, -1});
            return questions;
        }
        for (const LogicalShard &shard : m_map.shards) {
            if (shard.instance != instance.name)
                continue;
            const QString path =
                QString::fromUtf8(pg::Connection::identifier(m_map.schemaOf(shard.id))) + QStringLiteral(", public");
            questions.push_back(
                {{QByteArrayLiteral("select set_config('search_path', $1, true)"), pg::Params(path)}, false, shard.id});
            questions.push_back({statement, true, shard.id});
        }
        return questions;
    }

private:
    /// Why an instance is not asked: it did not answer a question before this one.
    [[nodiscard]] std::optional<Error> silence(const QString &instance, const QMap<QString, Error> &missed) const
    {
        if (const auto before = m_options.silent.constFind(instance); before != m_options.silent.cend())
            return *before;
        const auto now = missed.constFind(instance);
        if (now != missed.cend() && (now->isTimeout() || !now->connectionUsable()))
            return *now;
        return std::nullopt;
    }

    Result<std::vector<Hit>> askInstance(const Instance &instance, const std::vector<Question> &questions) const
    {
        std::vector<Hit> hits;
        if (questions.empty())
            return hits;
        const Wait wait = m_wait.atMost(m_options.perInstance);
        auto connection = pg::Connection::open(
            {instance.name, instance.conninfo, QStringLiteral("locate"), m_options.passwords}, wait);
        if (!connection)
            return Failure(connection.error());
        auto transaction = pg::Transaction::begin(*connection, wait, QByteArrayLiteral("READ ONLY"));
        if (!transaction)
            return Failure(transaction.error());
        std::vector<pg::Statement> statements;
        for (const Question &question : questions)
            statements.push_back(question.statement);
        const auto answers = connection->batch(statements, wait);
        if (!answers)
            return Failure(answers.error());
        for (size_t i = 0; i < questions.size(); ++i) {
            const pg::Rows &rows = answers->at(i);
            for (int row = 0; questions[i].answers && row < rows.count(); ++row) {
                if (!rows.isNull(row, 0))
                    hits.push_back({rows.text(row, 0), instance.name, questions[i].shard});
            }
        }
        // Nothing was changed: how the transaction ends does not matter to what was found.
        static_cast<void>(transaction->rollback(wait));
        return hits;
    }

    const ShardMap &m_map;
    const LocateOptions &m_options;
    const Wait &m_wait;
};

/// One locateKey() on its way.
class Locator
{
public:
    Locator(pg::Connection &directory, const ClusterFile &file, const ShardMap &map, const LocateOptions &options,
            const Wait &wait)
        : m_directory(directory)
        , m_file(file)
        , m_map(map)
        , m_wait(wait)
        , m_search(map, options, wait)
    {
    }

    Result<LocateReport> byName(const QString &name, const QString &text)
    {
        const auto query = m_file.locate.constFind(name);
        if (query == m_file.locate.cend())
            return fail(ErrorCode::LookupUnknown, name, {}, m_file.locate.keys());
        m_report.searched = true;
        // The server would guess the type of a bare placeholder, or fail to.
        sql::Parser parser;
        const auto typed = parser.withParameter(*query, 1, QStringLiteral("($1::text)"));
        if (!typed)
            return Failure(typed.error());
        const std::vector<Hit> hits = m_search.run(
            [&](const Instance &instance) { return m_search.named(instance, typed->toUtf8(), text); }, m_report.missed);
        if (!hits.empty())
            m_report.by = name;
        for (const Hit &hit : hits) {
            const auto located = addKey(hit.key);
            if (!located)
                return Failure(located.error());
        }
        return m_report;
    }

    Result<LocateReport> byAnything(const QString &text)
    {
        const auto located = addKey(text);
        if (located)
            return m_report;
        if (located.error().code != ErrorCode::KeyValueBad || m_file.locate.isEmpty())
            return Failure(located.error());
        for (const QString &name : m_file.locate.keys()) {
            const auto report = byName(name, text);
            if (!report || !report->locations.empty())
                return report;
        }
        return m_report;
    }

private:
    Result<void> addKey(const QString &key)
    {
        const auto location = locate(m_directory, m_map, m_file.routingLookup, key, m_wait);
        if (location)
            add(*location);
        else if (location.error().code == ErrorCode::LookupUnknown)
            return searchKey(key);
        else
            return Failure(location.error());
        return {};
    }

    Result<void> searchKey(const QString &key)
    {
        const auto tenant = normalisedKey(m_directory, m_map, key, m_wait);
        if (!tenant)
            return Failure(tenant.error());
        m_report.searched = true;
        const std::vector<Hit> hits = m_search.run(
            [&](const Instance &instance) { return m_search.whereIs(instance, *tenant); }, m_report.missed);
        for (const Hit &hit : hits)
            add({*tenant, hit.shard, hit.instance, false, m_map.mapEpoch});
        return {};
    }

    void add(const Location &location)
    {
        if (std::find(m_report.locations.begin(), m_report.locations.end(), location) == m_report.locations.end())
            m_report.locations.push_back(location);
    }

    pg::Connection &m_directory;
    const ClusterFile &m_file;
    const ShardMap &m_map;
    const Wait &m_wait;
    const Search m_search;
    LocateReport m_report;
};

} // namespace

Result<LocateReport> locateKey(pg::Connection &directory, const ClusterFile &file, const ShardMap &map,
                               const QString &text, const LocateOptions &options, const Wait &wait)
{
    Locator locator(directory, file, map, options, wait);
    return options.by.isEmpty() ? locator.byAnything(text) : locator.byName(options.by, text);
}

} // namespace shardhelm::cluster
