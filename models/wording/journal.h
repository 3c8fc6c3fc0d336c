// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/journalread.h"
#include "monitor/alerts/notes.h"

#include <QString>

namespace shardhelm::wording {

/// The detail of an entry in one line: "rule blocked_sessions, server a1, value 7".
QString detailText(const QJsonObject &detail);

} // namespace shardhelm::wording
