// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/adopt.h"

#include "cluster/adoptplan.h"
#include "cluster/checkcompare.h"
#include "cluster/checkmap.h"
#include "cluster/checkprobe.h"
#include "cluster/connectall.h"
#include "cluster/directory.h"
#include "cluster/initsql.h"
#include "cluster/routing.h"
#include "cluster/schema.h"
#include "cluster/spread.h"

#include <algorithm>
#include <thread>
#include <utility>

namespace shardhelm::cluster {

namespace {

/// One directory on its way out of running instances.
class Adopter
{
public:
    Adopter(const ClusterFile &file, const AdoptRequest &request, const CheckProgress &progress, const Wait &wait)
        : m_file(file)
        , m_request(request)
        , m_progress(progress)
        , m_wait(wait)
    {
        m_report.init = request.init;
        m_report.init.keepMarks = true;
        m_report.init.placement.clear();
        m_report.init.pins.clear();
        m_map.clusterName = request.init.clusterName;
        m_map.layout = request.init.layout;
        m_map.logicalShards = request.init.logicalShards;
        m_map.schemaPattern = request.init.schemaPattern;
        m_map.keyType = request.init.routing.keyType;
        m_map.routingSql = request.init.routing.sql;
        m_map.instances = request.init.instances;
        m_map.tables = request.init.tables;
    }

    Result<AdoptReport> adopt(RunMode mode)
    {
        if (!m_file.directoryQueries.isEmpty())
            return fail(ErrorCode::DirectoryIsForeign, m_file.path);
        if (const auto good = checkPlaceEmpty(); !good)
            return Failure(good.error());
        if (const auto surveyed = survey(); !surveyed)
            return Failure(surveyed.error());
        if (const auto planned = planInDirectory(); !planned)
            return Failure(planned.error());
        findConflicts();
        if (m_wait.stopRequested())
            return fail(ErrorCode::Cancelled);
        if (!m_report.conflicts.empty() && !m_request.acceptConflicts)
            return m_report;
        if (m_report.init.placement.isEmpty()) // nothing to adopt: that would be an init
            return fail(ErrorCode::Refused, QStringLiteral("directory adopt"), QStringLiteral("0 logical shards"));
        auto plan = initDirectory(m_file, m_report.init, mode, m_request.check.passwords, m_wait);
        if (!plan)
            return Failure(plan.error());
        m_report.plan = std::move(*plan);
        m_report.written = mode == RunMode::Run;
        return m_report;
    }

private:
    Result<void> checkPlaceEmpty() const
    {
        const QString &target = m_request.placeEmpty;
        if (target.isEmpty())
            return {};
        // A shard's schema would have to be made on its instance first.
        if (m_map.layout == Layout::Schema)
            return fail(ErrorCode::UsageBad, QStringLiteral("--place-empty"), QStringLiteral("--layout schema"),
                        {QStringLiteral("--layout rows")});
        if (target == placeEmptySpread() || m_map.instance(target))
            return {};
        QStringList names{placeEmptySpread()};
        for (const Instance &instance : m_map.instances)
            names.append(instance.name);
        return fail(ErrorCode::UsageBad, QStringLiteral("--place-empty"), target, names);
    }

    /// Gives places to shards that hold nothing, as the request says.
    void placeEmpty()
    {
        const QString &target = m_request.placeEmpty;
        if (target.isEmpty())
            return;
        const auto count = static_cast<int>(m_report.unplaced.size());
        const QStringList spread = spreadShards(m_map.instances, count, Spread::RoundRobin);
        if (target == placeEmptySpread() && spread.size() != count)
            return;
        for (int i = 0; i < count; ++i) {
            m_report.init.placement.insert(m_report.unplaced[static_cast<size_t>(i)],
                                           target == placeEmptySpread() ? spread.at(i) : target);
        }
        m_report.placedEmpty = std::exchange(m_report.unplaced, {});
    }

    /// What every instance holds, each asked on a thread of its own.
    Result<void> survey()
    {
        std::vector<Result<std::vector<Holding>>> answers;
        for (size_t i = 0; i < m_map.instances.size(); ++i)
            answers.emplace_back(std::vector<Holding>());
        std::vector<std::jthread> threads;
        for (size_t i = 0; i < answers.size(); ++i)
            threads.emplace_back([&, i] { answers[i] = surveyInstance(m_map.instances[i]); });
        threads.clear(); // waits for all of them
        for (auto &answer : answers) {
            if (!answer)
                return Failure(answer.error());
            m_holdings.insert(m_holdings.end(), answer->begin(), answer->end());
        }
        return {};
    }

    Result<std::vector<Holding>> surveyInstance(const Instance &instance) const
    {
        const Wait wait = m_wait.atMost(m_request.check.perInstance);
        auto connection =
            pg::Connection::open(directSpec(instance, QStringLiteral("adopt"), m_request.check.passwords), wait);
        if (!connection)
            return Failure(connection.error());
        int schemas = 0;
        const auto there = readShardSchemas(*connection, m_map, schemas, wait);
        if (!there)
            return Failure(there.error());
        std::vector<Holding> holdings;
        if (m_map.layout == Layout::Rows)
            holdings.push_back({instance.name, -1, {}});
        for (const int shard : *there)
            holdings.push_back({instance.name, shard, {}});
        for (Holding &holding : holdings) {
            if (const auto counted = countTenants(*connection, holding, wait); !counted)
                return Failure(counted.error());
        }
        return holdings;
    }

    Result<void> countTenants(pg::Connection &connection, Holding &holding, const Wait &wait) const
    {
        std::vector<TablePlace> places;
        for (size_t i = 0; i < m_map.tables.size(); ++i) {
            const ShardedTable &table = m_map.tables[i];
            if (table.kind == TableKind::Sharded && table.schema.isEmpty() == (holding.shard >= 0))
                places.push_back({i, holding.shard >= 0 ? m_map.schemaOf(holding.shard) : table.schema, holding.shard});
        }
        const auto facts = readTableFacts(connection, m_map, places, wait);
        if (!facts)
            return Failure(facts.error());
        for (const TableFacts &table : *facts) {
            if (!table.hasKey) // missing, or unfit: the check says so
                continue;
            const ShardedTable &registered = m_map.tables[table.place.table];
            const QByteArray sql = "select " + pg::Connection::identifier(registered.shardKey)
                + "::text, count(*) from " + pg::Connection::identifier(table.place.schema) + '.'
                + pg::Connection::identifier(registered.name) + " group by 1";
            const auto rows = connection.query(sql, wait);
            if (!rows)
                return Failure(rows.error());
            for (int row = 0; row < rows->count(); ++row) {
                if (!rows->isNull(row, 0))
                    holding.rowsOfTenant[rows->text(row, 0)] += rows->integer(row, 1);
            }
        }
        return {};
    }

    /// Placement, pins and predicates. A lookup routing needs its tables: they are made in the directory's database and
    /// rolled back.
    Result<void> planInDirectory()
    {
        auto directory = Directory::connect(m_file, QStringLiteral("adopt"), m_wait, m_request.check.passwords);
        if (!directory)
            return Failure(directory.error());
        auto transaction = pg::Transaction::begin(*directory, m_wait);
        if (!transaction)
            return Failure(transaction.error());
        if (const auto made = createDirectorySchema(*directory, directoryVersion(), m_wait); !made)
            return made;
        if (const auto filled = directory->run(initSql(m_report.init), m_wait); !filled)
            return Failure(filled.error());
        if (const auto placed = place(*directory); !placed)
            return placed;
        auto predicates = predicatesByKey(*directory, m_map, m_notes, m_wait);
        if (!predicates)
            return Failure(predicates.error());
        m_predicates = std::move(*predicates);
        return transaction->rollback(m_wait);
    }

    Result<void> place(pg::Connection &directory)
    {
        const auto form = routingForm(m_map);
        if (!form)
            return Failure(form.error());
        std::optional<NaturalShards> natural;
        if (*form != RoutingForm::Search) {
            auto routed = route(directory);
            if (!routed)
                return Failure(routed.error());
            natural = std::move(*routed);
        }
        const AdoptPlan plan = m_map.layout == Layout::Schema
            ? planFromSchemas(m_map.logicalShards, m_holdings, natural)
            : planFromRows(m_map.logicalShards, m_holdings, natural.value_or(NaturalShards()));
        m_report.init.placement = plan.placement;
        m_report.unplaced = plan.unplaced;
        m_report.proposedPins = plan.pins;
        // With nothing placed there is nothing to adopt; adopt() says so.
        if (!plan.placement.isEmpty())
            placeEmpty();
        const auto &placement = m_report.init.placement;
        for (auto it = placement.cbegin(); it != placement.cend(); ++it)
            m_map.shards.push_back({it.key(), it.value(), 1, ShardState::Active, {}});
        if (m_request.acceptPins)
            m_map.pins = m_report.init.pins = plan.pins;
        return {};
    }

    Result<NaturalShards> route(pg::Connection &directory)
    {
        constexpr qsizetype chunk = 10'000;
        QStringList tenants;
        for (const Holding &holding : m_holdings)
            tenants += holding.rowsOfTenant.keys();
        tenants.removeDuplicates();
        NaturalShards natural;
        for (qsizetype from = 0; from < tenants.size(); from += chunk) {
            const QStringList some = tenants.mid(from, chunk);
            const auto shards = routeKeys(directory, m_map, some, m_wait);
            if (!shards)
                return Failure(shards.error());
            for (qsizetype i = 0; i < some.size(); ++i) {
                const std::optional<qint64> shard = shards->at(static_cast<size_t>(i));
                if (shard && *shard >= 0 && *shard < m_map.logicalShards)
                    natural.insert(some.at(i), static_cast<int>(*shard));
            }
        }
        return natural;
    }

    void findConflicts()
    {
        ProbePlan plan;
        plan.map = &m_map;
        plan.options = m_request.check;
        plan.predicates = m_predicates;
        std::vector<InstanceProbe> probes = probeInstances(m_map.instances, plan, m_progress, m_wait);
        std::vector<Finding> found = instanceFindings(m_map, probes);
        const auto add = [&found](const std::vector<Finding> &more) {
            found.insert(found.end(), more.begin(), more.end());
        };
        add(m_notes);
        add(duplicateFindings(probes, m_wait));
        add(shardFindings(plan, probes));
        add(tableFindings(m_map, probes, m_wait));
        add(misplacedFindings(m_map, probes));
        for (Finding &finding : found) {
            // Shards without a place are listed on their own; ratios and notes stand in nobody's way.
            if (finding.severity != FindingSeverity::Stop || finding.code == FindingCode::ShardUnplaced)
                continue;
            for (QString &fact : finding.facts) {
                if (fact.isNull())
                    fact = QStringLiteral("NULL");
            }
            m_report.conflicts.push_back(finding);
        }
        sortFindings(m_report.conflicts);
    }

    const ClusterFile &m_file;
    const AdoptRequest &m_request;
    const CheckProgress &m_progress;
    const Wait &m_wait;
    ShardMap m_map;
    std::vector<Holding> m_holdings;
    QMap<QString, QMap<int, QString>> m_predicates;
    std::vector<Finding> m_notes;
    AdoptReport m_report;
};

} // namespace

Result<AdoptReport> adoptDirectory(const ClusterFile &file, const AdoptRequest &request, RunMode mode,
                                   const CheckProgress &progress, const Wait &wait)
{
    return Adopter(file, request, progress, wait).adopt(mode);
}

} // namespace shardhelm::cluster
