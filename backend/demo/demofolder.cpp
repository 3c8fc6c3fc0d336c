// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/demofolder.h"

#include "core/pause.h"
#include "core/process.h"
#include "core/savefile.h"
#include "demo/demoservers.h"
#include "pg/localfiles.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStandardPaths>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace shardhelm::demo {

namespace {

constexpr int stateFormat = 1;
constexpr int firstPort = 5432;
constexpr int leastZones = 2;
constexpr int mostInZone = 16;
constexpr QLatin1StringView stateName("demo.json");
constexpr QLatin1StringView formatKey("shardhelm_demo");

Failure unwritable(const QString &path, int number)
{
    const ErrorCode code = number == ENOSPC || number == EDQUOT ? ErrorCode::DiskFull : ErrorCode::FileUnwritable;
    return fail(code, path, QString::fromLocal8Bit(std::strerror(number)));
}

Failure belongsTo(const QString &path, const QString &owner)
{
    const auto us = SystemUser::numbered(geteuid());
    return fail(ErrorCode::FolderNotOurs, path, owner, {us ? us->name : QString::number(geteuid())});
}

/// Entries of a folder, hidden ones too.
QStringList entries(const QString &path)
{
    return QDir(path).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
}

/// Makes a folder and its parents so that the servers' user can enter them, whatever the umask.
Result<void> makeFolder(const QString &path)
{
    if (QFileInfo::exists(path))
        return QFileInfo(path).isDir() ? Result<void>() : unwritable(path, ENOTDIR);
    if (const auto made = makeFolder(QFileInfo(path).absolutePath()); !made)
        return made;
    const QByteArray name = QFile::encodeName(path);
    if (mkdir(name.constData(), 0755) != 0 && errno != EEXIST)
        return unwritable(path, errno);
    if (geteuid() == 0 && chmod(name.constData(), 0755) != 0)
        return unwritable(path, errno);
    return {};
}

/// A folder short and plain enough for socket names and connection strings: inside the demo's, else in /tmp.
Result<QString> chooseSocketFolder(const QString &path)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9/._-]{1,80}$"));
    if (plain.match(path).hasMatch())
        return path + QStringLiteral("/sockets");
    char name[] = "/tmp/shardhelm-XXXXXX";
    if (!mkdtemp(name))
        return unwritable(QStringLiteral("/tmp"), errno);
    // The servers' user makes it anew, as its own, at the first start.
    rmdir(name);
    return QString::fromLatin1(name);
}

QString layoutName(cluster::Layout layout)
{
    return layout == cluster::Layout::Rows ? QStringLiteral("rows") : QStringLiteral("schema");
}

} // namespace

QString DemoFolder::defaultPath()
{
    if (geteuid() == 0)
        return QStringLiteral("/var/lib/shardhelm/demo");
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/shardhelm/demo");
}

Result<DemoFolder> DemoFolder::open(const QString &path)
{
    const QFileInfo folder(path);
    if (!folder.exists() || (folder.isDir() && folder.isReadable() && entries(path).isEmpty()))
        return fail(ErrorCode::DemoMissing, path);
    if (folder.ownerId() != geteuid())
        return belongsTo(path, folder.owner());
    QFile file(path + u'/' + stateName);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::FolderNotOurs, path);
    const QJsonObject state = QJsonDocument::fromJson(file.readAll()).object();
    if (state.value(formatKey).toInt() != stateFormat)
        return fail(ErrorCode::FolderNotOurs, path, stateName);

    DemoFolder result;
    result.m_path = folder.absoluteFilePath();
    result.m_madeAs = state.value(u"folder").toString();
    result.m_sockets = state.value(u"sockets").toString();
    result.m_complete = state.value(u"complete").toBool();
    DemoSettings &settings = result.m_settings;
    settings.instances = state.value(u"instances").toInt();
    settings.replicas = state.value(u"replicas").toInt();
    settings.logicalShards = state.value(u"logical_shards").toInt();
    settings.layout = state.value(u"layout").toString() == u"rows" ? cluster::Layout::Rows : cluster::Layout::Schema;
    settings.tenants = state.value(u"tenants").toInt();
    settings.scale = state.value(u"scale").toDouble();
    if (settings.instances < 1 || settings.replicas < 0 || !result.m_sockets.startsWith(u'/'))
        return fail(ErrorCode::FolderNotOurs, path, stateName);
    return result;
}

Result<DemoFolder> DemoFolder::create(const QString &path, const DemoSettings &settings)
{
    if (const auto made = makeFolder(path); !made)
        return Failure(made.error());
    const QFileInfo folder(path);
    if (folder.ownerId() != geteuid())
        return belongsTo(path, folder.owner());
    if (const QStringList found = entries(path); !found.isEmpty())
        return fail(ErrorCode::FolderNotOurs, path, found.first());
    const auto sockets = chooseSocketFolder(folder.absoluteFilePath());
    if (!sockets)
        return Failure(sockets.error());

    DemoFolder result;
    result.m_path = folder.absoluteFilePath();
    result.m_madeAs = result.m_path;
    result.m_sockets = *sockets;
    result.m_settings = settings;
    if (const auto saved = result.save(); !saved)
        return Failure(saved.error());
    return result;
}

Result<void> DemoFolder::save() const
{
    const QJsonObject state{
        {formatKey, stateFormat},
        {QStringLiteral("folder"), m_madeAs},
        {QStringLiteral("sockets"), m_sockets},
        {QStringLiteral("complete"), m_complete},
        {QStringLiteral("instances"), m_settings.instances},
        {QStringLiteral("replicas"), m_settings.replicas},
        {QStringLiteral("logical_shards"), m_settings.logicalShards},
        {QStringLiteral("layout"), layoutName(m_settings.layout)},
        {QStringLiteral("tenants"), m_settings.tenants},
        {QStringLiteral("scale"), m_settings.scale},
    };
    return saveFile(m_path + u'/' + stateName, QJsonDocument(state).toJson());
}

Result<void> DemoFolder::markComplete()
{
    m_complete = true;
    return save();
}

DemoServer DemoFolder::serverFor(const QString &name, int port) const
{
    pg::LocalServer::Settings settings;
    settings.dataFolder = m_path + u'/' + QString(name).replace(u'/', QStringLiteral("-replica-"));
    settings.socketFolder = m_sockets;
    settings.port = port;
    settings.parameters = serverParameters(name);
    return {name, monitor::Role::Primary, name.section(u'/', 0, 0), QString(), pg::LocalServer(settings)};
}

std::vector<DemoServer> DemoFolder::servers() const
{
    // Ports only name sockets, no server listens on the network: none can be taken by another program.
    int port = firstPort;
    DemoServer directory = serverFor(QStringLiteral("directory"), port++);
    directory.role = monitor::Role::Directory;
    std::vector<DemoServer> all;
    const int zones = std::max(leastZones, (m_settings.instances + mostInZone - 1) / mostInZone);
    const int inZone = (m_settings.instances + zones - 1) / zones;
    for (int index = 0; index < m_settings.instances; ++index) {
        const QString zone(QChar(u'a' + index / inZone));
        const QString name = zone + QString::number(1 + index % inZone);
        for (int replica = 0; replica <= m_settings.replicas; ++replica) {
            DemoServer &server =
                all.emplace_back(serverFor(replica == 0 ? name : name + u'/' + QString::number(replica), port++));
            server.role = replica == 0 ? monitor::Role::Primary : monitor::Role::Replica;
            server.zone = QStringLiteral("zone-") + zone;
        }
    }
    all.push_back(directory);
    return all;
}

Result<void> DemoFolder::remove() const
{
    const std::vector<DemoServer> all = servers();
    for (const DemoServer &server : all) {
        const QString data = server.server.settings().dataFolder;
        for (const QString &folder : {data, QString(data + QStringLiteral(".part"))}) {
            if (const auto removed = pg::removeFolder(folder); !removed)
                return removed;
        }
    }
    if (const auto removed = pg::removeFolder(m_sockets); !removed)
        return removed;
    QFile::remove(clusterFile());
    // The mark goes last: until then an interrupted removal can be taken up again.
    QFile::remove(m_path + u'/' + stateName);
    QDir().rmdir(m_path);
    return {};
}

DemoLock::DemoLock(int descriptor)
    : m_descriptor(descriptor)
{
}

DemoLock::DemoLock(DemoLock &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

DemoLock &DemoLock::operator=(DemoLock &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

DemoLock::~DemoLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Result<DemoLock> DemoLock::lock(const QString &path, const Wait &wait)
{
    const QByteArray name = QFile::encodeName(path);
    for (;;) {
        if (const auto made = makeFolder(path); !made)
            return Failure(made.error());
        // The folder itself is locked: no file of ours lies in it before it is known to be ours.
        DemoLock lock(::open(name.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (lock.m_descriptor < 0)
            return unwritable(path, errno);
        while (flock(lock.m_descriptor, LOCK_EX | LOCK_NB) != 0) {
            if (!pauseFor(Milliseconds(20), wait))
                return fail(wait.stopRequested() ? ErrorCode::Cancelled : ErrorCode::TimedOut, path);
        }
        // Its last holder may have removed it meanwhile; then this lock is on nothing.
        struct stat locked
        {
        };
        struct stat current
        {
        };
        if (fstat(lock.m_descriptor, &locked) == 0 && stat(name.constData(), &current) == 0
            && locked.st_ino == current.st_ino && locked.st_dev == current.st_dev)
            return lock;
    }
}

} // namespace shardhelm::demo
