// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/triage/signals.h"

#include "core/sqltext.h"

#include <algorithm>

namespace shardhelm::monitor {

namespace {

bool runsStatement(const QString &state)
{
    return state == QLatin1StringView("active") || state == QLatin1StringView("fastpath function call");
}

} // namespace

QByteArray signalStatement(Signal signal, const SessionKey &session)
{
    const QByteArray function = signal == Signal::Cancel ? "pg_cancel_backend" : "pg_terminate_backend";
    return "SELECT state, query_start::text, " + function + "(pid) FROM pg_stat_activity WHERE pid = "
        + QByteArray::number(session.pid) + " AND backend_start = " + pg::Connection::literal(session.backendStart);
}

bool isDone(SignalOutcome outcome)
{
    return outcome == SignalOutcome::StatementEnded || outcome == SignalOutcome::Gone;
}

SignalBatch::SignalBatch(Signal signal, std::vector<SessionKey> sessions, Milliseconds patience)
    : m_signal(signal)
    , m_patience(patience)
{
    for (SessionKey &session : sessions)
        m_results.push_back({std::move(session), SignalOutcome::Pending, std::nullopt});
    m_queryStarts.resize(m_results.size());
}

std::vector<pg::Statement> SignalBatch::statements() const
{
    std::vector<pg::Statement> statements;
    QByteArray pids;
    for (const SignalResult &result : m_results) {
        if (!m_sentAt)
            statements.push_back({signalStatement(m_signal, result.session), {}});
        if (result.outcome == SignalOutcome::Pending)
            pids += (pids.isEmpty() ? "" : ",") + QByteArray::number(result.session.pid);
    }
    statements.push_back({sqlText("triage/after_signal"), pg::Params('{' + pids + '}')});
    return statements;
}

void SignalBatch::take(const pg::FanOutReply &reply, Clock::time_point now)
{
    const bool first = !m_sentAt;
    if (first)
        m_sentAt = now;
    if (reply.results && first)
        takeSignals(*reply.results);
    if (reply.results && !reply.results->empty() && reply.results->back())
        takeCheck(*reply.results->back());
    const bool late = now - *m_sentAt >= m_patience;
    for (SignalResult &result : m_results) {
        if (result.outcome != SignalOutcome::Pending)
            continue;
        if (!reply.results && (first || late)) {
            result.outcome = SignalOutcome::Failed;
            result.error = reply.results.error();
        } else if (late) {
            result.outcome = SignalOutcome::StillThere;
        }
    }
}

void SignalBatch::takeSignals(const std::vector<Result<pg::Rows>> &results)
{
    for (size_t index = 0; index < m_results.size() && index < results.size(); ++index) {
        SignalResult &result = m_results[index];
        if (!results[index]) {
            const bool refused = results[index].error().code == ErrorCode::NotPermitted;
            result.outcome = refused ? SignalOutcome::NotPermitted : SignalOutcome::Failed;
            result.error = results[index].error();
        } else if (results[index]->isEmpty()) {
            result.outcome = SignalOutcome::AlreadyGone;
        } else if (m_signal == Signal::Cancel && !runsStatement(results[index]->text(0, 0))) {
            result.outcome = SignalOutcome::NothingRan;
        } else {
            m_queryStarts[index] = results[index]->text(0, 1);
        }
    }
}

void SignalBatch::takeCheck(const pg::Rows &rows)
{
    for (size_t index = 0; index < m_results.size(); ++index) {
        SignalResult &result = m_results[index];
        int row = 0;
        while (row < rows.count() && rows.integer(row, rows.column("pid")) != result.session.pid)
            ++row;
        const bool there = row < rows.count();
        const bool hidden = there && rows.isNull(row, rows.column("backend_start"));
        const bool same = there && rows.text(row, rows.column("backend_start")) == result.session.backendStart;
        if (result.outcome == SignalOutcome::AlreadyGone && hidden) {
            // Hidden from our role: it could not be matched.
            result.outcome = SignalOutcome::NotPermitted;
        }
        if (result.outcome != SignalOutcome::Pending)
            continue;
        const bool sameStatement = same && runsStatement(rows.text(row, rows.column("state")))
            && rows.text(row, rows.column("query_start")) == m_queryStarts[index];
        if (!same)
            result.outcome = SignalOutcome::Gone;
        else if (m_signal == Signal::Cancel && !sameStatement)
            result.outcome = SignalOutcome::StatementEnded;
    }
}

bool SignalBatch::isFinished() const
{
    return std::ranges::none_of(m_results,
                                [](const SignalResult &result) { return result.outcome == SignalOutcome::Pending; });
}

} // namespace shardhelm::monitor
