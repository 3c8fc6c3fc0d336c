// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/types.h"
#include "core/result.h"
#include "core/wait.h"
#include "pg/connection.h"

#include <QString>

#include <vector>

namespace shardhelm::cluster {

/// Past a pooler when the instance has such a connection string.
pg::ConnectSpec directSpec(const Instance &instance, const QString &purpose, pg::PasswordSource *passwords);

/// Connects to every instance at once, in their order; each result stands for itself.
std::vector<Result<pg::Connection>> connectEach(const std::vector<Instance> &instances, const QString &purpose,
                                                pg::PasswordSource *passwords, const Wait &wait);
/// The same, or the error of the first that could not be reached.
Result<std::vector<pg::Connection>> connectAll(const std::vector<Instance> &instances, const QString &purpose,
                                               pg::PasswordSource *passwords, const Wait &wait);

} // namespace shardhelm::cluster
