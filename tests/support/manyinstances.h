// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "support/testserver.h"

#include <QTemporaryDir>

#include <memory>
#include <vector>

namespace shardhelm::test {

/// A large cluster on a small computer: many databases of a few servers, each database an instance of the directory.
/// Row layout, four logical shards per instance, one sharded table without rows. The instances of server s are named
/// "s0i0000", "s0i0001", …, so that whole servers can be stopped and killed by their index.
class ManyInstances
{
public:
    /// Makes and starts everything; fails the program when it cannot. A tenth of a second or more per instance.
    ManyInstances(int servers, int instances);

    [[nodiscard]] QString clusterFilePath() const { return m_folder.filePath(QStringLiteral("cluster.toml")); }
    [[nodiscard]] const std::vector<std::unique_ptr<TestServer>> &servers() const { return m_servers; }
    [[nodiscard]] int instances() const { return m_instances; }
    /// How many instances a server holds.
    [[nodiscard]] int instancesOf(int server) const;
    /// Processor time of all server processes so far, in seconds.
    [[nodiscard]] double serverSeconds() const;

private:
    void makeDatabases(int server) const;
    void makeDirectory();
    [[nodiscard]] QString instanceName(int server, int number) const;

    QTemporaryDir m_folder;
    int m_instances;
    std::vector<std::unique_ptr<TestServer>> m_servers;
    std::unique_ptr<TestServer> m_directory;
    cluster::ClusterFile m_file;
};

} // namespace shardhelm::test
