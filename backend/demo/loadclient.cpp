// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/loadclient.h"

#include "core/pause.h"

namespace shardhelm::demo {

namespace {

constexpr Milliseconds statementTimeout{10000};
constexpr Milliseconds settlePatience{5000};
constexpr Milliseconds laterSettlePatience{250};
constexpr Milliseconds settleInterval{1000};
constexpr int rowSearches = 3;

std::chrono::microseconds since(Clock::time_point begin)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin);
}

/// SQLSTATE and what the router contract adds to it, or the kind of failure.
QString labelOf(const Error &error, const std::optional<RetryPolicy::Reason> &reason)
{
    const QString state = error.sqlstate();
    if (state.isEmpty())
        return QStringLiteral("connection");
    if (state == u"40001" && reason == RetryPolicy::Reason::Moved)
        return QStringLiteral("40001 moved");
    if (state == u"40001" && reason == RetryPolicy::Reason::Fenced)
        return QStringLiteral("40001 fenced");
    return state;
}

} // namespace

Pace::Pace(double perSecond)
    : m_interval(perSecond > 0
                     ? std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(1 / perSecond))
                     : Clock::duration::zero())
    , m_next(Clock::now())
{
}

bool Pace::waitForTurn(const Wait &wait)
{
    if (m_interval == Clock::duration::zero())
        return !wait.expired() && !wait.stopRequested();
    Clock::time_point turn;
    {
        const std::scoped_lock lock(m_mutex);
        // Turns missed long ago are not made up for in one burst.
        turn = std::max(m_next, Clock::now() - std::chrono::seconds(1));
        m_next = turn + m_interval;
    }
    const auto pause = std::chrono::ceil<Milliseconds>(turn - Clock::now());
    return pause <= Milliseconds(0) ? !wait.expired() && !wait.stopRequested() : pauseFor(pause, wait);
}

LoadClient::LoadClient(const LoadContext &context, quint64 seed)
    : m_context(context)
    , m_mix(context.tenants, context.counters, seed)
    , m_sessions(context.passwords)
{
}

void LoadClient::run(const std::stop_token &stop)
{
    const Wait untilStop(Clock::time_point::max(), stop);
    while (m_context.pace.waitForTurn(untilStop)) {
        Job job;
        job.operation = m_mix.next();
        const auto id = m_context.ledger.begin(job.operation.intent);
        if (!id)
            return;
        job.operation.id = *id;
        job.operation.intent.number = id->number;
        perform(std::move(job));
        if (!m_unsettled.empty() && Clock::now() >= m_nextSettling)
            settleOldest(laterSettlePatience);
    }
    for (size_t left = m_unsettled.size(); left > 0; --left)
        settleOldest(settlePatience);
}

void LoadClient::perform(Job job)
{
    job.firstSentUs =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    job.firstSent = Clock::now();
    for (;;) {
        Attempt last = attempt(job);
        if (last.end == End::Committed) {
            const bool reads = job.operation.intent.kind == OperationKind::Read;
            acknowledge(job, last.effects, reads && LoadMix::isStale(job.operation, last.seenVersion), false);
            return;
        }
        if (last.end == End::Unknown) {
            record(job, Outcome::Unknown, {}, false, false);
            m_context.stats.becameUnknown();
            if (settle(job))
                return;
            last.reason = RetryPolicy::Reason::Unreachable;
        }
        if (!prepareRetry(job, last)) {
            refuse(job);
            return;
        }
    }
}

LoadClient::Attempt LoadClient::attempt(Job &job)
{
    const Wait wait = Wait::forDuration(statementTimeout);
    const auto route = m_context.router.route(QString::number(job.operation.intent.tenant), wait);
    if (!route)
        return failed(route.error(), nullptr, false);
    job.shard = route->shard;
    const auto session = m_sessions.session(route->instance, wait);
    if (!session)
        return failed(session.error(), nullptr, false);
    job.backend = (*session)->backend;
    return job.operation.intent.kind == OperationKind::Read ? attemptRead(job, **session, *route)
                                                            : attemptWrite(job, **session, *route);
}

LoadClient::Attempt LoadClient::attemptRead(Job &job, Session &session, const Route &route)
{
    const auto version = performRead(session.connection, m_sql, route.schema, job.operation, m_context.ledger.run(),
                                     Wait::forDuration(statementTimeout));
    if (!version)
        return failed(version.error(), &session, false);
    Attempt attempt;
    attempt.end = End::Committed;
    attempt.seenVersion = *version;
    return attempt;
}

LoadClient::Attempt LoadClient::attemptWrite(Job &job, Session &session, const Route &route)
{
    const Wait wait = Wait::forDuration(statementTimeout);
    auto transaction = pg::Transaction::begin(session.connection, wait, transactionMode(job.operation.isolation));
    if (!transaction)
        return failed(transaction.error(), &session, false);
    const auto effects =
        performWrite(session.connection, m_sql, route.schema, job.operation, m_context.ledger.run(), wait);
    if (!effects) {
        const bool lost = !effects.error().connectionUsable();
        if (!lost && !transaction->rollback(wait))
            session.connection.close();
        return failed(effects.error(), &session, lost);
    }
    Attempt attempt;
    if (!*effects || !Router::mayStillUse(route)) {
        // Either the row is not in this copy, or the map has grown too old meanwhile: both ask for a new one.
        if (!transaction->rollback(wait))
            session.connection.close();
        m_context.stats.failed(*effects ? QStringLiteral("map too old") : QStringLiteral("row missing"));
        if (!*effects)
            ++job.rowsMissing;
        attempt.reason = RetryPolicy::Reason::Moved;
        return attempt;
    }
    if (const auto committed = transaction->commit(wait); !committed) {
        // Only an error that the server sent for this COMMIT says that nothing was committed.
        const Error &error = committed.error();
        const bool answered = error.connectionUsable() && !error.sqlstate().isEmpty() && !error.isTimeout();
        return failed(error, &session, !answered);
    }
    attempt.end = End::Committed;
    attempt.effects = **effects;
    return attempt;
}

LoadClient::Attempt LoadClient::failed(const Error &error, Session *session, bool mayBeCommitted)
{
    Attempt attempt;
    attempt.reason = RetryPolicy::reasonOf(error);
    m_context.stats.failed(labelOf(error, attempt.reason));
    if (session && (mayBeCommitted || !error.connectionUsable()))
        session->connection.close();
    if (mayBeCommitted)
        attempt.end = End::Unknown;
    return attempt;
}

bool LoadClient::prepareRetry(Job &job, const Attempt &last)
{
    if (!last.reason || job.rowsMissing >= rowSearches || m_context.ledger.error())
        return false;
    if (*last.reason == RetryPolicy::Reason::Moved) {
        // When the directory does not answer the old map stays, the attempt meets the same answer and waits longer.
        const auto refreshed = m_context.router.refresh(Wait::forDuration(statementTimeout));
        Q_UNUSED(refreshed)
    }
    const auto pause = job.policy.next(*last.reason);
    if (!pause)
        return false;
    m_context.stats.retried();
    if (*pause > Milliseconds(0))
        pauseFor(*pause, Wait::forDuration(statementTimeout));
    return true;
}

bool LoadClient::settle(Job &job)
{
    const auto found = settleOperation(m_context.router, m_sessions, m_sql, job.operation, job.backend,
                                       Wait::forDuration(settlePatience));
    if (!found) {
        m_unsettled.push_back(job);
        m_nextSettling = Clock::now() + settleInterval;
        return true;
    }
    m_context.stats.settled();
    if (*found)
        acknowledge(job, **found, false, true);
    return found->has_value();
}

void LoadClient::settleOldest(Milliseconds patience)
{
    Job job = std::move(m_unsettled.front());
    m_unsettled.pop_front();
    m_nextSettling = Clock::now() + settleInterval;
    const auto found =
        settleOperation(m_context.router, m_sessions, m_sql, job.operation, job.backend, Wait::forDuration(patience));
    if (!found) {
        m_unsettled.push_back(std::move(job));
        return;
    }
    m_context.stats.settled();
    if (*found)
        acknowledge(job, **found, false, true);
    else
        refuse(job);
}

void LoadClient::acknowledge(const Job &job, const Effects &effects, bool stale, bool settled)
{
    record(job, Outcome::Acknowledged, effects, stale, settled);
    m_context.stats.acknowledged(job.operation.intent.kind == OperationKind::Read, stale, since(job.firstSent));
    if (job.operation.intent.kind != OperationKind::Read)
        m_mix.committed(job.operation, effects);
}

void LoadClient::refuse(const Job &job)
{
    record(job, Outcome::Refused, {}, false, false);
    m_context.stats.refused();
    // A row that is not where the map says is left alone from now on; the check will tell.
    if (job.rowsMissing < rowSearches)
        m_mix.withoutEffect(job.operation);
}

void LoadClient::record(const Job &job, Outcome outcome, const Effects &effects, bool stale, bool settled)
{
    Ended ended;
    ended.number = job.operation.id.number;
    ended.outcome = outcome;
    ended.stale = stale;
    ended.settled = settled;
    ended.shard = job.shard;
    ended.retries = job.policy.retries();
    ended.firstSentUs = job.firstSentUs;
    ended.gapUs = since(job.firstSent).count();
    ended.versions = effects.versions;
    m_context.ledger.end(ended);
}

} // namespace shardhelm::demo
