// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/check.h"
#include "demo/load.h"
#include "export/table.h"

#include <QJsonObject>

/// Loads and checks as documents, tables and lines.
namespace shardhelm::ctl {

/// "12 s   1480 per s   p99 4.1 ms   3 retries   …"
QString progressText(const demo::LoadProgress &progress);

QJsonObject loadJson(const demo::LoadResult &result, const QString &ledger);
/// One row of the figures.
Table loadTable(const demo::LoadResult &result);

QJsonObject checkJson(const demo::CheckResult &result);
/// One row of the figures, for programs.
Table checkTable(const demo::CheckResult &result);
/// A row per figure, for people.
Table checkSummary(const demo::CheckResult &result);
/// A row per thing found wrong.
Table offenceTable(const std::vector<demo::Offence> &offences);

} // namespace shardhelm::ctl
