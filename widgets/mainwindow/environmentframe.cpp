// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow/environmentframe.h"

#include "mainwindow/badge.h"

#include <QPainter>

namespace shardhelm::ui {

void EnvironmentFrame::present(const cluster::ClusterFile &file, bool open)
{
    // The environment is known once the file has been read.
    const bool known = open && !file.name.isEmpty();
    if (m_open == known && m_file == file)
        return;
    m_file = file;
    m_open = known;
    update();
}

void EnvironmentFrame::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::of(this);
    QPainter painter(this);
    const QColor color = m_open ? environmentColor(m_file, tokens) : tokens.border;
    painter.fillRect(rect(), tokens.window);
    painter.fillRect(QRect(0, 0, width(), 3), color);
    painter.fillRect(QRect(0, 0, 2, height()), color);
    painter.fillRect(QRect(width() - 2, 0, 2, height()), color);
    painter.fillRect(QRect(0, height() - 2, width(), 2), color);
}

} // namespace shardhelm::ui
