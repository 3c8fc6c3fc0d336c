// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/detail/asker.h"

#include <QMap>
#include <QString>

#include <optional>
#include <vector>

namespace shardhelm::monitor::detail {

/// One row of pg_settings: what a new session gets.
struct Setting
{
    QString name;
    QString value; ///< in `unit`
    QString unit; ///< "8kB", "ms"; empty for none
    QString source; ///< "configuration file", "default"
    QString file; ///< where it was set; empty when unknown or not permitted
    int line = 0;
    bool pendingRestart = false;
    QString context; ///< "postmaster": changing it takes a restart
    QString description; ///< the server's one-line help, English
    bool isDefault = true; ///< the value built in

    bool operator==(const Setting &) const = default;
};

/// What to ask a server.
std::vector<pg::Statement> settingsQuestions();
std::vector<Setting> readSettings(const pg::Rows &rows);

/// A setting that one server has otherwise than most of the servers compared, or that waits for a restart there.
struct SettingDifference
{
    Setting here;
    std::optional<QString> majority; ///< what most others have; nullopt: no value is had by more than half of them
    int agreeing = 0; ///< others that have `majority`
    int compared = 0; ///< others that have the setting at all
    QMap<QString, QStringList> others; ///< value -> the servers that have it, this one left out

    bool operator==(const SettingDifference &) const = default;
};

/// Settings of `server` that differ from the majority of the others, and those that wait for a restart, by name.
/// Left out: what names the server itself (port, folders, cluster_name, its primary). Pure.
std::vector<SettingDifference> settingDifferences(const QMap<QString, std::vector<Setting>> &servers,
                                                  const QString &server);

/// Settings of the servers of a fleet that answered.
struct FleetSettings
{
    QString server;
    std::vector<SettingDifference> differences; ///< of `server` against the others
    int compared = 0; ///< other servers that answered
    QMap<QString, Error> missed; ///< servers asked that did not
};

/// Asks `targets`, with `server` among them. Fails with the error of `server` itself. Blocking.
Result<FleetSettings> readFleetSettings(Asker &asker, const std::vector<Target> &targets, const QString &server,
                                        const Wait &wait);

} // namespace shardhelm::monitor::detail
