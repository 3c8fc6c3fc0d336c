// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/detailtab.h"

namespace shardhelm::ui {

DetailTab::DetailTab(QWidget *parent)
    : QWidget(parent)
{
}

} // namespace shardhelm::ui
