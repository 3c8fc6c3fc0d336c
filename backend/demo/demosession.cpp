// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/demosession.h"

namespace shardhelm::demo {

Result<pg::Connection> openSession(const DemoServer &server, const Wait &wait, const QString &database,
                                   const QString &purpose)
{
    pg::ConnectSpec spec;
    spec.name = server.name;
    spec.conninfo = server.server.conninfo(database);
    spec.purpose = purpose;
    return pg::Connection::open(spec, wait);
}

QString databaseOf(const DemoServer &server)
{
    return server.role == monitor::Role::Directory ? DemoFolder::directoryDatabase() : DemoFolder::database();
}

} // namespace shardhelm::demo
