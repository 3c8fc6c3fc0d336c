// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"

#include <QString>

namespace shardhelm::monitor::recording {

/// Folder of what this computer remembers of a cluster, $XDG_STATE_HOME/shardhelm/<cluster>, by its name and its
/// directory: clusters that are called the same (two demos) do not share it.
QString stateFolder(const cluster::ClusterFile &file);

/// The ring of the cluster's last hours in that folder.
QString ringPath(const cluster::ClusterFile &file);

/// Held by the one program that writes a ring; the system lets go of it when the program ends, however it ends. Another
/// console on the same cluster reads the ring meanwhile, and takes over when the first one ends.
class RingLock
{
public:
    RingLock() = default;
    RingLock(const RingLock &) = delete;
    RingLock &operator=(const RingLock &) = delete;
    ~RingLock() { release(); }

    /// Whether this program may write the ring at `path` from now on. Does not wait. True where locks are not to be
    /// had, e.g. on some network file systems.
    [[nodiscard]] bool take(const QString &path);
    void release();

private:
    int m_descriptor = -1;
};

} // namespace shardhelm::monitor::recording
