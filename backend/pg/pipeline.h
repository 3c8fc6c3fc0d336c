// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pg/canceller.h"
#include "pg/connection.h"
#include "pg/handles.h"

#include <QHash>

#include <optional>
#include <vector>

namespace shardhelm::pg {

/// Statements prepared on one connection: the name by the text.
class PreparedStatements
{
public:
    [[nodiscard]] QByteArray name(const QByteArray &sql) const { return m_names.value(sql); }
    /// A name that was never used on this connection.
    [[nodiscard]] QByteArray freshName() { return "shardhelm_" + QByteArray::number(++m_last); }
    void add(const QByteArray &sql, const QByteArray &name) { m_names.insert(sql, name); }
    void remove(const QByteArray &sql) { m_names.remove(sql); }

private:
    QHash<QByteArray, QByteArray> m_names;
    int m_last = 0;
};

/// Statements sent in one go over a non-blocking connection, each with a sync of its own, so that a refused one does
/// not spoil the others. Driven by a poll loop; the connection must outlive it.
class Pipeline
{
public:
    /// `name` is the instance, for errors. `prepared` outlives the pipeline; with it, statements without parameters
    /// are prepared before their first run on the connection and run by name from then on.
    Pipeline(pg_conn *connection, std::vector<Statement> statements, QString name,
             PreparedStatements *prepared = nullptr);

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

    /// After Done: whether the connection turned out to have lost statements that were prepared on it, as it is behind
    /// a pooler.
    [[nodiscard]] bool lostPrepared() const { return m_lostPrepared; }

    /// Asks the server to give up what it runs; the rest is still read with step().
    void cancel();
    /// After cancel(): whether the request has been dealt with, so that it cannot hit another statement.
    [[nodiscard]] bool settled() const { return !m_canceller || m_canceller->settled(Clock::now()); }

private:
    void send();
    bool sendOne(const Statement &statement);
    void notePrepared(const Result<Rows> &answer, const QByteArray &sql);
    Progress take(ResultHandle result);
    Progress fail(Error error);

    pg_conn *m_connection;
    std::vector<Statement> m_statements;
    QString m_name;
    PreparedStatements *m_prepared;
    QHash<QByteArray, QByteArray> m_preparing; ///< name by text, until the server has said whether it is prepared
    bool m_lostPrepared = false;
    std::vector<std::optional<Result<Rows>>> m_results;
    std::vector<size_t> m_sent; ///< indexes of the statements that were sent
    size_t m_open = 0; ///< the one of m_sent that runs now
    bool m_begun = false;
    short m_events = 0;
    Error m_error;
    std::optional<Canceller> m_canceller;
};

} // namespace shardhelm::pg
