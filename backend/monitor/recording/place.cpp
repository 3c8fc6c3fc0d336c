// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/recording/place.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>

#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace shardhelm::monitor::recording {

namespace {

/// $XDG_STATE_HOME, which QStandardPaths of Qt 6.4 does not know.
QString stateHome()
{
    const QString set = qEnvironmentVariable("XDG_STATE_HOME");
    return QDir::isAbsolutePath(set) ? set : QDir::homePath() + QStringLiteral("/.local/state");
}

} // namespace

QString stateFolder(const cluster::ClusterFile &file)
{
    const QByteArray directory =
        (file.directoryConninfo.isEmpty() ? file.directoryService : file.directoryConninfo).toUtf8();
    const QByteArray digest = QCryptographicHash::hash(directory, QCryptographicHash::Sha256).toHex().first(8);
    // The name is free text; percent encoding keeps it one folder below ours.
    const QByteArray name = file.name.toUtf8().toPercentEncoding({}, "./").left(100);
    return stateHome() + QStringLiteral("/shardhelm/") + QString::fromLatin1(name + '-' + digest);
}

QString ringPath(const cluster::ClusterFile &file)
{
    return stateFolder(file) + QStringLiteral("/recording.sqlite");
}

bool RingLock::take(const QString &path)
{
    if (m_descriptor >= 0)
        return true;
    const QByteArray name = QFile::encodeName(path + QStringLiteral(".lock"));
    const int descriptor = ::open(name.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    // What cannot be locked cannot be written either: opening the ring will say why.
    if (descriptor < 0)
        return true;
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        ::close(descriptor);
        return false;
    }
    m_descriptor = descriptor;
    return true;
}

void RingLock::release()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    m_descriptor = -1;
}

} // namespace shardhelm::monitor::recording
