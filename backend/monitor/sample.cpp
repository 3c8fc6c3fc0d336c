// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/sample.h"

#include <algorithm>

namespace shardhelm::monitor {

const ServerSample *FleetSample::server(const QString &name) const
{
    const auto found =
        std::find_if(servers.begin(), servers.end(), [&](const ServerSample &server) { return server.name == name; });
    return found == servers.end() ? nullptr : &*found;
}

} // namespace shardhelm::monitor
