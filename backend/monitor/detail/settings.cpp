// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/detail/settings.h"

#include "core/sqltext.h"

#include <QSet>

#include <algorithm>

namespace shardhelm::monitor::detail {

namespace {

constexpr Milliseconds timeout{5000};

/// Settings that are a server's own by their nature.
bool isOwn(const QString &name)
{
    static const QSet<QString> own{
        QStringLiteral("port"),
        QStringLiteral("data_directory"),
        QStringLiteral("config_file"),
        QStringLiteral("hba_file"),
        QStringLiteral("ident_file"),
        QStringLiteral("external_pid_file"),
        QStringLiteral("unix_socket_directories"),
        QStringLiteral("cluster_name"),
        QStringLiteral("primary_conninfo"),
        QStringLiteral("primary_slot_name"),
        QStringLiteral("shared_memory_size"),
        QStringLiteral("shared_memory_size_in_huge_pages"),
        QStringLiteral("in_hot_standby"),
        QStringLiteral("transaction_read_only"),
    };
    return own.contains(name) || name.startsWith(QLatin1StringView("shardhelm."));
}

} // namespace

std::vector<pg::Statement> settingsQuestions()
{
    return {{sqlText("detail/settings"), {}}};
}

std::vector<Setting> readSettings(const pg::Rows &rows)
{
    std::vector<Setting> settings;
    settings.reserve(static_cast<size_t>(rows.count()));
    for (int row = 0; row < rows.count(); ++row) {
        Setting setting;
        setting.name = rows.text(row, rows.column("name"));
        setting.value = rows.text(row, rows.column("value"));
        setting.unit = rows.text(row, rows.column("unit"));
        setting.source = rows.text(row, rows.column("source"));
        setting.file = rows.text(row, rows.column("file"));
        setting.line = static_cast<int>(rows.integer(row, rows.column("line")));
        setting.pendingRestart = rows.boolean(row, rows.column("pending_restart"));
        setting.context = rows.text(row, rows.column("context"));
        setting.description = rows.text(row, rows.column("description"));
        setting.isDefault = rows.boolean(row, rows.column("is_default"));
        settings.push_back(std::move(setting));
    }
    return settings;
}

std::vector<SettingDifference> settingDifferences(const QMap<QString, std::vector<Setting>> &servers,
                                                  const QString &server)
{
    QMap<QString, QMap<QString, QStringList>> others; // setting -> value -> servers
    for (auto it = servers.cbegin(); it != servers.cend(); ++it) {
        if (it.key() == server)
            continue;
        for (const Setting &setting : it.value())
            others[setting.name][setting.value].append(it.key());
    }
    std::vector<SettingDifference> differences;
    for (const Setting &setting : servers.value(server)) {
        if (isOwn(setting.name))
            continue;
        SettingDifference difference;
        difference.here = setting;
        difference.others = others.value(setting.name);
        for (auto it = difference.others.cbegin(); it != difference.others.cend(); ++it) {
            difference.compared += static_cast<int>(it->size());
            if (it->size() > difference.agreeing) {
                difference.agreeing = static_cast<int>(it->size());
                difference.majority = it.key();
            }
        }
        if (2 * difference.agreeing <= difference.compared && difference.others.size() > 1) {
            difference.majority.reset();
            difference.agreeing = 0;
        }
        // Without a majority this server is one of several kinds, and that is worth seeing too.
        const bool differs = difference.compared > 0
            && (difference.majority ? *difference.majority != setting.value : difference.others.size() > 1);
        if (differs || setting.pendingRestart)
            differences.push_back(std::move(difference));
    }
    std::sort(differences.begin(), differences.end(),
              [](const auto &a, const auto &b) { return a.here.name < b.here.name; });
    return differences;
}

Result<FleetSettings> readFleetSettings(Asker &asker, const std::vector<Target> &targets, const QString &server,
                                        const Wait &wait)
{
    std::vector<Question> questions;
    for (const Target &target : targets)
        questions.push_back({target, settingsQuestions()});
    QMap<QString, std::vector<Setting>> settings;
    FleetSettings result;
    result.server = server;
    asker.ask(
        questions, timeout,
        [&](size_t index, const Answer &answer) {
            const QString &name = targets[index].name;
            if (!answer)
                result.missed.insert(name, answer.error());
            else if (!answer->front())
                result.missed.insert(name, answer->front().error());
            else
                settings.insert(name, readSettings(*answer->front()));
        },
        wait);
    if (result.missed.contains(server))
        return Failure(result.missed.value(server));
    result.compared = std::max(0, static_cast<int>(settings.size()) - 1);
    result.differences = settingDifferences(settings, server);
    return result;
}

} // namespace shardhelm::monitor::detail
