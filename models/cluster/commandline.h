// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace shardhelm {

/// A command of shardhelmctl as one types it into a shell, arguments quoted where needed.
QString commandText(const QStringList &arguments);

} // namespace shardhelm
