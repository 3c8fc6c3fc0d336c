// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/localcopy.h"

#include "cluster/dump.h"
#include "cluster/dumpdocument.h"
#include "core/savefile.h"
#include "pg/conninfo.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

namespace shardhelm::cluster {

namespace {

constexpr int copiesKept = 50;

/// Names sort by time.
QString copyName(const QByteArray &document)
{
    const QString epoch = QJsonDocument::fromJson(document).object().value(dump::mapEpochKey).toString();
    const QString time = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyy-MM-ddTHH-mm-ss-zzz"));
    return QStringLiteral("%1-epoch-%2.json").arg(time, epoch);
}

/// Names of the copies, oldest first.
QStringList copiesIn(const QDir &folder)
{
    return folder.entryList({QStringLiteral("*-epoch-*.json")}, QDir::Files, QDir::Name);
}

void removeOldCopies(const QDir &folder)
{
    const QStringList copies = copiesIn(folder);
    for (qsizetype i = 0; i + copiesKept < copies.size(); ++i)
        QFile::remove(folder.filePath(copies[i]));
}

/// What a directory is told apart by: its place, not how one logs in there.
QByteArray placeOf(const ClusterFile &file)
{
    QByteArray place = file.directoryService.toUtf8();
    if (const auto conninfo = pg::Conninfo::parse(file.directoryConninfo)) {
        for (const char *keyword : {"service", "host", "hostaddr", "port", "dbname"})
            place += '\n' + conninfo->value(QLatin1StringView(keyword)).toUtf8();
    }
    return QCryptographicHash::hash(place, QCryptographicHash::Sha256).toHex().left(12);
}

Result<LocalCopy> readCopy(const ClusterFile &file, const QString &path)
{
    QFile stored(path);
    if (!stored.open(QIODevice::ReadOnly))
        return fail(ErrorCode::FileUnreadable, path, stored.errorString());
    const auto document = openDump(path, stored.readAll());
    if (!document)
        return Failure(document.error());
    auto map = mapOfDump(path, *document, file);
    if (!map)
        return Failure(map.error());
    const QString written = document->value(dump::dumpedAtKey).toString();
    return LocalCopy{path, QDateTime::fromString(written, Qt::ISODateWithMs).toUTC(), std::move(*map)};
}

} // namespace

QString localCopyFolder(const ClusterFile &file)
{
    // The name is free text; percent encoding keeps it one folder below ours.
    const QByteArray name = file.name.toUtf8().toPercentEncoding({}, "./") + '-' + placeOf(file);
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
        + QStringLiteral("/shardhelm/directory-copies/") + QString::fromLatin1(name);
}

Result<QString> saveLocalCopy(pg::Connection &directory, const QString &folder, const Wait &wait)
{
    const auto document = dumpDirectory(directory, DumpScope::WithoutHistory, wait);
    if (!document)
        return Failure(document.error());
    if (!QDir().mkpath(folder))
        return fail(ErrorCode::FileUnwritable, folder);
    const QDir target(folder);
    const QString path = target.filePath(copyName(*document));
    if (const auto saved = saveFile(path, *document, QFile::ReadOwner | QFile::WriteOwner); !saved)
        return Failure(saved.error());
    removeOldCopies(target);
    return path;
}

Result<LocalCopy> readLocalCopy(const ClusterFile &file, const QString &folder)
{
    const QDir place(folder);
    const QStringList copies = copiesIn(place);
    for (auto name = copies.crbegin(); name != copies.crend(); ++name) {
        // One that was cut short or damaged leaves the one before it.
        if (auto copy = readCopy(file, place.filePath(*name)))
            return copy;
    }
    return fail(ErrorCode::FileMissing, folder);
}

} // namespace shardhelm::cluster
