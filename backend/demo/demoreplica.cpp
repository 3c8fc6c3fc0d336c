// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/demoreplica.h"

#include "demo/demosession.h"
#include "pg/localfiles.h"

#include <QFileInfo>

namespace shardhelm::demo {

Result<bool> replicaIsLost(const DemoServer &primary, const DemoServer &replica, const Wait &wait)
{
    if (!QFileInfo::exists(replica.server.settings().dataFolder))
        return true;
    auto session = openSession(primary, wait);
    if (!session)
        return Failure(session.error());
    const auto kept = session->query("SELECT FROM pg_replication_slots WHERE slot_name = $1 AND wal_status <> 'lost'",
                                     pg::Params(replica.server.slotName()), wait);
    if (!kept)
        return Failure(kept.error());
    return kept->isEmpty();
}

Result<void> makeReplicaAnew(const DemoServer &primary, const DemoServer &replica, const Wait &wait)
{
    if (const auto stopped = replica.server.stop(pg::LocalServer::StopMode::Immediate, wait); !stopped)
        return stopped;
    auto session = openSession(primary, wait);
    if (!session)
        return Failure(session.error());
    const auto dropped =
        session->query("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = $1",
                       pg::Params(replica.server.slotName()), wait);
    if (!dropped)
        return Failure(dropped.error());
    return pg::removeFolder(replica.server.settings().dataFolder)
        .and_then([&] { return replica.server.createReplica(primary.server, wait); })
        .and_then([&] { return replica.server.start(wait); });
}

Result<void> resumeReplay(const DemoServer &replica, const Wait &wait)
{
    auto session = openSession(replica, wait);
    if (!session)
        return Failure(session.error());
    const auto resumed =
        session->query("SELECT CASE WHEN pg_is_wal_replay_paused() THEN pg_wal_replay_resume() END", wait);
    if (!resumed)
        return Failure(resumed.error());
    return {};
}

} // namespace shardhelm::demo
