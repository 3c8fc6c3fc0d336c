// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "cluster/recipes.h"
#include "cluster/types.h"
#include "support/testserver.h"

namespace shardhelm::test {

/// A small healthy cluster in databases of one server: instances i1 and i2, a directory, a sharded table "orders"
/// (tenant_id, id, note), a reference table app.plans, and 200 tenants with two rows each in their right place.
class Fleet
{
public:
    /// Makes databases with names of their own on `server`; without a directory when `withDirectory` is false.
    Fleet(const TestServer &server, cluster::Layout layout, const cluster::RoutingRequest &routing,
          bool withDirectory = true);

    [[nodiscard]] QString database(const QString &instance) const; ///< "i1", "i2", "directory"
    [[nodiscard]] QString conninfo(const QString &instance) const;
    [[nodiscard]] const cluster::ClusterFile &file() const { return m_file; }
    [[nodiscard]] const cluster::Routing &routing() const { return m_routing; }
    [[nodiscard]] std::vector<cluster::Instance> instances() const;
    [[nodiscard]] std::vector<cluster::ShardedTable> tables() const;
    /// The map as the directory has it now.
    [[nodiscard]] cluster::ShardMap map() const;
    /// Runs a script on an instance or the directory.
    void run(const QString &instance, const QByteArray &script) const;

private:
    void fill(const QString &instance, const QMap<int, QStringList> &tenantsOfShard, int remainder) const;

    const TestServer &m_server;
    QString m_prefix;
    cluster::Layout m_layout;
    int m_shards;
    cluster::ClusterFile m_file;
    cluster::Routing m_routing;
};

} // namespace shardhelm::test
