// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <QCborMap>

namespace shardhelm::monitor::recording {

/// The reason why a server is down or degraded, as it is recorded. Kinds of errors are stored by name, so that another
/// version of the program words the same one; those that are no reason of a server become Internal.
QCborMap errorFact(const Error &error);
/// What errorFact() made.
Error errorOf(const QCborMap &fact);

} // namespace shardhelm::monitor::recording
