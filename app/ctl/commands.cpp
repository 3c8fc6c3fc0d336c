// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"

#include <iterator>

namespace shardhelm::ctl {

std::vector<Option> commonOptions()
{
    return {
        {QStringLiteral("cluster"), QStringLiteral("FILE"),
         Text::tr("cluster file; else $SHARDHELM_CLUSTER, else cluster.toml in the user's configuration folder")},
        {QStringLiteral("format"),
         QStringLiteral("FORMAT"),
         Text::tr("how data is written to stdout"),
         QStringLiteral("table"),
         {QStringLiteral("table"), QStringLiteral("json"), QStringLiteral("csv"), QStringLiteral("tsv")}},
        {QStringLiteral("quiet"), {}, Text::tr("say nothing on stderr but errors")},
        {QStringLiteral("strict"), {}, Text::tr("fail when an instance is missing, instead of a partial result")},
        {QStringLiteral("help"), {}, Text::tr("show help and exit")},
        {QStringLiteral("version"), {}, Text::tr("show the version and exit")},
    };
}

std::vector<Command> allCommands()
{
    std::vector<Command> commands;
    const auto add = [&commands](std::vector<Command> group) {
        commands.insert(commands.end(), std::make_move_iterator(group.begin()), std::make_move_iterator(group.end()));
    };
    add(directoryCommands());
    add(instanceCommands());
    add(statusCommands());
    add(sessionCommands());
    add(signalCommands());
    add(watchCommands());
    add(alertCommands());
    add(journalCommands());
    add(locateCommands());
    add(markerCommands());
    add(recordCommands());
    add(reportCommands());
    add(demoCommands());
    add(demoLoadCommands());
    add(helpCommands());
    return commands;
}

} // namespace shardhelm::ctl
