// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/identity.h"
#include "cluster/instances.h"
#include "pg/conninfo.h"

namespace shardhelm::cluster {

namespace {

Result<pg::Connection> connectTo(const QString &name, const QString &conninfo, pg::PasswordSource *passwords,
                                 const Wait &wait)
{
    pg::ConnectSpec spec;
    spec.name = name;
    spec.conninfo = conninfo;
    spec.purpose = QStringLiteral("instance");
    spec.passwords = passwords;
    return pg::Connection::open(spec, wait);
}

/// A second way to the same database.
Result<void> requireSame(pg::Connection &known, const QString &name, const QString &conninfo,
                         pg::PasswordSource *passwords, const Wait &wait)
{
    auto other = connectTo(name, conninfo, passwords, wait);
    if (!other)
        return Failure(other.error());
    const auto same = sameDatabase(known, *other, wait);
    if (!same)
        return Failure(same.error());
    return *same ? Result<void>() : fail(ErrorCode::InstanceIsAnother, name, pg::redacted(conninfo));
}

Result<void> requireReplica(const Identity &primary, const QString &name, const QString &conninfo,
                            pg::PasswordSource *passwords, const Wait &wait)
{
    auto connection = connectTo(name, conninfo, passwords, wait);
    if (!connection)
        return Failure(connection.error());
    const auto facts = readDatabaseFacts(*connection, wait);
    if (!facts)
        return Failure(facts.error());
    if (!facts->inRecovery)
        return fail(ErrorCode::RoleUnexpected, name, QStringLiteral("primary"), {QStringLiteral("replica")});
    // A mark that was just written may not have arrived.
    Identity expected = primary;
    if (facts->identity.instanceId.isEmpty())
        expected.instanceId.clear();
    return requireIdentity(name, expected, facts->identity);
}

} // namespace

Result<InstanceFacts> probeInstance(const Instance &instance, pg::PasswordSource *passwords, const Wait &wait)
{
    constexpr auto peerPatience = std::chrono::seconds(3);
    auto connection = connectTo(instance.name, instance.conninfo, passwords, wait);
    if (!connection)
        return Failure(connection.error());
    const auto facts = readDatabaseFacts(*connection, wait);
    if (!facts)
        return Failure(facts.error());
    if (facts->inRecovery)
        return fail(ErrorCode::ReadOnlyServer, instance.name);
    InstanceFacts found{facts->identity, facts->database, {}};
    if (!instance.directConninfo.isEmpty()) {
        const auto same = requireSame(*connection, instance.name, instance.directConninfo, passwords, wait);
        if (!same)
            return Failure(same.error());
    }
    if (!instance.peerConninfo.isEmpty()) {
        const auto same =
            requireSame(*connection, instance.name, instance.peerConninfo, passwords, wait.atMost(peerPatience));
        if (!same && same.error().code == ErrorCode::InstanceIsAnother)
            return Failure(same.error());
        if (!same)
            found.unreached.append(instance.peerConninfo);
    }
    for (qsizetype i = 0; i < instance.replicaConninfos.size(); ++i) {
        const QString name = QStringLiteral("%1/%2").arg(instance.name).arg(i + 1);
        const auto good = requireReplica(found.identity, name, instance.replicaConninfos[i], passwords, wait);
        if (!good)
            return Failure(good.error());
    }
    return found;
}

} // namespace shardhelm::cluster
