// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pg/canceller.h"
#include "pg/connection.h"
#include "pg/handles.h"

#include <optional>
#include <vector>

namespace shardhelm::pg {

/// Statements sent in one go over a non-blocking connection, each with a sync of its own, so that a refused one does
/// not spoil the others. Driven by a poll loop; the connection must outlive it.
class Pipeline
{
public:
    /// `name` is the instance, for errors.
    Pipeline(pg_conn *connection, std::vector<Statement> statements, QString name);

    enum class Progress { Waiting, Done, Failed };
    /// Sends what can be sent and reads what has come; after Done the connection is out of the pipeline mode.
    Progress step();
    /// Events of poll() to sleep on after Waiting.
    [[nodiscard]] short events() const { return m_events; }
    /// After Failed: the connection is lost or beyond use.
    [[nodiscard]] const Error &error() const { return m_error; }

    /// Whether at least one statement has been answered by the server.
    [[nodiscard]] bool hasAnswers() const { return m_open > 0; }
    /// One result per statement; those without an answer get an error of code `missing`.
    [[nodiscard]] std::vector<Result<Rows>> results(ErrorCode missing) const;

    /// Asks the server to give up what it runs; the rest is still read with step().
    void cancel();
    /// After cancel(): whether the request has been dealt with, so that it cannot hit another statement.
    [[nodiscard]] bool settled() const { return !m_canceller || m_canceller->settled(Clock::now()); }

private:
    void send();
    Progress take(ResultHandle result);
    Progress fail(Error error);

    pg_conn *m_connection;
    std::vector<Statement> m_statements;
    QString m_name;
    std::vector<std::optional<Result<Rows>>> m_results;
    std::vector<size_t> m_sent; ///< indexes of the statements that were sent
    size_t m_open = 0; ///< the one of m_sent that runs now
    bool m_begun = false;
    short m_events = 0;
    Error m_error;
    std::optional<Canceller> m_canceller;
};

} // namespace shardhelm::pg
