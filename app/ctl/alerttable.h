// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "export/table.h"
#include "monitor/alerts/desk.h"

#include <QJsonObject>

namespace shardhelm::ctl {

/// What an alert is called on the command line: "blocked_sessions@a1", "unreachable", "@a1" (mutes only).
QString alertName(const monitor::alerts::Subject &subject);
/// What a name means; RULE@SERVER as alertName() writes it.
monitor::alerts::Subject alertOf(const QString &name);

/// Alerts and how they are dealt with, every figure, for programs.
Table alertTable(const std::vector<monitor::alerts::AlertState> &alerts);
/// The same for people.
Table alertSummary(const std::vector<monitor::alerts::AlertState> &alerts);

/// One event for programs, and the same as a row.
QJsonObject eventObject(const monitor::alerts::ToldEvent &event);
Table eventTable(const monitor::alerts::ToldEvent &event);
/// One line for people.
QString eventLine(const monitor::alerts::ToldEvent &event);

} // namespace shardhelm::ctl
