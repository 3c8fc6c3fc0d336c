// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace shardhelm::cluster {

/// A text[] in PostgreSQL's input form, for a parameter cast to text[]; null strings become NULL.
QString textArray(const QStringList &values);

} // namespace shardhelm::cluster
