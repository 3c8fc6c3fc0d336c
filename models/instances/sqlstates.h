// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace shardhelm {

/// PostgreSQL's name of an SQLSTATE ("deadlock_detected"), or of its class; empty for an unknown one.
QString sqlStateName(const QString &sqlState);

} // namespace shardhelm
