// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/types.h"
#include "core/result.h"
#include "core/wait.h"
#include "monitor/sample.h"
#include "pg/localserver.h"

#include <QString>

#include <vector>

namespace shardhelm::demo {

/// What a demo cluster is made of.
struct DemoSettings
{
    /// The most instances of a demo. With 2 replicas each they are 193 servers.
    static constexpr int mostInstances = 64;

    int instances = 4;
    int replicas = 1; ///< per instance
    int logicalShards = 32;
    cluster::Layout layout = cluster::Layout::Schema;
    int tenants = 200;
    double scale = 1;

    bool operator==(const DemoSettings &) const = default;
};

/// One server of a demo cluster.
struct DemoServer
{
    QString name; ///< "a1", its replicas "a1/1", …, and "directory"
    monitor::Role role = monitor::Role::Primary;
    QString instance; ///< the instance it belongs to; the directory's is itself
    QString zone; ///< "zone-a", "zone-b", …; empty for the directory
    pg::LocalServer server;
};

/// The folder of a demo cluster and the file in it (demo.json) that makes it ours and says what is in it. A value;
/// touches no server.
class DemoFolder
{
public:
    /// $XDG_DATA_HOME/shardhelm/demo; for root /var/lib/shardhelm/demo, which the servers' user can enter.
    static QString defaultPath();

    /// Reads the folder of a demo: DemoMissing when it is absent or empty, FolderNotOurs when it holds something else
    /// or belongs to another user.
    static Result<DemoFolder> open(const QString &path);
    /// Makes or takes an absent or empty folder: FolderNotOurs when it holds anything or belongs to another user;
    /// DiskFull, FileUnwritable.
    static Result<DemoFolder> create(const QString &path, const DemoSettings &settings);

    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] const DemoSettings &settings() const { return m_settings; }
    /// Whether the demo was made to its end; what is not is made anew.
    [[nodiscard]] bool isComplete() const { return m_complete; }
    /// Path that the folder had when it was made; the directory's connection strings rest on it.
    [[nodiscard]] const QString &madeAs() const { return m_madeAs; }
    /// Notes that the demo is whole.
    Result<void> markComplete();

    [[nodiscard]] QString clusterFile() const { return m_path + QStringLiteral("/cluster.toml"); }
    [[nodiscard]] QString socketFolder() const { return m_sockets; }
    /// The instances by name, each followed by its replicas; the directory last. Instances are spread evenly over two
    /// zones, or as many as it takes to have at most 16 in each.
    [[nodiscard]] std::vector<DemoServer> servers() const;
    /// Name of the database on each instance that holds the shards.
    [[nodiscard]] static QString database() { return QStringLiteral("shop"); }
    [[nodiscard]] static QString directoryDatabase() { return QStringLiteral("directory"); }

    /// Removes everything that a demo puts there, and the folder when nothing else is in it. The servers must be gone.
    Result<void> remove() const;

private:
    DemoFolder() = default;
    [[nodiscard]] Result<void> save() const;
    [[nodiscard]] DemoServer serverFor(const QString &name, int port) const;

    QString m_path;
    QString m_madeAs;
    QString m_sockets;
    DemoSettings m_settings;
    bool m_complete = false;
};

/// Keeps other processes from changing the same demo: held from lock() to its destruction, released by the kernel when
/// the process dies.
class DemoLock
{
public:
    /// Makes the folder when it is absent. TimedOut (subject: the folder) when another process holds it for longer than
    /// `wait`.
    static Result<DemoLock> lock(const QString &path, const Wait &wait);
    ~DemoLock();
    DemoLock(DemoLock &&other) noexcept;
    DemoLock &operator=(DemoLock &&other) noexcept;

private:
    explicit DemoLock(int descriptor);
    int m_descriptor = -1;
};

} // namespace shardhelm::demo
