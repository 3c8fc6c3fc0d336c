// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/incident.h"

#include <QByteArray>
#include <QDateTime>

namespace shardhelm {

/// The report as one HTML file in UTF-8 that needs nothing else: no script, no resources from anywhere, curves as SVG,
/// light and dark as the reader's system has it, black on white when printed. Times are local, with their zone. No
/// secrets: texts were redacted when they were recorded, and are once more. Well-formed XML, too. Pure.
QByteArray incidentHtml(const Incident &incident, const QDateTime &made);

} // namespace shardhelm
