// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/servertable.h"

#include "common/viewkeys.h"

namespace shardhelm::ui {

void ServerTable::keyPressEvent(QKeyEvent *event)
{
    if (isSingleKeyCommand(event))
        event->ignore();
    else
        QTableView::keyPressEvent(event);
}

} // namespace shardhelm::ui
