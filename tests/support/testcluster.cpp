// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testcluster.h"

#include "cluster/identity.h"

#include <QUuid>

namespace shardhelm::test {

using namespace cluster;

namespace {

const QByteArray tables = "create schema app;"
                          "create table app.users (tenant_id bigint not null, id bigint not null, email text,"
                          "                        primary key (tenant_id, id));"
                          "create table app.country (code text primary key, name text not null);"
                          "insert into app.country values ('de', 'Germany'), ('fr', 'France')";

} // namespace

TestCluster::TestCluster(const TestServer &server, Layout layout, int shards)
    : m_server(server)
    , m_suffix(QUuid::createUuid().toString(QUuid::Id128).left(8))
{
    for (const QString &which : {QStringLiteral("directory"), QStringLiteral("one"), QStringLiteral("two")})
        server.run("create database " + pg::Connection::identifier(database(which)) + " template template0");
    file.name = QStringLiteral("shop");
    file.environment = Environment::Development;
    file.directoryConninfo = conninfo(QStringLiteral("directory"));
    request.clusterName = file.name;
    request.layout = layout;
    request.logicalShards = shards;
    request.routing.keyType = QStringLiteral("bigint");
    request.routing.sql = QStringLiteral("(hashint8extended($1, 0) & 9223372036854775807) % %1").arg(shards);
    request.tables = {{QStringLiteral("app"), QStringLiteral("users"), TableKind::Sharded, QStringLiteral("tenant_id"),
                       QStringLiteral("tenant")},
                      {QStringLiteral("app"), QStringLiteral("country"), TableKind::Reference, {}, {}}};
    for (const QString &name : {QStringLiteral("one"), QStringLiteral("two")}) {
        run(tables, name);
        Instance instance;
        instance.name = name;
        instance.conninfo = conninfo(name);
        request.instances.push_back(instance);
    }
}

void TestCluster::init()
{
    const auto made = initDirectory(file, request, RunMode::Run, nullptr, soon());
    if (!made)
        qFatal("init: %s", qUtf8Printable(shown(made.error())));
}

Directory TestCluster::open() const
{
    auto directory = Directory::open(file, QStringLiteral("test"), soon());
    if (!directory)
        qFatal("open: %s", qUtf8Printable(shown(directory.error())));
    directory->setCopyFolder(folder.filePath(QStringLiteral("copies")));
    return std::move(*directory);
}

QString TestCluster::mark(const QString &which) const
{
    pg::Connection connection = connect(which);
    const auto facts = readDatabaseFacts(connection, soon());
    if (!facts)
        qFatal("mark: %s", qUtf8Printable(shown(facts.error())));
    return facts->identity.instanceId;
}

QString shown(const Error &error)
{
    return QStringLiteral("code %1, subject '%2', found '%3', expected '%4' %5 %6")
        .arg(QString::number(static_cast<int>(error.code)), error.subject, error.found,
             error.expected.join(QStringLiteral(", ")), error.sqlstate(), error.db ? error.db->message : QString());
}

} // namespace shardhelm::test
