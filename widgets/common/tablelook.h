// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QTableView;

namespace shardhelm::ui {

/// Gives a table of rows the look and behaviour that all of them share: rows of 24 px and no grid, whole rows chosen,
/// several at once, nothing edited, columns that can be moved below a head of 25 px.
void dressTable(QTableView &table);

} // namespace shardhelm::ui
