// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/markers.h"

#include "cluster/directory.h"
#include "core/sqltext.h"
#include "monitor/recording/place.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSysInfo>

#include <algorithm>
#include <cerrno>

namespace shardhelm::monitor {

namespace {

/// A file of markers that somebody wrote by hand could be anything.
constexpr qint64 mostFileBytes = 4 << 20;

QString localPath(const cluster::ClusterFile &file)
{
    return recording::stateFolder(file) + QStringLiteral("/markers.jsonl");
}

QJsonObject objectOf(const Marker &marker)
{
    return {{QStringLiteral("text"), marker.text},
            {QStringLiteral("at"), QDateTime::fromMSecsSinceEpoch(marker.at, Qt::UTC).toString(Qt::ISODateWithMs)}};
}

Result<void> addToJournal(const cluster::ClusterFile &file, const Marker &marker, pg::PasswordSource *passwords,
                          const Wait &wait)
{
    auto directory = cluster::Directory::open(file, QStringLiteral("marker"), wait, passwords);
    if (!directory)
        return Failure(directory.error());
    auto recorded = directory->record(QStringLiteral("marker"),
                                      QJsonDocument(objectOf(marker)).toJson(QJsonDocument::Compact), wait);
    if (!recorded)
        return recorded;
    // Consoles that are open look at once instead of within half a minute. It stands whether they do or not.
    (void)directory->connection().run("NOTIFY shardhelm_marker", wait);
    return {};
}

Result<void> addToFile(const cluster::ClusterFile &file, const Marker &marker)
{
    const QString path = localPath(file);
    if (!QDir().mkpath(recording::stateFolder(file)))
        return fail(ErrorCode::FileUnwritable, path);
    QFile target(path);
    // Unbuffered and appending: one write per line, which two consoles do not mix.
    errno = 0;
    if (!target.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered))
        return fail(ErrorCode::FileUnwritable, path, target.errorString());
    target.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    const QByteArray line = QJsonDocument(objectOf(marker)).toJson(QJsonDocument::Compact) + '\n';
    if (target.write(line) != line.size())
        return fail(errno == ENOSPC ? ErrorCode::DiskFull : ErrorCode::FileUnwritable, path, target.errorString());
    return {};
}

} // namespace

Result<MarkerPlace> setMarker(const cluster::ClusterFile &file, Marker marker, pg::PasswordSource *passwords,
                              const Wait &wait)
{
    marker.text = marker.text.simplified();
    if (marker.text.isEmpty() || marker.text.size() > longestMarker)
        return fail(ErrorCode::UsageBad, QStringLiteral("TEXT"), marker.text.left(longestMarker),
                    {QString::number(longestMarker)});
    MarkerPlace place;
    if (file.directoryQueries.isEmpty()) {
        const auto added = addToJournal(file, marker, passwords, wait);
        place.inJournal = added.has_value();
        if (!added)
            place.why = added.error();
    }
    if (!place.inJournal) {
        if (const auto added = addToFile(file, marker); !added)
            return Failure(added.error());
    }
    return place;
}

Result<std::vector<Marker>> journalMarkers(pg::Connection &directory, qint64 since, const Wait &wait)
{
    const auto rows = directory.query(sqlText("monitor/markers"), pg::Params(since), wait);
    if (!rows)
        return Failure(rows.error());
    std::vector<Marker> markers;
    for (int row = 0; row < rows->count(); ++row)
        markers.push_back({rows->integer(row, 0), rows->text(row, 1), rows->text(row, 2), rows->text(row, 3)});
    return markers;
}

Result<std::vector<Marker>> localMarkers(const cluster::ClusterFile &file, qint64 since)
{
    std::vector<Marker> markers;
    QFile source(localPath(file));
    if (!source.exists())
        return markers;
    if (!source.open(QIODevice::ReadOnly))
        return fail(ErrorCode::FileUnreadable, source.fileName(), source.errorString());
    if (source.size() > mostFileBytes)
        source.seek(source.size() - mostFileBytes);
    const QList<QByteArray> lines = source.readAll().split('\n');
    for (const QByteArray &line : lines) {
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        const QString text = object.value(QLatin1StringView("text")).toString().simplified().left(longestMarker);
        const QDateTime at = QDateTime::fromString(object.value(QLatin1StringView("at")).toString(), Qt::ISODateWithMs);
        if (!text.isEmpty() && at.isValid() && at.toMSecsSinceEpoch() >= since)
            markers.push_back({at.toMSecsSinceEpoch(), text, {}, QSysInfo::machineHostName()});
    }
    return markers;
}

std::vector<Marker> mergedMarkers(std::vector<Marker> journal, const std::vector<Marker> &local)
{
    journal.insert(journal.end(), local.begin(), local.end());
    std::ranges::stable_sort(journal, {}, &Marker::at);
    const auto same = [](const Marker &a, const Marker &b) { return a.at == b.at && a.text == b.text; };
    journal.erase(std::unique(journal.begin(), journal.end(), same), journal.end());
    return journal;
}

} // namespace shardhelm::monitor
