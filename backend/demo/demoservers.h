// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>

namespace shardhelm::demo {

/// postgresql.conf settings of a demo server: fit for moves between instances, watched well, small in memory and on
/// disk. `name` becomes cluster_name, which process lists and replication views show.
QMap<QString, QString> serverParameters(const QString &name);

} // namespace shardhelm::demo
