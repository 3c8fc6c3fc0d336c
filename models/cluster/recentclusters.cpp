// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/recentclusters.h"

#include "cluster/settings.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace shardhelm {

namespace {

constexpr size_t longest = 8;

QString listKey()
{
    return QStringLiteral("recent/clusters");
}

} // namespace

RecentClusters::RecentClusters(Settings &settings, QObject *parent)
    : QAbstractListModel(parent)
    , m_settings(settings)
{
    for (const QString &line : settings.list(listKey())) {
        const QJsonObject object = QJsonDocument::fromJson(line.toUtf8()).object();
        Entry entry;
        entry.path = object.value(QLatin1StringView("path")).toString();
        entry.name = object.value(QLatin1StringView("name")).toString();
        entry.environment = static_cast<cluster::Environment>(
            std::clamp(object.value(QLatin1StringView("environment")).toInt(2), 0, 2));
        entry.seen = QDateTime::fromString(object.value(QLatin1StringView("seen")).toString(), Qt::ISODate);
        if (!entry.path.isEmpty())
            m_entries.push_back(entry);
    }
}

void RecentClusters::add(const QString &path, const QString &name, cluster::Environment environment)
{
    if (path.isEmpty())
        return;
    beginResetModel();
    std::erase_if(m_entries, [&](const Entry &entry) { return entry.path == path; });
    m_entries.insert(m_entries.begin(), {path, name, environment, QDateTime::currentDateTimeUtc()});
    if (m_entries.size() > longest)
        m_entries.resize(longest);
    endResetModel();
    save();
}

void RecentClusters::remove(const QString &path)
{
    beginResetModel();
    std::erase_if(m_entries, [&](const Entry &entry) { return entry.path == path; });
    endResetModel();
    save();
}

void RecentClusters::save()
{
    QStringList lines;
    for (const Entry &entry : m_entries) {
        const QJsonObject object{{QStringLiteral("path"), entry.path},
                                 {QStringLiteral("name"), entry.name},
                                 {QStringLiteral("environment"), static_cast<int>(entry.environment)},
                                 {QStringLiteral("seen"), entry.seen.toString(Qt::ISODate)}};
        lines << QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
    }
    m_settings.setList(listKey(), lines);
}

int RecentClusters::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant RecentClusters::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Entry &entry = m_entries[static_cast<size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return entry.name;
    case Qt::ToolTipRole:
    case PathRole:
        return entry.path;
    case EnvironmentRole:
        return static_cast<int>(entry.environment);
    case SeenRole:
        return entry.seen;
    default:
        return {};
    }
}

} // namespace shardhelm
