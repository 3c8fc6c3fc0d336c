// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/alerts/alert.h"

#include <QJsonObject>

namespace shardhelm::monitor::alerts {

/// One entry of the journal about alerts: everything that was raised, cleared, acknowledged or muted, by whom and why.
struct Note
{
    enum class Kind { Raised, Cleared, Acknowledged, Muted, Unmuted, CommandRun };
    Kind kind = Kind::Raised;
    QDateTime at;
    QString who;
    QString host;
    Subject subject;
    QString instance;
    QString reason; ///< of an acknowledgement or a mute
    std::optional<QDateTime> until; ///< of a mute; nothing: until it is taken back
    QJsonObject facts; ///< of the alert, or of the command that was run

    bool operator==(const Note &) const = default;
};

/// What is written into column `what` of the journal: "alert raised", "alert muted", …
QString wordOf(Note::Kind kind);
std::optional<Note::Kind> kindOf(const QString &word);

/// Column `detail` of the journal, and back. `who`, `host`, `at` and the kind are columns of their own.
QJsonObject detailOf(const Note &note);
Note noteOf(Note::Kind kind, const QJsonObject &detail);

/// The facts of an alert as JSON: value, threshold, severity, runbook.
QJsonObject factsOf(const ActiveAlert &alert);

/// How people have dealt with an alert.
struct Handling
{
    enum class Kind { Open, Acknowledged, Muted };
    Kind kind = Kind::Open;
    QString by;
    QString reason;
    QDateTime at; ///< since when it is acknowledged or muted
    std::optional<QDateTime> until; ///< of a mute with an end

    bool operator==(const Handling &) const = default;
};

/// What the notes, oldest first, say about an alert now. A mute of its subject, of its rule everywhere or of its server
/// as a whole holds until it ends or is taken back; an acknowledgement until the alert is cleared.
Handling handlingOf(const Subject &subject, const std::vector<Note> &notes, const QDateTime &now);

/// An alert and how people have dealt with it.
struct AlertState
{
    ActiveAlert alert;
    Handling handling;

    bool operator==(const AlertState &) const = default;
};

/// Alerts that the notes, oldest first, have as raised and not yet cleared, with what the notes tell of them.
std::vector<AlertState> openAlerts(const std::vector<Note> &notes, const QDateTime &now);

} // namespace shardhelm::monitor::alerts
