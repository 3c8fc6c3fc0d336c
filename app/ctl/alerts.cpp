// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"

#include "alerttable.h"
#include "cluster/quantities.h"
#include "monitor/alerts/journal.h"
#include "wording/errors.h"

#include <algorithm>

namespace shardhelm::ctl {

namespace {

using namespace monitor::alerts;

constexpr Milliseconds patience{10000};

/// What the commands begin with: the journal and all that stands in it.
struct Opened
{
    cluster::ClusterFile file;
    Journal journal;
    std::vector<Note> notes;
};

Result<Opened> open(const Invocation &call, const Wait &wait)
{
    auto file = cluster::readClusterFile(call.clusterFilePath());
    if (!file)
        return Failure(file.error());
    Journal journal(*file, call.passwords);
    std::vector<Note> notes = journal.read(wait);
    return Opened{std::move(*file), std::move(journal), std::move(notes)};
}

QStringList warningsOf(const Journal &journal)
{
    if (!journal.directoryError())
        return {};
    return {Text::tr("The directory's journal cannot be read, only what this computer kept is known: %1")
                .arg(wording::sentence(*journal.directoryError()))};
}

Exit list(const Invocation &call)
{
    const Wait wait = call.wait(patience);
    const auto opened = open(call, wait);
    if (!opened)
        return call.fail(opened.error());
    const auto alerts = openAlerts(opened->notes, QDateTime::currentDateTimeUtc());
    const QStringList warnings = warningsOf(opened->journal);
    const bool forPeople = call.value(QStringLiteral("format")) == QLatin1StringView("table");
    call.print(forPeople ? alertSummary(alerts) : alertTable(alerts), warnings.isEmpty(), warnings);
    if (warnings.isEmpty())
        return Exit::Done;
    return call.strict() ? Exit::Failed : Exit::Partial;
}

/// Keeps a note, and says when other consoles will not see it.
Exit keep(const Invocation &call, Opened &opened, const Note &note, const Wait &wait)
{
    const auto added = opened.journal.add(note, wait);
    if (!added)
        return call.fail(added.error());
    if (opened.journal.directoryError())
        call.say(Text::tr("Kept on this computer only: %1").arg(wording::sentence(*opened.journal.directoryError())));
    return Exit::Done;
}

Exit acknowledge(const Invocation &call)
{
    const Wait wait = call.wait(patience);
    auto opened = open(call, wait);
    if (!opened)
        return call.fail(opened.error());
    QStringList names;
    for (const AlertState &state : openAlerts(opened->notes, QDateTime::currentDateTimeUtc()))
        names << alertName(state.alert.subject);
    const QString name = call.arguments.first();
    if (!names.contains(name))
        return call.fail(Error{ErrorCode::UsageBad, QStringLiteral("ALERT"), name, names, 0, std::nullopt});
    Note note;
    note.kind = Note::Kind::Acknowledged;
    note.subject = alertOf(name);
    note.reason = call.value(QStringLiteral("reason"));
    return keep(call, *opened, note, wait);
}

/// The subject of a mute; a rule that does not exist would silence nothing.
Result<Subject> subjectOfMute(const QString &name)
{
    const Subject subject = alertOf(name);
    if ((subject.rule.isEmpty() && subject.server.isEmpty())
        || (!subject.rule.isEmpty() && !cluster::alertRule(subject.rule))) {
        QStringList rules;
        for (const cluster::AlertRule &rule : cluster::alertRules())
            rules << rule.name;
        return fail(ErrorCode::UsageBad, QStringLiteral("ALERT"), name, rules);
    }
    return subject;
}

Exit mute(const Invocation &call)
{
    const Wait wait = call.wait(patience);
    const auto subject = subjectOfMute(call.arguments.first());
    if (!subject)
        return call.fail(subject.error());
    Note note;
    note.kind = Note::Kind::Muted;
    note.subject = *subject;
    note.reason = call.value(QStringLiteral("reason"));
    if (call.has(QStringLiteral("for"))) {
        const auto duration = cluster::durationFromText(call.value(QStringLiteral("for")));
        if (!duration || *duration <= Milliseconds(0))
            return call.fail(Error{ErrorCode::UsageBad,
                                   QStringLiteral("--for"),
                                   call.value(QStringLiteral("for")),
                                   {QStringLiteral("30min"), QStringLiteral("2h"), QStringLiteral("7d")},
                                   0,
                                   std::nullopt});
        note.until = QDateTime::currentDateTimeUtc().addMSecs(duration->count());
    }
    auto opened = open(call, wait);
    return opened ? keep(call, *opened, note, wait) : call.fail(opened.error());
}

Exit unmute(const Invocation &call)
{
    const Wait wait = call.wait(patience);
    auto opened = open(call, wait);
    if (!opened)
        return call.fail(opened.error());
    Note note;
    note.kind = Note::Kind::Unmuted;
    note.subject = alertOf(call.arguments.first());
    // Only what is muted can be unmuted.
    QStringList muted;
    for (const Note &one : opened->notes) {
        if (one.kind == Note::Kind::Unmuted)
            muted.removeAll(alertName(one.subject));
        if (one.kind == Note::Kind::Muted && (!one.until || *one.until > QDateTime::currentDateTimeUtc()))
            muted << alertName(one.subject);
    }
    muted.removeDuplicates();
    if (!muted.contains(alertName(note.subject)))
        return call.fail(
            Error{ErrorCode::UsageBad, QStringLiteral("ALERT"), call.arguments.first(), muted, 0, std::nullopt});
    return keep(call, *opened, note, wait);
}

Option reasonOption()
{
    Option option{QStringLiteral("reason"), QStringLiteral("TEXT"), Text::tr("why; everybody sees it")};
    option.required = true;
    return option;
}

} // namespace

std::vector<Command> alertCommands()
{
    const Argument which{QStringLiteral("ALERT"), Text::tr("as \"alerts list\" writes it: RULE@SERVER, or RULE")};
    const Argument muted{QStringLiteral("ALERT"),
                         Text::tr("RULE@SERVER, RULE for every server, or @SERVER for every rule")};
    return {
        {QStringLiteral("alerts list"),
         Text::tr("List the alerts that are raised, and who looks after them"),
         {},
         {},
         list,
         Text::tr("What consoles and \"watch\" have written to the directory's journal, or kept on this computer. It "
                  "takes one of them to raise and to clear alerts; \"watch --once\" looks now.")},
        {QStringLiteral("alerts ack"),
         Text::tr("Acknowledge a raised alert: somebody looks after it"),
         {which},
         {reasonOption()},
         acknowledge},
        {QStringLiteral("alerts mute"),
         Text::tr("Silence alerts: no notification and no command"),
         {muted},
         {reasonOption(),
          {QStringLiteral("for"), QStringLiteral("TIME"),
           Text::tr("for how long: 30min, 2h, 7d; until \"alerts unmute\" when left out")}},
         mute},
        {QStringLiteral("alerts unmute"), Text::tr("Take a mute back"), {muted}, {}, unmute},
    };
}

} // namespace shardhelm::ctl
