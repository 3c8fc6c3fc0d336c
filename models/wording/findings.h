// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/check.h"

#include <QString>

namespace shardhelm::wording {

/// One sentence: what was found and where.
QString sentence(const cluster::Finding &finding);
/// What to do about it, one sentence, or empty.
QString advice(const cluster::Finding &finding);
/// "stop", "warn", "info": not translated, JSON has them.
QString severityName(cluster::FindingSeverity severity);

} // namespace shardhelm::wording
