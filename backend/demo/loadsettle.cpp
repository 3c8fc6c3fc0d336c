// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/loadsettle.h"

#include "core/pause.h"
#include "core/sqltext.h"

namespace shardhelm::demo {

namespace {

constexpr Milliseconds attemptTimeout{2000};
constexpr Milliseconds longestPause{200};

Result<bool> isGone(const Router &router, const Backend &backend, pg::PasswordSource *passwords, const Wait &wait)
{
    const cluster::ShardMap map = router.map();
    const cluster::Instance *instance = map.instance(backend.instance);
    if (!instance)
        return fail(ErrorCode::InstanceUnknown, backend.instance);
    auto session = Session::open(*instance, wait, passwords);
    if (!session)
        return Failure(session.error());
    const auto gone = session->connection.query(
        sqlText("demo/session_gone"), pg::Params(backend.pid, backend.startedAt, backend.serverStartedAt), wait);
    if (!gone)
        return Failure(gone.error());
    return gone->boolean(0, 0);
}

Result<std::optional<Effects>> lookUp(Router &router, SessionPool &sessions, SchemaSql &sql, const Operation &operation,
                                      const Wait &wait)
{
    if (const auto refreshed = router.refresh(wait); !refreshed)
        return Failure(refreshed.error());
    const auto route = router.route(QString::number(operation.intent.tenant), wait);
    if (!route)
        return Failure(route.error());
    auto session = sessions.session(route->instance, wait);
    if (!session)
        return Failure(session.error());
    auto found = findOperation((*session)->connection, sql, route->schema, operation, wait);
    if (found && !Router::mayStillUse(*route))
        return fail(ErrorCode::MapChanged, route->instance.name);
    return found;
}

} // namespace

Result<std::optional<Effects>> settleOperation(Router &router, SessionPool &sessions, SchemaSql &sql,
                                               const Operation &operation, const Backend &backend, const Wait &wait)
{
    Milliseconds pause{5};
    bool gone = false;
    for (;;) {
        const Wait attempt = wait.atMost(attemptTimeout);
        std::optional<Error> problem;
        if (!gone) {
            const auto seen = isGone(router, backend, sessions.passwords(), attempt);
            gone = seen && *seen;
            if (!seen)
                problem = seen.error();
        }
        if (gone) {
            auto found = lookUp(router, sessions, sql, operation, attempt);
            if (found)
                return found;
            problem = found.error();
        }
        if (!pauseFor(pause, wait))
            return problem ? Failure(*problem) : fail(ErrorCode::TimedOut, backend.instance);
        pause = std::min(longestPause, pause * 2);
    }
}

} // namespace shardhelm::demo
