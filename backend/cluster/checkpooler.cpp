// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/checkprobe.h"

#include <QUuid>

namespace shardhelm::cluster {

namespace {

/// A backend and the session setting it has: both stay with a session, and move with a pooled one.
struct Session
{
    qint64 backend = 0;
    QString mark;
};

Result<Session> look(pg::Connection &connection, const Wait &wait)
{
    const auto rows = connection.query(
        QByteArrayLiteral("select pg_backend_pid(), coalesce(current_setting('shardhelm.probe', true), '')"), wait);
    if (!rows)
        return Failure(rows.error());
    return Session{rows->integer(0, 0), rows->text(0, 1)};
}

} // namespace

Result<std::optional<FindingCode>> findPooler(const pg::ConnectSpec &spec, pg::Connection &connection, const Wait &wait)
{
    const auto first = look(connection, wait);
    if (!first)
        return Failure(first.error());
    // A pooler makes up the pid that a client gets when it logs in; a server tells its own.
    if (first->backend == connection.backendPid())
        return std::nullopt;

    // One session leaves a mark, another takes a backend and keeps it: with a pooler per transaction it gets the marked
    // one, and the first session another, or none while the pool is used up.
    auto one = pg::Connection::open(spec, wait);
    auto two = one ? pg::Connection::open(spec, wait) : Result<pg::Connection>(Failure(one.error()));
    if (!two)
        return Failure(two.error());
    const QString mark = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const auto marked =
        one->query(QByteArrayLiteral("select pg_backend_pid() from set_config('shardhelm.probe', $1, false)"),
                   pg::Params(mark), wait);
    if (!marked)
        return Failure(marked.error());
    auto holder = pg::Transaction::begin(*two, wait);
    if (!holder)
        return Failure(holder.error());
    const auto held = look(*two, wait);
    if (!held)
        return Failure(held.error());
    if (held->mark == mark || held->backend == marked->integer(0, 0))
        return FindingCode::PoolerBetween;
    const auto again = look(*one, wait.atMost(Milliseconds(3000)));
    if (!again)
        return again.error().isTimeout() && !wait.expired()
            ? Result<std::optional<FindingCode>>(FindingCode::PoolerBetween)
            : Failure(again.error());
    const bool same = again->backend == marked->integer(0, 0) && again->mark == mark;
    return same ? FindingCode::SessionPoolerBetween : FindingCode::PoolerBetween;
}

} // namespace shardhelm::cluster
