// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/types.h"

#include <QAbstractListModel>
#include <QDateTime>

#include <vector>

namespace shardhelm {

class Settings;

/// The clusters opened lately, newest first, kept in the settings.
class RecentClusters : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        PathRole = Qt::UserRole,
        EnvironmentRole, ///< cluster::Environment as int
        SeenRole, ///< QDateTime of the last good contact
    };

    /// `settings` outlives the list.
    explicit RecentClusters(Settings &settings, QObject *parent = nullptr);

    /// Puts a cluster first, or moves it there.
    void add(const QString &path, const QString &name, cluster::Environment environment);
    void remove(const QString &path);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Entry
    {
        QString path;
        QString name;
        cluster::Environment environment = cluster::Environment::Production;
        QDateTime seen;
    };
    void save();

    Settings &m_settings;
    std::vector<Entry> m_entries;
};

} // namespace shardhelm
