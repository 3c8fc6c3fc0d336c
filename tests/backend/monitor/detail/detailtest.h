// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/detail/ownconnections.h"
#include "support/testserver.h"

namespace shardhelm::test {

/// A server of a test as the detail asks it.
inline monitor::Target target(const QString &name, const QString &conninfo, monitor::Role role = monitor::Role::Primary)
{
    return {name, name, role, conninfo, {}, 0};
}

/// A role that may log in and nothing else.
inline QString plainConninfo(const TestServer &server)
{
    server.run("DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'plain') THEN "
               "CREATE ROLE plain LOGIN; END IF; END $$");
    return server.conninfo() + QStringLiteral(" user=plain");
}

inline Wait patient()
{
    return Wait::forDuration(std::chrono::seconds(60));
}

} // namespace shardhelm::test
