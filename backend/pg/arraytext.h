// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

namespace shardhelm::pg {

/// Elements of a one-dimensional array in PostgreSQL's output form; NULL elements become null strings, a null text no
/// elements.
QStringList arrayElements(const QByteArray &text);

} // namespace shardhelm::pg
