// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/localserver.h"

#include "core/pause.h"
#include "core/process.h"
#include "pg/localfiles.h"
#include "pg/programs.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <csignal>

#include <sys/un.h>

namespace shardhelm::pg {

namespace {

constexpr Milliseconds pollInterval(10);
/// What a killed process gets to leave the process table, and a half-started server to end.
constexpr Milliseconds endGrace(5000);
/// A longer log is set aside at the next start.
constexpr qint64 logLimit = 16LL << 20;
constexpr QLatin1StringView settingsFile("shardhelm.conf");

void signalAll(const std::vector<qint64> &pids, int number)
{
    for (const qint64 pid : pids)
        kill(static_cast<pid_t>(pid), number);
}

/// A value as postgresql.conf takes it.
QString quoted(QString value)
{
    value.replace(u'\\', QStringLiteral("\\\\")).replace(u'\'', QStringLiteral("''"));
    return u'\'' + value + u'\'';
}

/// A value as a libpq connection string takes it.
QString conninfoValue(QString value)
{
    value.replace(u'\\', QStringLiteral("\\\\")).replace(u'\'', QStringLiteral("\\'"));
    return u'\'' + value + u'\'';
}

/// What the server appended to its log since it was `from` bytes long.
QByteArray logSince(const QString &path, qint64 from)
{
    QFile log(path);
    if (!log.open(QIODevice::ReadOnly))
        return {};
    log.seek(from);
    return log.readAll();
}

Failure ended(const Wait &wait, const QString &subject)
{
    return fail(wait.stopRequested() ? ErrorCode::Cancelled : ErrorCode::TimedOut, subject);
}

} // namespace

LocalServer::LocalServer(Settings settings)
    : m_settings(std::move(settings))
{
}

Result<QString> LocalServer::programFolder()
{
    return serverProgramFolder();
}

QString LocalServer::file(const QString &name) const
{
    return m_settings.dataFolder + u'/' + name;
}

QString LocalServer::socketFile() const
{
    return m_settings.socketFolder + QStringLiteral("/.s.PGSQL.%1").arg(m_settings.port);
}

QString LocalServer::logFile() const
{
    return file(QStringLiteral("server.log"));
}

QString LocalServer::slotName() const
{
    static const QRegularExpression unfit(QStringLiteral("[^a-z0-9_]"));
    return QFileInfo(m_settings.dataFolder).fileName().toLower().replace(unfit, QStringLiteral("_")).left(63);
}

QString LocalServer::conninfo(const QString &database) const
{
    return QStringLiteral("host=%1 port=%2 user=%3 dbname=%4")
        .arg(conninfoValue(m_settings.socketFolder), QString::number(m_settings.port),
             conninfoValue(m_settings.superuser), conninfoValue(database));
}

Result<void> LocalServer::checkSocketFolder() const
{
    // libpq takes a comma as the border between two hosts and knows no way to quote it.
    if (m_settings.socketFolder.contains(u','))
        return fail(ErrorCode::ValueBad, m_settings.socketFolder, QStringLiteral(","));
    constexpr qsizetype longest = sizeof(sockaddr_un::sun_path) - 1;
    if (const qsizetype length = QFile::encodeName(socketFile()).size(); length > longest)
        return fail(ErrorCode::ValueBad, m_settings.socketFolder, QString::number(length), {QString::number(longest)});
    return {};
}

Result<void> LocalServer::writeSettings() const
{
    QMap<QString, QString> all{
        {QStringLiteral("listen_addresses"), m_settings.listenOnLoopback ? QStringLiteral("127.0.0.1") : QString()},
        {QStringLiteral("port"), QString::number(m_settings.port)},
        {QStringLiteral("unix_socket_directories"), u'"' + m_settings.socketFolder + u'"'},
        // Trust is only for the owner: the socket is closed to the other users of this computer.
        {QStringLiteral("unix_socket_permissions"), QStringLiteral("0700")},
        {QStringLiteral("logging_collector"), QStringLiteral("off")},
        {QStringLiteral("log_line_prefix"), QStringLiteral("%m [%p] %a ")},
        // Files in the data folder: nothing stays in /dev/shm after a crash, and small ones of containers do not
        // matter.
        {QStringLiteral("dynamic_shared_memory_type"), QStringLiteral("mmap")},
    };
    if (!m_settings.durable) {
        all.insert(QStringLiteral("fsync"), QStringLiteral("off"));
        all.insert(QStringLiteral("full_page_writes"), QStringLiteral("off"));
    }
    for (auto it = m_settings.parameters.cbegin(); it != m_settings.parameters.cend(); ++it)
        all.insert(it.key(), it.value());
    QByteArray text = "# Written at each start; ALTER SYSTEM wins over it.\n";
    for (auto it = all.cbegin(); it != all.cend(); ++it)
        text += (it.key() + QStringLiteral(" = ") + quoted(it.value()) + u'\n').toUtf8();
    return writeServerFile(file(settingsFile), text);
}

Result<void> LocalServer::create(const Wait &wait) const
{
    if (const auto fits = checkSocketFolder(); !fits)
        return fits;
    return makeDataFolder(m_settings.dataFolder, [&](const QString &folder) -> Result<void> {
        const auto programs = serverProgramFolder();
        if (!programs)
            return Failure(programs.error());
        // Log files of 16 MB are the larger part of a small server's disk space.
        const int segmentMegabytes = m_settings.durable ? 16 : 4;
        const auto made = runServerProgram(
            *programs + QStringLiteral("/initdb"),
            {QStringLiteral("--pgdata=") + folder, QStringLiteral("--username=") + m_settings.superuser,
             QStringLiteral("--auth=trust"), QStringLiteral("--encoding=UTF8"), QStringLiteral("--locale=C.UTF-8"),
             QStringLiteral("--data-checksums"), QStringLiteral("--wal-segsize=%1").arg(segmentMegabytes),
             QStringLiteral("--no-sync"), QStringLiteral("--no-instructions")},
            wait);
        if (!made)
            return Failure(made.error());
        return appendServerFile(folder + QStringLiteral("/postgresql.conf"),
                                "\ninclude_if_exists = '" + QByteArray(settingsFile.data()) + "'\n");
    });
}

Result<void> LocalServer::createReplica(const LocalServer &primary, const Wait &wait) const
{
    if (const auto fits = checkSocketFolder(); !fits)
        return fits;
    return makeDataFolder(m_settings.dataFolder, [&](const QString &folder) -> Result<void> {
        const auto programs = serverProgramFolder(dataMajor(primary.m_settings.dataFolder));
        if (!programs)
            return Failure(programs.error());
        const QString from = QStringLiteral("--dbname=") + primary.conninfo();
        const QString slot = QStringLiteral("--slot=") + slotName();
        // By itself, because pg_basebackup refuses a slot that an interrupted attempt has left.
        const auto slotMade =
            runServerProgram(*programs + QStringLiteral("/pg_receivewal"),
                             {from, slot, QStringLiteral("--create-slot"), QStringLiteral("--if-not-exists")}, wait);
        if (!slotMade)
            return Failure(slotMade.error());
        const auto copied =
            runServerProgram(*programs + QStringLiteral("/pg_basebackup"),
                             {from, slot, QStringLiteral("--pgdata=") + folder, QStringLiteral("--write-recovery-conf"),
                              QStringLiteral("--checkpoint=fast"), QStringLiteral("--wal-method=stream"),
                              QStringLiteral("--no-sync"), QStringLiteral("--no-manifest")},
                             wait);
        if (!copied)
            return Failure(copied.error());
        QFile::remove(folder + QStringLiteral("/server.log"));
        return {};
    });
}

Result<void> LocalServer::start(const Wait &wait) const
{
    while (const qint64 running = pid()) {
        signalAll(processes(), SIGCONT);
        if (postmasterFile(m_settings.dataFolder).state != PostmasterState::Stopping)
            return awaitReady(running, wait);
        if (!pauseFor(pollInterval, wait))
            return ended(wait, m_settings.dataFolder);
    }
    const int major = dataMajor(m_settings.dataFolder);
    if (major == 0)
        return fail(ErrorCode::FileMissing, file(QStringLiteral("PG_VERSION")));
    const auto programs = serverProgramFolder(major);
    if (!programs)
        return Failure(programs.error());
    const auto user = serverUser();
    if (!user)
        return Failure(user.error());
    clearCrashRemains();
    if (const auto made = makeServerFolder(m_settings.socketFolder); !made)
        return made;
    if (const auto written = writeSettings(); !written)
        return written;
    if (QFileInfo(logFile()).size() > logLimit) {
        QFile::remove(logFile() + QStringLiteral(".1"));
        QFile::rename(logFile(), logFile() + QStringLiteral(".1"));
    }

    const qint64 logged = QFileInfo(logFile()).size();
    const auto launched = startDetached({*programs + QStringLiteral("/postgres"),
                                         {QStringLiteral("-D"), m_settings.dataFolder},
                                         m_settings.dataFolder,
                                         *user},
                                        logFile());
    if (!launched)
        return Failure(launched.error());
    auto ready = awaitReady(*launched, wait);
    if (!ready) {
        const Wait grace = Wait::forDuration(endGrace);
        static_cast<void>(stop(StopMode::Immediate, grace));
        if (ready.error().code == ErrorCode::ProgramFailed)
            return Failure(programError(m_settings.dataFolder, logSince(logFile(), logged)));
    }
    return ready;
}

Result<void> LocalServer::awaitReady(qint64 launched, const Wait &wait) const
{
    for (;;) {
        const PostmasterFile state = postmasterFile(m_settings.dataFolder);
        if (state.pid == launched && state.state == PostmasterState::Ready)
            return {};
        if (!processAlive(launched))
            return fail(ErrorCode::ProgramFailed, m_settings.dataFolder);
        if (!pauseFor(pollInterval, wait))
            return ended(wait, m_settings.dataFolder);
    }
}

Result<void> LocalServer::stop(StopMode mode, const Wait &wait) const
{
    // A frozen server can neither hear nor answer.
    signalAll(processes(), SIGCONT);
    const Milliseconds budget = wait.remaining();
    struct Step
    {
        int signal;
        Milliseconds until; ///< from the start of the call
    };
    std::vector<Step> steps{{SIGQUIT, budget * 9 / 10}};
    if (mode == StopMode::Fast)
        steps.insert(steps.begin(), {SIGINT, budget * 6 / 10});
    const auto begun = Clock::now();
    for (const Step &step : steps) {
        const qint64 postmaster = pid();
        if (postmaster == 0)
            break;
        kill(static_cast<pid_t>(postmaster), step.signal);
        const Wait patience(std::min(wait.deadline(), begun + step.until), wait.stopToken());
        while (processAlive(postmaster) && pauseFor(pollInterval, patience)) { }
        if (wait.stopRequested() && processAlive(postmaster))
            return ended(wait, m_settings.dataFolder);
    }
    clearCrashRemains();
    const Wait grace = Wait::forDuration(endGrace);
    while (!processes().empty()) {
        if (!pauseFor(pollInterval, grace))
            return ended(grace, m_settings.dataFolder);
    }
    return {};
}

void LocalServer::clearCrashRemains() const
{
    const std::vector<qint64> left = processes();
    signalAll(left, SIGKILL);
    const Wait grace = Wait::forDuration(endGrace);
    while (std::any_of(left.begin(), left.end(), processAlive) && pauseFor(pollInterval, grace)) { }
    removePostmasterFiles(m_settings.dataFolder, socketFile());
}

qint64 LocalServer::pid() const
{
    const qint64 recorded = postmasterFile(m_settings.dataFolder).pid;
    return recorded > 0 && isPostmasterOf(recorded, m_settings.dataFolder) ? recorded : 0;
}

bool LocalServer::isReady() const
{
    return isRunning() && postmasterFile(m_settings.dataFolder).state == PostmasterState::Ready;
}

std::vector<qint64> LocalServer::processes() const
{
    return processesIn(m_settings.dataFolder);
}

} // namespace shardhelm::pg
