// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/recording/content.h"
#include "monitor/sample.h"

/// What of a ServerSample is no number, as facts of three kinds by how often they change.
namespace shardhelm::monitor::recording {

/// Who the server is: role, version, place, limits. Changes with a restart or a change of the fleet.
QString serverKind();
/// How it stands: state, reason, which alerts there are, who is in the way. Changes when something happens.
QString stateKind();
/// What the state rests on: figures of the alerts, wait events, slots. Changes all the time; recorded less often.
QString detailKind();

QCborMap serverFact(const ServerSample &sample);
QCborMap stateFact(const ServerSample &sample);
QCborMap detailFact(const ServerSample &sample);

/// Sets what a fact of its kind says; a fact of a later version than ours is passed over.
void applyServerFact(ServerSample &sample, const QCborMap &fact);
void applyStateFact(ServerSample &sample, const QCborMap &fact);
void applyDetailFact(ServerSample &sample, const QCborMap &fact);

} // namespace shardhelm::monitor::recording
