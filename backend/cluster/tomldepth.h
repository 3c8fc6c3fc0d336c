// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace shardhelm::cluster {

/// Line (1-based) on which TOML text nests arrays, inline tables or dotted keys deeper than `limit`, or 0. To be asked
/// before the text is parsed: the parser goes one call deeper per level and a hostile file would overflow its stack.
int lineNestedDeeper(const QByteArray &text, int limit);

} // namespace shardhelm::cluster
