// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pg/connection.h"
#include "pg/localserver.h"
#include "support/serverguard.h"

#include <QTemporaryDir>

#include <memory>

namespace shardhelm::test {

/// A throw-away PostgreSQL server: made and started by the constructor, stopped and removed by the destructor.
/// A failure to start ends the test program with the reason, never a skip. A test program that dies leaves nothing.
class TestServer
{
public:
    explicit TestServer(const QMap<QString, QString> &parameters = {});
    ~TestServer();
    TestServer(const TestServer &) = delete;
    TestServer &operator=(const TestServer &) = delete;

    [[nodiscard]] QString conninfo(const QString &database = QStringLiteral("postgres")) const;
    [[nodiscard]] const pg::LocalServer &server() const { return *m_server; }
    [[nodiscard]] QString folder() const; ///< parent of data and socket folder, writable by the server's user
    [[nodiscard]] int port() const;

    /// A new session; fails the test program when it cannot be had.
    [[nodiscard]] pg::Connection connect(const QString &database = QStringLiteral("postgres")) const;
    /// Runs a script in a session of its own; fails the test program on an error. The last statement's rows.
    pg::Rows run(const QByteArray &script, const QString &database = QStringLiteral("postgres")) const;

    /// To the postmaster and all its children, e.g. SIGSTOP, SIGCONT; after SIGKILL the postmaster is dead.
    void signal(int signalNumber) const;

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ServerGuard> m_guard; ///< waits for the folder to be left behind
    std::unique_ptr<pg::LocalServer> m_server;
};

/// A minute, for calls that a test expects to succeed on a machine of any speed.
Wait soon();

} // namespace shardhelm::test
