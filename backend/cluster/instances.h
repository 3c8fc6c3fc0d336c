// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "cluster/plannedstatement.h"
#include "cluster/types.h"
#include "core/result.h"
#include "core/wait.h"
#include "pg/connection.h"
#include "pg/passwords.h"

#include <QString>
#include <QStringList>

#include <optional>

/// Changes of rows of shardhelm.instance. Each raises the map epoch, so that routers and consoles read them.
namespace shardhelm::cluster {

/// What of an instance is to be changed; unset: as it is, empty text or list: removed.
struct InstanceChanges
{
    std::optional<QString> name;
    std::optional<QString> conninfo;
    std::optional<QString> peerConninfo;
    std::optional<QString> directConninfo;
    std::optional<QStringList> replicaConninfos;
    std::optional<QString> zone;
    std::optional<std::optional<qint64>> capacityBytes;
    std::optional<double> weight;
    std::optional<InstanceState> state; ///< active or draining
    std::optional<bool> dedicated;
    /// The server behind the name was rebuilt on purpose: take its identity and mark it.
    bool acceptIdentity = false;
};

/// Changes an instance. New connection strings are tried first and must lead to the same instance (InstanceIsAnother).
/// InstanceUnknown, InstanceDuplicate (new name), InstanceInUse (a new name while moves know the old one), ValueBad,
/// DirectoryIsForeign. The statements that were run, or would be.
Result<StatementPlan> editInstance(const ClusterFile &file, const QString &name, const InstanceChanges &changes,
                                   RunMode mode, pg::PasswordSource *passwords, const Wait &wait);

/// Takes an instance out of service; its row stays. InstanceInUse while it owns shards, has a part in an open move or
/// is owed a clean-up (`found` says which).
Result<StatementPlan> retireInstance(const ClusterFile &file, const QString &name, RunMode mode,
                                     pg::PasswordSource *passwords, const Wait &wait);

/// Tries every connection string of an instance: all must lead to one database that can be written, the replicas'
/// to replicas of it. Facts about it; `unreached` gets the peer_conninfo when it cannot be reached from here, which
/// other instances may.
struct InstanceFacts
{
    Identity identity;
    QString database;
    QStringList unreached;
};
Result<InstanceFacts> probeInstance(const Instance &instance, pg::PasswordSource *passwords, const Wait &wait);

} // namespace shardhelm::cluster
