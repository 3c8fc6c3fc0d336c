// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <QString>

namespace shardhelm::wording {

/// One sentence: what failed, where, and what was found there. No secrets, no SQLSTATE.
QString sentence(const Error &error);
/// What to do about it, one sentence, or empty.
QString advice(const Error &error);
/// SQLSTATE, instance and server text for the small line below, or empty.
QString technical(const Error &error);

} // namespace shardhelm::wording
