// SPDX-License-Identifier: GPL-3.0-or-later
#include "singlesample.h"

#include "monitor/sampler.h"
#include "monitor/targets.h"
#include "monitor/verdicts.h"

namespace shardhelm::ctl {

namespace {

/// Between the two readings of a single sample, for rates.
constexpr Milliseconds rateWindow{1000};

} // namespace

monitor::FleetSample sampleOnce(const cluster::ClusterFile &file, const cluster::ShardMap &map,
                                pg::PasswordSource *passwords, const Wait &wait)
{
    const std::vector<monitor::Target> targets = monitor::targets(file, &map);
    monitor::FleetSample fleet;
    fleet.at = QDateTime::currentDateTimeUtc();
    fleet.serial = 1;
    fleet.mapEpoch = map.mapEpoch;
    fleet.servers.resize(targets.size());

    monitor::Sampler::Pace pace;
    pace.timeout = wait.remaining();
    // Rates only when they leave a server as much time to answer in.
    if (pace.timeout >= 2 * rateWindow)
        pace.window = rateWindow;
    const Clock::time_point began = Clock::now();
    monitor::Sampler sampler(passwords);
    sampler.sample(
        targets, pace, [&fleet](size_t index, const monitor::ServerSample &sample) { fleet.servers[index] = sample; },
        wait);
    monitor::judgeOnce(fleet, file);
    fleet.durationMs = std::chrono::duration<double, std::milli>(Clock::now() - began).count();
    return fleet;
}

} // namespace shardhelm::ctl
