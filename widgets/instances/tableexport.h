// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "export/table.h"

#include <functional>

class QMenu;
class QWidget;

namespace shardhelm::ui {

/// `table` in a format: "csv", "tsv", "json" or "md".
QByteArray exportedTable(const Table &table, const QString &format);

/// Fills an export menu: a file in each format, the clipboard as Markdown. `table` gives what is shown when an entry is
/// chosen, `name` the suggested file name without its ending. `parent` of the dialogs.
void fillExportMenu(QMenu *menu, QWidget *parent, std::function<Table()> table, std::function<QString()> name);

} // namespace shardhelm::ui
