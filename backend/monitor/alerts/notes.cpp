// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/alerts/notes.h"

#include <algorithm>
#include <array>

namespace shardhelm::monitor::alerts {

namespace {

using Kind = Note::Kind;

struct Word
{
    Kind kind;
    QLatin1StringView word;
};
constexpr std::array words{
    Word{Kind::Raised, QLatin1StringView("alert raised")},
    Word{Kind::Cleared, QLatin1StringView("alert cleared")},
    Word{Kind::Acknowledged, QLatin1StringView("alert acknowledged")},
    Word{Kind::Muted, QLatin1StringView("alert muted")},
    Word{Kind::Unmuted, QLatin1StringView("alert unmuted")},
    Word{Kind::CommandRun, QLatin1StringView("alert command")},
};

/// Whether a mute of `muted` is about `subject`.
bool covers(const Subject &muted, const Subject &subject)
{
    return (muted.rule.isEmpty() || muted.rule == subject.rule)
        && (muted.server.isEmpty() || muted.server == subject.server);
}

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

} // namespace

QString wordOf(Kind kind)
{
    return std::ranges::find(words, kind, &Word::kind)->word;
}

std::optional<Kind> kindOf(const QString &word)
{
    const auto found = std::ranges::find_if(words, [&word](const Word &one) { return one.word == word; });
    return found == words.end() ? std::nullopt : std::optional(found->kind);
}

QJsonObject detailOf(const Note &note)
{
    QJsonObject detail = note.facts;
    detail.insert(QStringLiteral("rule"), textOrNull(note.subject.rule));
    detail.insert(QStringLiteral("server"), textOrNull(note.subject.server));
    detail.insert(QStringLiteral("instance"), textOrNull(note.instance));
    if (!note.reason.isEmpty())
        detail.insert(QStringLiteral("reason"), note.reason);
    if (note.until)
        detail.insert(QStringLiteral("until"), note.until->toUTC().toString(Qt::ISODateWithMs));
    return detail;
}

Note noteOf(Kind kind, const QJsonObject &detail)
{
    Note note;
    note.kind = kind;
    note.facts = detail;
    const auto take = [&note](QLatin1StringView key) {
        const QString text = note.facts.value(key).toString();
        note.facts.remove(key);
        return text;
    };
    note.subject.rule = take(QLatin1StringView("rule"));
    note.subject.server = take(QLatin1StringView("server"));
    note.instance = take(QLatin1StringView("instance"));
    note.reason = take(QLatin1StringView("reason"));
    const QDateTime until = QDateTime::fromString(take(QLatin1StringView("until")), Qt::ISODateWithMs);
    if (until.isValid())
        note.until = until;
    return note;
}

QJsonObject factsOf(const ActiveAlert &alert)
{
    QJsonObject facts{{QStringLiteral("severity"), cluster::alertSeverityWord(alert.severity)}};
    if (alert.figure) {
        facts.insert(QStringLiteral("value"), alert.figure->value);
        facts.insert(QStringLiteral("threshold"), alert.figure->threshold);
    } else if (!alert.reasons.empty()) {
        facts.insert(QStringLiteral("value"), alert.reasons.front().value);
    }
    if (!alert.runbook.isEmpty())
        facts.insert(QStringLiteral("runbook"), alert.runbook);
    return facts;
}

Handling handlingOf(const Subject &subject, const std::vector<Note> &notes, const QDateTime &now)
{
    Handling acknowledged;
    std::vector<std::pair<Subject, Handling>> mutes;
    for (const Note &note : notes) {
        const bool same = note.subject == subject;
        const Handling told{note.kind == Kind::Muted ? Handling::Kind::Muted : Handling::Kind::Acknowledged, note.who,
                            note.reason, note.at, note.until};
        if (note.kind == Kind::Acknowledged && same)
            acknowledged = told;
        else if (note.kind == Kind::Cleared && same)
            acknowledged = {};
        else if (note.kind == Kind::Muted || note.kind == Kind::Unmuted)
            std::erase_if(mutes, [&note](const auto &mute) { return mute.first == note.subject; });
        if (note.kind == Kind::Muted && covers(note.subject, subject))
            mutes.emplace_back(note.subject, told);
    }
    std::erase_if(mutes, [&now](const auto &mute) { return mute.second.until && *mute.second.until <= now; });
    return mutes.empty() ? acknowledged : mutes.back().second;
}

std::vector<AlertState> openAlerts(const std::vector<Note> &notes, const QDateTime &now)
{
    std::vector<AlertState> open;
    for (const Note &note : notes) {
        if (note.kind != Kind::Raised && note.kind != Kind::Cleared)
            continue;
        std::erase_if(open, [&note](const AlertState &state) { return state.alert.subject == note.subject; });
        if (note.kind == Kind::Cleared)
            continue;
        AlertState state;
        state.alert.subject = note.subject;
        state.alert.instance = note.instance;
        state.alert.since = note.at;
        state.alert.severity = cluster::alertSeverityOf(note.facts.value(QLatin1StringView("severity")).toString())
                                   .value_or(cluster::AlertSeverity::Warning);
        state.alert.runbook = note.facts.value(QLatin1StringView("runbook")).toString();
        open.push_back(std::move(state));
    }
    for (AlertState &state : open)
        state.handling = handlingOf(state.alert.subject, notes, now);
    return open;
}

} // namespace shardhelm::monitor::alerts
