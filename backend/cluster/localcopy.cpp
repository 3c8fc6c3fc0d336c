// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/localcopy.h"

#include "cluster/dump.h"
#include "core/savefile.h"

#include <QDateTime>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTimeZone>

namespace shardhelm::cluster {

namespace {

constexpr int copiesKept = 50;

/// Names sort by time.
QString copyName(const QByteArray &document)
{
    const QString epoch = QJsonDocument::fromJson(document).object().value(QLatin1StringView("map_epoch")).toString();
    const QString time = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyy-MM-ddTHH-mm-ss-zzz"));
    return QStringLiteral("%1-epoch-%2.json").arg(time, epoch);
}

void removeOldCopies(const QDir &folder)
{
    const QStringList copies = folder.entryList({QStringLiteral("*-epoch-*.json")}, QDir::Files, QDir::Name);
    for (qsizetype i = 0; i + copiesKept < copies.size(); ++i)
        QFile::remove(folder.filePath(copies[i]));
}

} // namespace

QString localCopyFolder(const ClusterFile &file)
{
    // The name is free text; percent encoding keeps it one folder below ours.
    const QByteArray name = file.name.toUtf8().toPercentEncoding({}, "./");
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

} // namespace shardhelm::cluster
