// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/ledgerwriter.h"
#include "demo/loadmix.h"
#include "demo/loadretry.h"
#include "demo/loadsettle.h"
#include "demo/loadstats.h"

#include <deque>

namespace shardhelm::demo {

/// Spreads a number of operations per second evenly over all clients. Any thread.
class Pace
{
public:
    /// `perSecond` 0: no limit.
    explicit Pace(double perSecond);
    /// Waits for the next turn; false when `wait` ended first.
    bool waitForTurn(const Wait &wait);

private:
    const Clock::duration m_interval;
    std::mutex m_mutex;
    Clock::time_point m_next;
};

/// What the clients of one load share.
struct LoadContext
{
    Router &router;
    LedgerWriter &ledger;
    const TenantMix &tenants;
    CounterPool &counters;
    LoadStats &stats;
    Pace &pace;
    pg::PasswordSource *passwords;
};

/// One client: does operation after operation by the router contract and writes the ledger. run() is its thread.
class LoadClient
{
public:
    LoadClient(const LoadContext &context, quint64 seed);

    /// Until `stop`, or until the ledger cannot be written any more. An operation begun is brought to its end, which
    /// may take as long as it may be retried; then what is still unknown is settled where that is possible.
    void run(const std::stop_token &stop);

private:
    /// An operation on its way.
    struct Job
    {
        Operation operation;
        qint64 firstSentUs = 0; ///< wall clock
        Clock::time_point firstSent;
        RetryPolicy policy;
        int shard = -1;
        int rowsMissing = 0; ///< attempts that did not find their row
        Backend backend; ///< that the last attempt was sent to
    };
    enum class End { Committed, WithoutEffect, Unknown };
    /// How one attempt ended.
    struct Attempt
    {
        End end = End::WithoutEffect;
        Effects effects;
        qint64 seenVersion = -1; ///< of a read
        std::optional<RetryPolicy::Reason> reason; ///< to try again, when there was no effect
    };

    void perform(Job job);
    Attempt attempt(Job &job);
    Attempt attemptWrite(Job &job, Session &session, const Route &route);
    Attempt attemptRead(Job &job, Session &session, const Route &route);
    /// `session`: the one that was used, if any.
    Attempt failed(const Error &error, Session *session, bool mayBeCommitted);
    /// True: an attempt may follow.
    bool prepareRetry(Job &job, const Attempt &last);
    /// True when the outcome is known and recorded; false: no effect, the operation may be tried again.
    bool settle(Job &job);
    void settleOldest(Milliseconds patience);
    void acknowledge(const Job &job, const Effects &effects, bool stale, bool settled);
    void refuse(const Job &job);
    void record(const Job &job, Outcome outcome, const Effects &effects, bool stale, bool settled);

    LoadContext m_context;
    LoadMix m_mix;
    SessionPool m_sessions;
    SchemaSql m_sql;
    std::deque<Job> m_unsettled; ///< oldest first
    Clock::time_point m_nextSettling;
};

} // namespace shardhelm::demo
