// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace shardhelm::ui {

/// A table that leaves single-key commands to the window.
class ServerTable : public QTableView
{
    Q_OBJECT
public:
    using QTableView::QTableView;

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace shardhelm::ui
