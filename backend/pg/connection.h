// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/wait.h"
#include "pg/params.h"
#include "pg/rows.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace shardhelm::pg {

class PasswordSource;
class Session;

/// Where to connect and as what. `conninfo` is a libpq string (keywords or URI) as the directory holds it; libpq's own
/// places (service file, ~/.pgpass, environment, TLS keywords, several hosts) all apply. Several hosts are tried in
/// order, each with its share of the time (at most connect_timeout, when given), past hosts that do not answer, are
/// starting up, are full or have the wrong role.
struct ConnectSpec
{
    QString name; ///< instance name used in errors; "directory" for the directory
    QString conninfo;
    QString purpose; ///< becomes application_name 'shardhelm/<purpose>': "monitor", "workbench", "move 17"
    PasswordSource *passwords = nullptr; ///< asked when the server wants a password that libpq does not find
    int minimumVersion = 150000; ///< server_version_num below this is ErrorCode::ServerTooOld
    bool anyRole = false; ///< several hosts without target_session_attrs: any of them, instead of the primary
};

/// A notification received on a channel after LISTEN.
struct Notification
{
    QString channel;
    QString payload;
    int senderPid = 0;
};

/// One statement of a pipelined batch.
struct Statement
{
    QByteArray sql;
    Params params;
};

/// One session for straight, blocking sequences on a worker thread (never on the GUI thread).
/// Every call ends by its Wait: on a deadline or stop request the running statement is cancelled on the server; if the
/// server does not confirm within a second the connection is closed. A statement that finished all the same counts as
/// finished. A failed call's Error carries DbError, with the statement and whether the connection can go on; texts in
/// it are redacted. Movable; used by one thread at a time.
class Connection
{
public:
    Connection();
    ~Connection();
    Connection(Connection &&) noexcept;
    Connection &operator=(Connection &&) noexcept;

    /// Connects. Facts in the error, beside `subject` = spec.name and DbError with libpq's or the server's own text:
    /// HostUnknown, ConnectionRefused, ConnectTimedOut, ConnectionLost, ServerNotReady, TooManyConnections: `found` is
    /// the endpoint, or the endpoints of all hosts tried, "db1:5432, db2:5432". NoSuitableHost: the same, `expected`
    /// the target_session_attrs. PasswordMissing, PasswordRejected, LoginRefused: `found` is the user. DatabaseMissing:
    /// the database. TlsFailed, ConnectFailed, ConninfoBad: the text of libpq. ServerTooOld: the version found, "14.9",
    /// and `expected` the oldest that will do. Cancelled on a stop request.
    static Result<Connection> open(const ConnectSpec &spec, const Wait &wait);

    /// One statement with parameters (extended protocol, text results). A zero byte in a parameter or in the statement
    /// is ValueBad, `found` the parameter ("$3") or "\\0".
    Result<Rows> query(const QByteArray &sql, const Params &params, const Wait &wait);
    Result<Rows> query(const QByteArray &sql, const Wait &wait) { return query(sql, Params(), wait); }
    /// One or more statements without parameters (simple protocol, one implicit transaction); the last one's rows.
    Result<Rows> run(const QByteArray &script, const Wait &wait);
    /// All statements in one round trip (pipeline); stops at the first failure, which fails the whole call.
    Result<std::vector<Rows>> batch(std::span<const Statement> statements, const Wait &wait);

    /// COPY … TO STDOUT: `sink` gets each data row's bytes as they come and returns false to stop, which is no error
    /// (but a transaction around it has failed then). Bytes received.
    Result<qint64> copyOut(const QByteArray &sql, const std::function<bool(const QByteArray &)> &sink,
                           const Wait &wait);
    /// COPY … FROM STDIN: `source` returns the next chunk, empty at the end; it may request a stop to give up. Rows
    /// copied.
    Result<qint64> copyIn(const QByteArray &sql, const std::function<QByteArray()> &source, const Wait &wait);

    /// Waits for at least one notification, or for the end of `wait` (an empty list, not an error).
    Result<std::vector<Notification>> notifications(const Wait &wait);

    [[nodiscard]] bool isOpen() const;
    [[nodiscard]] bool inTransaction() const;
    [[nodiscard]] int backendPid() const;
    [[nodiscard]] int serverVersion() const; ///< server_version_num
    [[nodiscard]] QString name() const; ///< ConnectSpec::name
    [[nodiscard]] QString host() const; ///< the host that accepted the connection, of several
    [[nodiscard]] bool usesTls() const;
    void close();

    /// Quoted for use in SQL text, by libpq's rules.
    [[nodiscard]] static QByteArray identifier(const QString &name);
    [[nodiscard]] static QByteArray literal(const QString &text);

private:
    friend class Transaction;
    explicit Connection(std::unique_ptr<Session> session);

    std::unique_ptr<Session> m_session;
};

/// BEGIN … COMMIT around a block: rolls back when destroyed without commit(). Failure of COMMIT is returned; when the
/// connection was lost on it, the outcome is unknown (Error::connectionUsable() is false). The connection stays where
/// it is while a Transaction refers to it.
class Transaction
{
public:
    /// `mode` follows BEGIN, e.g. "ISOLATION LEVEL REPEATABLE READ READ ONLY".
    static Result<Transaction> begin(Connection &connection, const Wait &wait, const QByteArray &mode = {});
    ~Transaction();
    Transaction(Transaction &&) noexcept;
    Transaction &operator=(Transaction &&) = delete;
    /// StatementFailed with SQLSTATE 25P02, and a rollback, when a statement of the transaction had failed.
    Result<void> commit(const Wait &wait);
    Result<void> rollback(const Wait &wait);

private:
    explicit Transaction(Connection &connection);
    Connection *m_connection = nullptr;
};

} // namespace shardhelm::pg
