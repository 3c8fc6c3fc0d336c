// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace shardhelm {

/// A figure with its unit without decimals that say nothing, for axes and round settings: "10.0 ms" becomes "10 ms",
/// "2.50 s" becomes "2.5 s".
QString shortened(const QString &figure);

} // namespace shardhelm
