// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "cluster/types.h"
#include "monitor/recording/writer.h"
#include "monitor/sample.h"

#include <functional>
#include <memory>
#include <optional>

namespace shardhelm::monitor::recording {

/// Records what a monitor reports, on a thread of its own. Taking something in never waits for the disk: when the disk
/// is slower than the reports, reports are left out, the newest one never. A file that cannot be written (a full disk,
/// a lock that another program keeps, a file that is damaged) is told once; then it is tried again every minute, and
/// the monitor goes on as if nothing had happened.
class Recorder
{
public:
    struct Plan
    {
        QString path;
        Form form = Form::Ring;
        std::optional<Limits> limits; ///< nothing: everything is kept as it is
        cluster::ClusterFile file; ///< whose cluster it is
    };

    /// The ring of a cluster as its file wants it; nothing when it is switched off.
    static std::optional<Plan> ringOf(const cluster::ClusterFile &file);

    /// `failed` is called on the recorder's thread, once until writing has succeeded again. A ring that another program
    /// writes is no failure: this one takes over when that one ends. A ring that is no recording any more is set aside
    /// as "<name>.damaged" and told.
    Recorder(Plan plan, std::function<void(const Error &)> failed);
    /// Writes what was taken in and ends the thread.
    ~Recorder();
    Recorder(const Recorder &) = delete;
    Recorder &operator=(const Recorder &) = delete;

    // Any thread; these return at once.
    void add(const FleetSample &fleet);
    void add(const cluster::ShardMap &map);
    void add(Fact fact);
    void add(std::vector<Marker> markers);

    /// The failure that writing ended with last; nothing while it succeeds.
    [[nodiscard]] std::optional<Error> error() const;
    /// Reports written so far.
    [[nodiscard]] qint64 written() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace shardhelm::monitor::recording
