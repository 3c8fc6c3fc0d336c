// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/pipwidget.h"

#include "common/pip.h"

#include <QPainter>

namespace shardhelm::ui {

PipWidget::PipWidget(int size, QWidget *parent)
    : QWidget(parent)
    , m_size(size)
{
    setFixedSize(size + 4, size + 4);
}

void PipWidget::present(Condition condition)
{
    m_condition = condition;
    setToolTip(conditionWord(condition));
    setAccessibleName(conditionWord(condition));
    update();
}

void PipWidget::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintPip(&painter, rect(), m_condition, Tokens::of(this), m_size);
}

} // namespace shardhelm::ui
