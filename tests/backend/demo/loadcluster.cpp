// SPDX-License-Identifier: GPL-3.0-or-later
#include "loadcluster.h"

#include "cluster/init.h"
#include "cluster/recipes.h"

#include <QFile>

namespace shardhelm::test {

namespace {

const QString database = QStringLiteral("postgres");

template <typename T>
T must(Result<T> result, const char *what)
{
    if (!result)
        qFatal("%s: %s", what, reasonOf(result).constData());
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

} // namespace

LoadCluster::LoadCluster(cluster::Layout layout, int ttlSeconds, const QMap<QString, QString> &parameters)
{
    const Wait wait = Wait::forDuration(std::chrono::seconds(60));
    cluster::InitRequest request;
    for (const char16_t *name : {u"a", u"b"}) {
        m_servers.push_back(std::make_unique<TestServer>(parameters));
        cluster::Instance instance;
        instance.name = QString::fromUtf16(name);
        instance.conninfo = m_servers.back()->conninfo();
        request.instances.push_back(instance);
    }
    m_servers.front()->run("CREATE DATABASE directory");
    m_file.path = clusterFilePath();
    m_file.name = QStringLiteral("test");
    m_file.environment = cluster::Environment::Development;
    m_file.directoryConninfo = m_servers.front()->conninfo(QStringLiteral("directory"));
    QFile text(m_file.path);
    if (!text.open(QIODevice::WriteOnly))
        qFatal("%s", qPrintable(text.errorString()));
    text.write(cluster::clusterFileText(m_file).toUtf8());

    auto directory = m_servers.front()->connect(QStringLiteral("directory"));
    cluster::RoutingRequest routing;
    routing.recipe = cluster::Recipe::Hash;
    routing.keyType = QStringLiteral("bigint");
    routing.logicalShards = logicalShards;
    request.routing = must(cluster::makeRouting(directory, routing, wait), "routing");
    request.clusterName = m_file.name;
    request.layout = layout;
    request.logicalShards = logicalShards;
    request.mapTtlSeconds = ttlSeconds;
    request.tables = demo::datasetTables(layout);

    cluster::ShardMap map;
    map.layout = layout;
    map.logicalShards = logicalShards;
    map.schemaPattern = request.schemaPattern;
    map.keyType = request.routing.keyType;
    map.routingSql = request.routing.sql;
    map.instances = request.instances;
    for (int id = 0; id < logicalShards; ++id) {
        const QString instance = request.instances[static_cast<size_t>(id) % request.instances.size()].name;
        map.shards.push_back({id, instance, 1, cluster::ShardState::Active, QString()});
        request.placement.insert(id, instance);
    }
    demo::DatasetOptions options;
    options.tenants = tenants;
    options.scale = 0.1;
    const auto placed = must(demo::placeTenants(directory, map, options, wait), "tenants");
    for (const cluster::Instance &instance : request.instances) {
        auto connection = server(instance.name).connect();
        must(demo::createDataset(connection, instance.name, map, placed, options, wait), "data");
    }
    directory.close();
    must(cluster::initDirectory(m_file, request, cluster::RunMode::Run, nullptr, wait), "directory");
}

const TestServer &LoadCluster::server(const QString &instance) const
{
    return *m_servers.at(static_cast<size_t>(instance.front().unicode() - u'a'));
}

cluster::Directory LoadCluster::directory() const
{
    return must(cluster::Directory::open(m_file, QStringLiteral("test"), soon()), "directory");
}

cluster::ShardMap LoadCluster::map() const
{
    return must(directory().readMap(soon()), "map");
}

QString LoadCluster::run(const QString &instance, const QByteArray &script) const
{
    const pg::Rows rows = server(instance).run(script);
    return rows.isEmpty() ? QString() : rows.text(0, 0);
}

Result<demo::LoadResult> LoadCluster::load(qint64 operations, int clients) const
{
    RunningLoad load(*this, clients);
    load.waitForOperations(operations);
    return load.stop();
}

Result<demo::CheckResult> LoadCluster::check() const
{
    demo::CheckOptions options;
    options.ledger = ledger();
    return demo::runCheck(m_file, options, Wait::forDuration(std::chrono::seconds(300)));
}

RunningLoad::RunningLoad(const LoadCluster &cluster, int clients, double rate)
    : m_result(fail(ErrorCode::Internal))
    , m_thread([this, &cluster, clients, rate](const std::stop_token &stop) {
        demo::LoadOptions options;
        options.clients = clients;
        options.rate = rate;
        options.ledger = cluster.ledger();
        options.progressInterval = Milliseconds(20);
        auto result = demo::runLoad(cluster.file(), options, stop, [this](const demo::LoadProgress &progress) {
            const std::scoped_lock lock(m_mutex);
            m_totals = progress.totals;
            m_changed.notify_all();
        });
        const std::scoped_lock lock(m_mutex);
        m_result = std::move(result);
        m_running = false;
        m_changed.notify_all();
    })
{
}

RunningLoad::~RunningLoad() = default;

bool RunningLoad::waitUntil(const std::function<bool(const demo::LoadTotals &)> &reached)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, std::chrono::seconds(300), [&] { return !m_running || reached(m_totals); });
    return m_running && reached(m_totals);
}

bool RunningLoad::waitForOperations(qint64 more)
{
    std::unique_lock lock(m_mutex);
    const qint64 wanted = m_totals.operations + more;
    lock.unlock();
    return waitUntil([wanted](const demo::LoadTotals &totals) { return totals.operations >= wanted; });
}

Result<demo::LoadResult> RunningLoad::stop()
{
    m_thread.request_stop();
    if (m_thread.joinable())
        m_thread.join();
    return m_result;
}

QString verdict(const Result<demo::CheckResult> &result)
{
    if (!result)
        return QString::fromUtf8(reasonOf(result));
    const demo::ShardFigures &all = result->all;
    return QStringLiteral("%1 lost, %2 duplicated, %3 misplaced, %4 phantom%5")
        .arg(QString::number(all.lost), QString::number(all.duplicated), QString::number(all.misplaced),
             QString::number(all.phantom), result->isComplete() ? QString() : QStringLiteral(", incomplete"));
}

} // namespace shardhelm::test
