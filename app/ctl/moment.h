// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QDateTime>
#include <QString>

namespace shardhelm::ctl {

/// A moment as it is typed for options like --at: "now"; "-15min", that long before `now`; "14:02" and "14:02:30", the
/// last such time of day at or before `now`; "2026-11-20 14:02"; ISO 8601 with or without a zone, else the local one.
/// UsageBad names `option`.
Result<QDateTime> momentFrom(const QString &option, const QString &text, const QDateTime &now);

/// A moment with its zone, for people: "2026-11-20 14:02:30 CET".
QString momentText(qint64 ms);

/// The forms of momentFrom(), for help texts.
QString momentHelp();

} // namespace shardhelm::ctl
