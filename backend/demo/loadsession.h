// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/types.h"
#include "pg/connection.h"

#include <QHash>

#include <map>

namespace shardhelm::demo {

/// What a session of ours is recognised by once its connection is lost.
struct Backend
{
    QString instance;
    int pid = 0;
    QString startedAt; ///< of the process, seconds since 1970
    QString serverStartedAt; ///< seconds since 1970

    bool operator==(const Backend &) const = default;
};

/// A connection and the server process behind it.
struct Session
{
    pg::Connection connection;
    Backend backend;
    QString conninfo;

    /// Connects as an application would, past a connection pooler where the map names a way: a pooler would hide the
    /// server process.
    static Result<Session> open(const cluster::Instance &instance, const Wait &wait, pg::PasswordSource *passwords);
};

/// One client's sessions, one per instance, opened when they are wanted. Used by one thread.
class SessionPool
{
public:
    explicit SessionPool(pg::PasswordSource *passwords)
        : m_passwords(passwords)
    {
    }
    /// An open session on the instance; the pointer is good until the next call for that instance. One that is of no
    /// more use is closed by its user.
    Result<Session *> session(const cluster::Instance &instance, const Wait &wait);
    [[nodiscard]] pg::PasswordSource *passwords() const { return m_passwords; }

private:
    pg::PasswordSource *m_passwords;
    std::map<QString, Session> m_sessions;
};

/// SQL of resources/sql/demo with {schema} replaced; keeps what it has made. Used by one thread.
class SchemaSql
{
public:
    const QByteArray &text(const char *name, const QString &schema);

private:
    QHash<std::pair<QByteArray, QString>, QByteArray> m_texts;
};

} // namespace shardhelm::demo
