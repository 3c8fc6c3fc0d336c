// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/health.h"

#include <QString>

namespace shardhelm::wording {

/// A few words for a narrow place: "p99 41×", "lag 42 s".
QString headline(const monitor::Alert &alert);
/// One sentence: the figure, and what it is measured by.
QString sentence(const monitor::Alert &alert);
/// What to do about it, one sentence, or empty.
QString advice(const monitor::Alert &alert);

} // namespace shardhelm::wording
