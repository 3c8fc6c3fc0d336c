// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/connectall.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace shardhelm::cluster {

pg::ConnectSpec directSpec(const Instance &instance, const QString &purpose, pg::PasswordSource *passwords)
{
    pg::ConnectSpec spec;
    spec.name = instance.name;
    spec.conninfo = instance.directConninfo.isEmpty() ? instance.conninfo : instance.directConninfo;
    spec.purpose = purpose;
    spec.passwords = passwords;
    return spec;
}

std::vector<Result<pg::Connection>> connectEach(const std::vector<Instance> &instances, const QString &purpose,
                                                pg::PasswordSource *passwords, const Wait &wait)
{
    constexpr std::size_t mostThreads = 32;
    std::vector<Result<pg::Connection>> results;
    for (std::size_t i = 0; i < instances.size(); ++i)
        results.push_back(fail(ErrorCode::Internal));
    std::atomic<std::size_t> next = 0;
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < std::min(mostThreads, instances.size()); ++i) {
        threads.emplace_back([&] {
            for (std::size_t at = next++; at < instances.size(); at = next++)
                results[at] = pg::Connection::open(directSpec(instances[at], purpose, passwords), wait);
        });
    }
    threads.clear();
    return results;
}

Result<std::vector<pg::Connection>> connectAll(const std::vector<Instance> &instances, const QString &purpose,
                                               pg::PasswordSource *passwords, const Wait &wait)
{
    std::vector<pg::Connection> connections;
    for (Result<pg::Connection> &result : connectEach(instances, purpose, passwords, wait)) {
        if (!result)
            return Failure(result.error());
        connections.push_back(std::move(*result));
    }
    return connections;
}

} // namespace shardhelm::cluster
