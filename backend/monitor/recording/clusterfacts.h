// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "cluster/types.h"
#include "core/result.h"

#include <QCborMap>

/// The cluster a recording is of, as facts about the fleet. Without secrets, and without commands that somebody who
/// opens the recording could be made to run.
namespace shardhelm::monitor::recording {

QString mapKind();
QString fileKind();

QCborMap mapFact(const cluster::ShardMap &map);
cluster::ShardMap mapOf(const QCborMap &fact);

QCborMap fileFact(const cluster::ClusterFile &file);
/// The cluster file without a path; RecordingDamaged when the text is none.
Result<cluster::ClusterFile> fileOf(const QCborMap &fact);

} // namespace shardhelm::monitor::recording
