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

/// Where to connect and as what. `conninfo` is a libpq string (keywords or URI) as the directory holds it; libpq's own
/// places (service file, ~/.pgpass, environment, TLS keywords, several hosts) all apply.
struct ConnectSpec {
    QString name; ///< instance name used in errors; "directory" for the directory
    QString conninfo;
    QString purpose; ///< becomes application_name 'shardhelm/<purpose>': "monitor", "workbench", "move 17"
    PasswordSource *passwords = nullptr; ///< asked when the server wants a password that libpq does not find
    int minimumVersion = 150000; ///< server_version_num below this is ErrorCode::ServerTooOld
};

/// A notification received on a channel after LISTEN.
struct Notification {
    QString channel;
    QString payload;
    int senderPid = 0;
};

/// One statement of a pipelined batch.
struct Statement {
    QByteArray sql;
    Params params;
};

/// One session for straight, blocking sequences on a worker thread (never on the GUI thread).
/// Every call ends by its Wait: on a deadline or stop request the running statement is cancelled on the server; if the
/// server does not confirm within a second the connection is closed. Movable; used by one thread at a time.
class Connection {
public:
    Connection();
    ~Connection();
    Connection(Connection &&) noexcept;
    Connection &operator=(Connection &&) noexcept;

    static Result<Connection> open(const ConnectSpec &spec, const Wait &wait);

    /// One statement with parameters (extended protocol, text results).
    Result<Rows> query(const QByteArray &sql, const Params &params, const Wait &wait);
    Result<Rows> query(const QByteArray &sql, const Wait &wait) { return query(sql, Params(), wait); }
    /// One or more statements without parameters (simple protocol, one implicit transaction); the last one's rows.
    Result<Rows> run(const QByteArray &script, const Wait &wait);
    /// All statements in one round trip (pipeline); stops at the first failure, which fails the whole call.
    Result<std::vector<Rows>> batch(std::span<const Statement> statements, const Wait &wait);

    /// COPY … TO STDOUT: `sink` gets each data row's bytes as they come and returns false to stop. Bytes received.
    Result<qint64> copyOut(const QByteArray &sql, const std::function<bool(const QByteArray &)> &sink,
                           const Wait &wait);
    /// COPY … FROM STDIN: `source` returns the next chunk, empty at the end. Rows copied.
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
    struct Private;
    std::unique_ptr<Private> d;
};

/// BEGIN … COMMIT around a block: rolls back when destroyed without commit(). Failure of COMMIT is returned; when the
/// connection was lost on it, the outcome is unknown (Error::connectionUsable() is false).
class Transaction {
public:
    /// `mode` follows BEGIN, e.g. "ISOLATION LEVEL REPEATABLE READ READ ONLY".
    static Result<Transaction> begin(Connection &connection, const Wait &wait, const QByteArray &mode = {});
    ~Transaction();
    Transaction(Transaction &&) noexcept;
    Transaction &operator=(Transaction &&) = delete;
    Result<void> commit(const Wait &wait);
    Result<void> rollback(const Wait &wait);

private:
    explicit Transaction(Connection &connection);
    Connection *m_connection = nullptr;
};

} // namespace shardhelm::pg
