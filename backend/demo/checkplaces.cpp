// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/checkplaces.h"

#include "cluster/routing.h"
#include "core/sqltext.h"
#include "demo/dataset.h"

namespace shardhelm::demo {

namespace {

constexpr Milliseconds connectTimeout{5000};
constexpr int attempts = 5;
constexpr size_t tenantsAtOnce = 5000;

Result<pg::Connection> openSnapshot(const cluster::Instance &instance, pg::PasswordSource *passwords, const Wait &wait)
{
    pg::ConnectSpec spec;
    spec.name = instance.name;
    spec.conninfo = instance.directConninfo.isEmpty() ? instance.conninfo : instance.directConninfo;
    spec.purpose = QStringLiteral("demo check");
    spec.passwords = passwords;
    auto connection = pg::Connection::open(spec, wait.atMost(connectTimeout));
    if (!connection)
        return connection;
    // The first query takes the snapshot.
    const auto begun = connection->run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1", wait);
    if (!begun)
        return Failure(begun.error());
    return connection;
}

QByteArray arrayOf(const QStringList &texts)
{
    QByteArrayList quoted;
    for (const QString &text : texts) {
        QString escaped = text;
        escaped.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\""));
        quoted.append('"' + escaped.toUtf8() + '"');
    }
    return '{' + quoted.join(',') + '}';
}

} // namespace

CheckSnapshot::CheckSnapshot(cluster::Directory directory)
    : m_directory(std::move(directory))
{
}

Result<CheckSnapshot> CheckSnapshot::take(const cluster::ClusterFile &file, pg::PasswordSource *passwords,
                                          const Wait &wait)
{
    auto directory = cluster::Directory::open(file, QStringLiteral("demo check"), wait, passwords);
    if (!directory)
        return Failure(directory.error());
    CheckSnapshot snapshot(std::move(*directory));
    for (int attempt = 0; attempt < attempts; ++attempt) {
        const auto taken = snapshot.tryTake(passwords, wait);
        if (!taken)
            return Failure(taken.error());
        if (*taken)
            return snapshot;
    }
    return fail(ErrorCode::MapChanged, snapshot.m_map.clusterName, QString::number(snapshot.m_map.mapEpoch));
}

Result<bool> CheckSnapshot::tryTake(pg::PasswordSource *passwords, const Wait &wait)
{
    m_connections.clear();
    m_unreachable.clear();
    m_accountedShards.clear();
    m_accountedTenants.clear();
    // The journal before and after: a move may begin or end while the snapshots are taken.
    if (const auto read = readJournal(wait); !read)
        return Failure(read.error());
    auto map = m_directory.readMap(wait);
    if (!map)
        return Failure(map.error());
    m_map = std::move(*map);
    for (const cluster::Instance &instance : m_map.instances) {
        if (instance.state == cluster::InstanceState::Retired)
            continue;
        auto connection = openSnapshot(instance, passwords, wait);
        if (connection)
            m_connections.emplace(instance.name, std::move(*connection));
        else if (wait.stopRequested())
            return Failure(connection.error());
        else
            m_unreachable.append(instance.name);
    }
    if (const auto read = readJournal(wait); !read)
        return Failure(read.error());
    const auto epoch = m_directory.readEpoch(wait);
    if (!epoch)
        return Failure(epoch.error());
    return *epoch == m_map.mapEpoch;
}

Result<void> CheckSnapshot::readJournal(const Wait &wait)
{
    const auto rows = m_directory.connection().query(sqlText("demo/check_journal"), wait);
    if (!rows && m_directory.isForeign()) // its journal is made with the first move
        return {};
    if (!rows)
        return Failure(rows.error());
    for (int row = 0; row < rows->count(); ++row) {
        const QString instance = rows->text(row, 2);
        m_accountedShards.emplace(static_cast<int>(rows->integer(row, 0)), instance);
        if (!rows->isNull(row, 1))
            m_accountedTenants.emplace(rows->text(row, 1), instance);
    }
    return {};
}

Result<std::vector<Copy>> CheckSnapshot::copies(const Wait &wait)
{
    QHash<QString, int> shards; // by schema
    if (m_map.layout == cluster::Layout::Rows) {
        shards.insert(sharedSchema(), -1);
    } else {
        for (const cluster::LogicalShard &shard : m_map.shards)
            shards.insert(m_map.schemaOf(shard.id), shard.id);
    }
    QStringList tables;
    for (const TableShape &shape : tableShapes)
        tables.append(QLatin1StringView(shape.name));
    std::vector<Copy> copies;
    for (auto &[instance, connection] : m_connections) {
        const auto rows =
            connection.query(sqlText("demo/check_copies"), pg::Params(arrayOf(shards.keys()), arrayOf(tables)), wait);
        if (!rows)
            return Failure(rows.error());
        for (int row = 0; row < rows->count(); ++row) {
            const QString schema = rows->text(row, 0);
            if (copies.empty() || copies.back().instance != instance || copies.back().schema != schema)
                copies.push_back({instance, schema, shards.value(schema), {}});
            copies.back().tables.append(rows->text(row, 1));
        }
    }
    return copies;
}

Result<QByteArray> CheckSnapshot::routingByPredicates(const Wait &wait)
{
    const auto predicates = cluster::shardPredicates(m_directory.connection(), m_map, QStringLiteral("key"), wait);
    if (!predicates)
        return Failure(predicates.error());
    QByteArray routing("SELECT key, CASE");
    for (const auto &[shard, predicate] : predicates->toStdMap())
        routing += " WHEN " + predicate.toUtf8() + " THEN " + QByteArray::number(shard);
    return routing + " ELSE -1 END FROM unnest($1::" + m_map.keyType.toUtf8() + "[]) AS key";
}

Result<void> CheckSnapshot::locateByPredicate(const QByteArray &routing, const std::vector<qint64> &tenants,
                                              const Wait &wait)
{
    for (size_t from = 0; from < tenants.size(); from += tenantsAtOnce) {
        QByteArray array("{");
        for (size_t i = from; i < std::min(tenants.size(), from + tenantsAtOnce); ++i)
            array += (i > from ? "," : "") + QByteArray::number(tenants[i]);
        const auto rows = m_directory.connection().query(routing, pg::Params(QByteArray(array + '}')), wait);
        if (!rows)
            return Failure(rows.error());
        for (int row = 0; row < rows->count(); ++row)
            m_shards.insert(rows->integer(row, 0), static_cast<int>(rows->integer(row, 1)));
    }
    return {};
}

Result<void> CheckSnapshot::locate(const std::vector<qint64> &tenants, const Wait &wait)
{
    const auto routing = routingByPredicates(wait);
    if (routing)
        return locateByPredicate(*routing, tenants, wait);
    if (routing.error().code != ErrorCode::RoutingHasNoPredicate)
        return Failure(routing.error());
    for (const qint64 tenant : tenants) {
        const auto place = cluster::locate(m_directory.connection(), m_map, m_directory.file().routingLookup,
                                           QString::number(tenant), wait);
        if (!place && !place.error().connectionUsable())
            return Failure(place.error());
        m_shards.insert(tenant, place ? place->logicalShard : -1);
    }
    return {};
}

QString CheckSnapshot::ownerOf(int shard) const
{
    const cluster::LogicalShard *found = m_map.shard(shard);
    return found ? found->instance : QString();
}

Standing CheckSnapshot::standing(const Copy &copy, qint64 tenant) const
{
    const int shard = shardOf(tenant);
    const bool inItsSchema = copy.shard < 0 || copy.shard == shard;
    if (inItsSchema && shard >= 0 && copy.instance == ownerOf(shard))
        return Standing::Right;
    // In schema layout a second copy is one as a whole.
    const int copied = copy.shard < 0 ? shard : copy.shard;
    if (copy.instance != ownerOf(copied) && m_accountedShards.contains({copied, copy.instance}))
        return Standing::Accounted;
    return m_accountedTenants.contains({QString::number(tenant), copy.instance}) ? Standing::Accounted
                                                                                 : Standing::Misplaced;
}

} // namespace shardhelm::demo
