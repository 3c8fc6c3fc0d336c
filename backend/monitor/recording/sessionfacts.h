// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/triage/session.h"

#include <QCborMap>

/// The sessions of a server while something is wrong with it, as a fact: those that run, wait, block or hold a
/// transaction open, with the locks they wait for.
namespace shardhelm::monitor::recording {

QString sessionsKind();

/// At most 200 sessions, those that matter most; statement texts are cut to 1,000 characters.
QCborMap sessionsFact(const SessionList &list);
/// What sessionsFact() kept; empty for a fact of another version.
SessionList sessionsOf(const QString &server, const QCborMap &fact);

} // namespace shardhelm::monitor::recording
