// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/manyinstances.h"

#include "cluster/init.h"

#include <QFile>

#include <unistd.h>

namespace shardhelm::test {

namespace {

constexpr int shardsPerInstance = 4;
constexpr Milliseconds patience(600000);

/// Processor time of a process and of its children that have ended, in clock ticks; 0 when it is gone.
qint64 ticksOf(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray line = file.readAll();
    // The second field is the program's name in parentheses and may hold anything.
    const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    qint64 ticks = 0;
    for (qsizetype i = 11; i < 15 && i < fields.size(); ++i) // utime, stime, cutime, cstime
        ticks += fields.at(i).toLongLong();
    return ticks;
}

} // namespace

ManyInstances::ManyInstances(int servers, int instances)
    : m_instances(instances)
{
    for (int i = 0; i < servers; ++i) {
        m_servers.push_back(std::make_unique<TestServer>(QMap<QString, QString>{
            {QStringLiteral("shared_preload_libraries"), QStringLiteral("pg_stat_statements")},
            {QStringLiteral("max_connections"), QString::number(instances / servers + 60)},
            {QStringLiteral("autovacuum"), QStringLiteral("off")},
        }));
        makeDatabases(i);
    }
    m_directory = std::make_unique<TestServer>();
    makeDirectory();
}

int ManyInstances::instancesOf(int server) const
{
    const int each = m_instances / static_cast<int>(m_servers.size());
    const bool last = server == static_cast<int>(m_servers.size()) - 1;
    return last ? m_instances - each * server : each;
}

QString ManyInstances::instanceName(int server, int number) const
{
    return QStringLiteral("s%1i%2").arg(server).arg(number, 4, 10, QLatin1Char('0'));
}

void ManyInstances::makeDatabases(int server) const
{
    const TestServer &place = *m_servers[static_cast<size_t>(server)];
    place.run("CREATE DATABASE template_instance");
    place.run("CREATE EXTENSION pg_stat_statements;"
              "CREATE TABLE users (tenant_id bigint NOT NULL, id bigint NOT NULL, PRIMARY KEY (tenant_id, id))",
              QStringLiteral("template_instance"));
    for (int i = 0; i < instancesOf(server); ++i) {
        const QByteArray name = instanceName(server, i).toUtf8();
        place.run("CREATE DATABASE " + name + " TEMPLATE template_instance STRATEGY wal_log");
    }
}

void ManyInstances::makeDirectory()
{
    m_file.name = QStringLiteral("many");
    m_file.environment = cluster::Environment::Development;
    m_file.directoryConninfo = m_directory->conninfo();
    m_file.path = clusterFilePath();
    cluster::InitRequest request;
    request.clusterName = m_file.name;
    request.layout = cluster::Layout::Rows;
    request.logicalShards = m_instances * shardsPerInstance;
    request.routing.keyType = QStringLiteral("bigint");
    request.routing.sql = QStringLiteral("(hashint8extended($1, 0) & 2147483647) % %1").arg(request.logicalShards);
    request.tables = {{QStringLiteral("public"), QStringLiteral("users"), cluster::TableKind::Sharded,
                       QStringLiteral("tenant_id"), QStringLiteral("tenant")}};
    for (int server = 0; server < static_cast<int>(m_servers.size()); ++server) {
        for (int i = 0; i < instancesOf(server); ++i) {
            cluster::Instance instance;
            instance.name = instanceName(server, i);
            instance.conninfo = m_servers[static_cast<size_t>(server)]->conninfo(instance.name);
            instance.zone = QStringLiteral("s%1").arg(server);
            request.instances.push_back(instance);
        }
    }
    const Wait wait(Clock::now() + patience, {});
    const auto made = cluster::initDirectory(m_file, request, cluster::RunMode::Run, nullptr, wait);
    if (!made)
        qFatal("init: code %d, %s, %s %s", static_cast<int>(made.error().code), qUtf8Printable(made.error().subject),
               qUtf8Printable(made.error().found), made.error().db ? qUtf8Printable(made.error().db->message) : "");
    QFile file(clusterFilePath());
    if (!file.open(QIODevice::WriteOnly) || file.write(cluster::clusterFileText(m_file).toUtf8()) < 0)
        qFatal("cluster file: %s", qUtf8Printable(file.errorString()));
}

double ManyInstances::serverSeconds() const
{
    qint64 ticks = 0;
    for (const auto &server : m_servers) {
        for (const qint64 pid : server->server().processes())
            ticks += ticksOf(pid);
    }
    for (const qint64 pid : m_directory->server().processes())
        ticks += ticksOf(pid);
    return static_cast<double>(ticks) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

} // namespace shardhelm::test
