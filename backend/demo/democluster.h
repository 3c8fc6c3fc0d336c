// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/wait.h"
#include "demo/demofolder.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <vector>

namespace shardhelm::demo {

/// What is asked of `demo up`; unset parts are taken from a demo that is there, else from DemoSettings.
struct DemoRequest
{
    std::optional<int> instances;
    std::optional<int> replicas;
    std::optional<int> logicalShards;
    std::optional<cluster::Layout> layout;
    std::optional<int> tenants;
    std::optional<double> scale;
};

/// A piece of `demo up` that is done.
struct DemoStep
{
    enum class Kind { CleanedUp, ServerMade, ServerStarted, DirectoryMade, DataMade, ReplicaMade, ReplicaMadeAnew };
    Kind kind = Kind::ServerStarted;
    QString server;
    Milliseconds took{0}; ///< by itself; several run at once
};
/// Told of each step, from worker threads, one call at a time.
using DemoProgress = std::function<void(const DemoStep &)>;

enum class DemoState { Missing, Stopped, Starting, Running, Frozen };

/// A server as the computer's process table knows it.
struct DemoStatus
{
    DemoServer server;
    DemoState state = DemoState::Stopped;
    qint64 pid = 0; ///< 0 when it does not run
};

/// Makes the demo cluster in `folder` or brings back what of it is down; fine when all of it runs. A demo whose making
/// was interrupted is made anew, with its settings where `request` has none. When making one fails or is cancelled,
/// nothing of it is left.
/// DemoDiffers (`found` and `expected` are options as they are typed) when the demo there was made with other settings;
/// FolderNotOurs; ValueBad for settings out of range; DiskFull names the folder; Cancelled names nothing; everything
/// that servers and the directory can fail with.
Result<DemoFolder> demoUp(const QString &folder, const DemoRequest &request, const DemoProgress &progress,
                          const Wait &wait);

/// Stops all servers, frozen ones too; with `purge` removes the demo. DemoMissing, FolderNotOurs. The names of files in
/// the folder that are not the demo's and were left there.
Result<QStringList> demoDown(const QString &folder, bool purge, const Wait &wait);

/// The servers of a demo and what they do. DemoMissing, FolderNotOurs.
Result<std::vector<DemoStatus>> demoStatus(const QString &folder);

/// Checks settings against what servers, the directory and a computer can take; ValueBad names the option.
Result<void> checkDemoSettings(const DemoSettings &settings);

} // namespace shardhelm::demo
