// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "core/result.h"

#include <toml++/toml.h>

#include <QString>

namespace shardhelm::cluster {

/// Reads one rule of section [alerts] into `file`: a threshold, false for off, or a table with threshold, clear, for,
/// severity, command and runbook. The first thing that is wrong with it, as readClusterFile() tells it; nullopt when it
/// is in order. `path` is what the error names.
std::optional<Error> readAlert(const AlertRule &rule, const toml::node &node, const QString &path, ClusterFile &file);

/// The rule as a value of the file; empty when nothing of it differs from the defaults. Texts are quoted by `quoted`.
QString alertText(const AlertRule &rule, const ClusterFile &file, QString (*quoted)(const QString &));

} // namespace shardhelm::cluster
