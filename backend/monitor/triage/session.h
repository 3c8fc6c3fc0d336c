// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>

#include <optional>
#include <tuple>
#include <vector>

namespace shardhelm::monitor {

/// Names one session of the fleet: a pid alone may be another session a moment later.
struct SessionKey
{
    QString server; ///< ServerSample::name
    int pid = 0;
    QString backendStart; ///< UTC to the microsecond, "2026-11-20T03:11:08.123456Z"; empty when hidden from our role

    bool operator==(const SessionKey &) const = default;
    /// By server and pid.
    bool operator<(const SessionKey &other) const
    {
        return std::tie(server, pid, backendStart) < std::tie(other.server, other.pid, other.backendStart);
    }
};

/// One session of a server. Ages are in seconds by the server's clock; facts hidden from our role are null.
struct Session
{
    SessionKey key;
    QString role; ///< the database role it is logged in as
    QString database;
    QString application;
    QString client; ///< address, "local" for a socket
    QString backendType; ///< as the server says, "client backend"
    QString state; ///< as the server says: "active", "idle in transaction", …
    QString waitEventType;
    QString waitEvent;
    std::optional<double> transactionAge; ///< null: no transaction is open
    std::optional<double> queryAge; ///< since the last statement began
    std::optional<double> stateAge;
    std::vector<int> blockedBy; ///< pids of the same server, each once; 0: a prepared transaction
    QString queryId;
    QString query; ///< the running or last statement, literals redacted
    bool hidden = false; ///< the server keeps what it does from our role
    int blocks = 0; ///< sessions that wait for this one, directly

    /// Runs a statement, and is not waiting for a lock.
    [[nodiscard]] bool isRunning() const;
    /// Waits for a lock.
    [[nodiscard]] bool isWaiting() const;
    /// Others wait for it.
    [[nodiscard]] bool isBlocking() const { return blocks > 0; }

    bool operator==(const Session &) const = default;
};

/// Who holds what a waiting session asks for.
struct LockHolder
{
    int pid = 0; ///< 0: a prepared transaction
    QString mode; ///< "ShareRowExclusiveLock"
    QString prepared; ///< name of the prepared transaction
    QString preparedOwner;
    QString preparedDatabase;
    std::optional<double> preparedAge; ///< seconds

    bool operator==(const LockHolder &) const = default;
};

/// The lock that a session waits for.
struct LockWait
{
    int pid = 0;
    QString type; ///< "relation", "transactionid", "tuple", "advisory", …
    QString mode;
    QString relation; ///< empty when it is about none, or one of another database
    std::optional<double> age; ///< seconds; null in the first moment
    std::vector<LockHolder> holders; ///< of the same object; not all of them need to be in the way

    bool operator==(const LockWait &) const = default;
};

/// The sessions of one server.
struct SessionList
{
    QString server; ///< ServerSample::name
    QString serverKey; ///< the same for databases of one server
    QString database; ///< the one we are connected to
    bool seesAll = false; ///< our role may see what others' sessions do
    int maxConnections = 0;
    std::vector<Session> sessions; ///< by pid
    std::vector<LockWait> waits; ///< by pid

    /// nullptr: none of this pid.
    [[nodiscard]] const Session *session(int pid) const;
    [[nodiscard]] const LockWait *wait(int pid) const;

    bool operator==(const SessionList &) const = default;
};

} // namespace shardhelm::monitor

Q_DECLARE_METATYPE(shardhelm::monitor::SessionKey)
