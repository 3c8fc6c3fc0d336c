// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testserver.h"

#include "core/pause.h"
#include "pg/programs.h"
#include "support/silentport.h"

#include <QDir>
#include <QFile>

#include <csignal>
#include <unistd.h>

namespace shardhelm::test {

namespace {

constexpr Milliseconds startMost(120000);
constexpr Milliseconds stopMost(60000);
constexpr int portAttempts = 5;

/// Ends the test program: without its server no test of it means anything.
[[noreturn]] void giveUp(const char *what, const Error &error)
{
    const QString text = QStringLiteral("%1: code %2, subject '%3', found '%4'; %5 %6")
                             .arg(QString::fromUtf8(what), QString::number(static_cast<int>(error.code)), error.subject,
                                  error.found, error.sqlstate(), error.db ? error.db->message : QString());
    qFatal("%s", qUtf8Printable(text));
}

template <typename T>
T need(const char *what, Result<T> result)
{
    if (!result)
        giveUp(what, result.error());
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

} // namespace

TestServer::TestServer(const QMap<QString, QString> &parameters)
    : m_folder(std::make_unique<QTemporaryDir>(QDir::tempPath() + QStringLiteral("/sh-XXXXXX")))
{
    if (!m_folder->isValid())
        qFatal("no temporary folder: %s", qUtf8Printable(m_folder->errorString()));
    m_guard = std::make_unique<ServerGuard>(m_folder->path());
    // Under root the server is another user, who has to get through.
    if (const auto user = need("server user", pg::serverUser())) {
        if (::chown(QFile::encodeName(m_folder->path()).constData(), user->uid, user->gid) != 0)
            qFatal("chown %s failed", qUtf8Printable(m_folder->path()));
    }

    pg::LocalServer::Settings settings;
    settings.dataFolder = m_folder->filePath(QStringLiteral("data"));
    settings.socketFolder = m_folder->filePath(QStringLiteral("s"));
    settings.port = SilentPort::unused();
    settings.listenOnLoopback = true;
    // Small and quiet: several of these run at once, next to others of their kind.
    settings.parameters = {
        {QStringLiteral("shared_buffers"), QStringLiteral("16MB")},
        {QStringLiteral("max_connections"), QStringLiteral("40")},
        {QStringLiteral("wal_level"), QStringLiteral("logical")},
        {QStringLiteral("synchronous_commit"), QStringLiteral("off")},
        {QStringLiteral("autovacuum_naptime"), QStringLiteral("5min")},
        {QStringLiteral("jit"), QStringLiteral("off")},
    };
    settings.parameters.insert(parameters);
    m_server = std::make_unique<pg::LocalServer>(settings);
    need("initdb", m_server->create(Wait::forDuration(startMost)));
    auto started = m_server->start(Wait::forDuration(startMost));
    // Between the choice of the port and its use another program may have taken it.
    for (int attempt = 0; !started && started.error().code == ErrorCode::PortTaken && attempt < portAttempts;
         ++attempt) {
        settings.port = SilentPort::unused();
        m_server = std::make_unique<pg::LocalServer>(settings);
        started = m_server->start(Wait::forDuration(startMost));
    }
    need("start of the server", std::move(started));
}

TestServer::~TestServer()
{
    signal(SIGCONT);
    if (const auto stopped = m_server->stop(pg::LocalServer::StopMode::Immediate, Wait::forDuration(stopMost));
        !stopped)
        qWarning("the server in %s did not stop", qUtf8Printable(folder()));
}

QString TestServer::conninfo(const QString &database) const
{
    return m_server->conninfo(database);
}

QString TestServer::folder() const
{
    return m_folder->path();
}

int TestServer::port() const
{
    return m_server->settings().port;
}

pg::Connection TestServer::connect(const QString &database) const
{
    pg::ConnectSpec spec;
    spec.name = QStringLiteral("test");
    spec.conninfo = conninfo(database);
    spec.purpose = QStringLiteral("test");
    return need("connection", pg::Connection::open(spec, soon()));
}

pg::Rows TestServer::run(const QByteArray &script, const QString &database) const
{
    return need(script.constData(), connect(database).run(script, Wait::forDuration(startMost)));
}

void TestServer::signal(int signalNumber) const
{
    for (const qint64 pid : m_server->processes())
        ::kill(static_cast<pid_t>(pid), signalNumber);
    // Until it is dead it looks like a server that runs: who starts it again would be told that it is there.
    const Wait wait = Wait::forDuration(stopMost);
    while (signalNumber == SIGKILL && m_server->pid() != 0 && pauseFor(Milliseconds(5), wait)) { }
}

Wait soon()
{
    return Wait::forDuration(Milliseconds(60000));
}

} // namespace shardhelm::test
