// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleetask.h"

#include "sql/parser.h"
#include "wording/errors.h"

#include <algorithm>

namespace shardhelm::ctl {

FleetAsk::FleetAsk(cluster::ClusterFile file, MapSource source, std::vector<monitor::Target> targets,
                   pg::PasswordSource *passwords)
    : m_file(std::move(file))
    , m_source(std::move(source))
    , m_targets(std::move(targets))
    , m_passwords(passwords)
{
}

Result<FleetAsk> FleetAsk::open(const Invocation &call, const QStringList &names, const Wait &wait)
{
    auto file = cluster::readClusterFile(call.clusterFilePath());
    if (!file)
        return Failure(file.error());
    auto source = openMap(call, *file, QStringLiteral("sessions"), wait);
    if (!source)
        return Failure(source.error());
    std::vector<monitor::Target> targets = monitor::targets(*file, &source->map);
    for (const QString &name : names) {
        const bool known = std::ranges::any_of(
            targets, [&](const monitor::Target &target) { return target.name == name || target.instance == name; });
        if (!known)
            return shardhelm::fail(ErrorCode::InstanceUnknown, name);
    }
    if (!names.isEmpty())
        std::erase_if(targets, [&](const monitor::Target &target) {
            return !names.contains(target.name) && !names.contains(target.instance);
        });
    return FleetAsk(std::move(*file), std::move(*source), std::move(targets), call.passwords);
}

std::vector<pg::FanOutReply> FleetAsk::ask(const std::vector<std::pair<QString, std::vector<pg::Statement>>> &questions,
                                           Milliseconds timeout, const Wait &wait)
{
    std::vector<pg::FanOutTask> tasks;
    std::vector<size_t> indexes;
    std::vector<pg::FanOutReply> replies;
    for (const auto &[server, statements] : questions) {
        replies.push_back({shardhelm::fail(ErrorCode::InstanceUnknown, server), 0, false, 0, {}});
        const auto target = std::ranges::find(m_targets, server, &monitor::Target::name);
        if (target == m_targets.end())
            continue;
        pg::FanOutTask task;
        task.spec.name = target->name;
        task.spec.conninfo = target->conninfo;
        task.spec.purpose = QStringLiteral("sessions");
        task.spec.passwords = m_passwords;
        task.statements = statements;
        indexes.push_back(replies.size() - 1);
        tasks.push_back(std::move(task));
    }
    m_fanOut->run(
        tasks, timeout, [&](size_t index, pg::FanOutReply reply) { replies[indexes[index]] = std::move(reply); }, wait);
    return replies;
}

QStringList FleetSessions::warnings() const
{
    QStringList sentences;
    for (const auto &[server, error] : failures) {
        const QString advice = error.code == ErrorCode::TooManyConnections ? u' ' + wording::advice(error) : QString();
        sentences.append(QStringLiteral("%1: %2%3").arg(server, wording::sentence(error), advice));
    }
    for (const monitor::SessionList &list : lists) {
        if (!list.seesAll)
            sentences.append(QStringLiteral("%1: not permitted: sessions of others").arg(list.server));
    }
    return sentences;
}

FleetSessions readFleetSessions(FleetAsk &fleet, const QStringList &servers, Milliseconds timeout, const Wait &wait)
{
    std::vector<std::pair<QString, std::vector<pg::Statement>>> questions;
    for (const monitor::Target &target : fleet.targets()) {
        if (servers.isEmpty() || servers.contains(target.name))
            questions.emplace_back(target.name, monitor::sessionStatements());
    }
    const std::vector<pg::FanOutReply> replies = fleet.ask(questions, timeout, wait);
    FleetSessions sessions;
    sql::Parser parser;
    for (size_t index = 0; index < replies.size(); ++index) {
        const QString &server = questions[index].first;
        auto list = monitor::readSessions(server, replies[index], parser);
        if (list)
            sessions.lists.push_back(std::move(*list));
        else
            sessions.failures.emplace_back(server, list.error());
    }
    return sessions;
}

} // namespace shardhelm::ctl
