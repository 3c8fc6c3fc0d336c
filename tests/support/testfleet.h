// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "support/testserver.h"

#include <QTemporaryDir>

#include <memory>

namespace shardhelm::test {

/// A cluster of servers that can be stopped and killed one by one: the directory, instances "one" (with a replica, and
/// with pg_stat_statements) and "two". Row layout, 8 logical shards in turn on the instances, table app.users sharded
/// by tenant_id with a hundred tenants, each tenant's rows on the instance of its logical shard.
class TestFleet
{
public:
    /// Makes and starts everything; fails the test program when it cannot.
    TestFleet();
    ~TestFleet();
    TestFleet(const TestFleet &) = delete;
    TestFleet &operator=(const TestFleet &) = delete;

    /// Path of a cluster file for this fleet.
    [[nodiscard]] QString clusterFilePath() const;

    const TestServer directory;
    const TestServer one;
    const TestServer two;
    cluster::ClusterFile file;

private:
    void makeReplica();
    void makeTables() const;
    void makeDirectory() const;

    QTemporaryDir m_folder;
    std::unique_ptr<pg::LocalServer> m_replica;
};

} // namespace shardhelm::test
