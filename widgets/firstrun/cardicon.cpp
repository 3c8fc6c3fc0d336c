// SPDX-License-Identifier: GPL-3.0-or-later
#include "firstrun/cardicon.h"

#include "theme/icons.h"
#include "theme/tokens.h"

#include <QPainter>

namespace shardhelm::ui {

CardIcon::CardIcon(const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_name(name)
{
    setFixedSize(20, 20);
}

void CardIcon::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintIcon(&painter, m_name, rect(), Tokens::of(this).text);
}

} // namespace shardhelm::ui
