// SPDX-License-Identifier: GPL-3.0-or-later
#include "firstrun/recentrow.h"

#include "cluster/recentclusters.h"
#include "common/text.h"
#include "mainwindow/badge.h"
#include "theme/fonts.h"
#include "theme/style.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
#include <QPainter>

namespace shardhelm::ui {

RecentRow::RecentRow(const QModelIndex &index, QWidget *parent)
    : QAbstractButton(parent)
    , m_path(index.data(RecentClusters::PathRole).toString())
    , m_seen(index.data(RecentClusters::SeenRole).toDateTime())
{
    m_file.environment = static_cast<cluster::Environment>(index.data(RecentClusters::EnvironmentRole).toInt());
    setText(index.data().toString());
    setObjectName(QStringLiteral("recent"));
    setAccessibleName(tr("Open %1, %2").arg(text(), environmentWord(m_file.environment).toLower()));
    setAccessibleDescription(m_path);
    setFixedHeight(32);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
}

void RecentRow::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::of(this);
    QPainter painter(this);
    if (underMouse())
        painter.fillRect(rect(), tokens.raised);
    const QString word = environmentWord(m_file.environment);
    paintBadge(&painter, QRectF(12, 7, 100, 18), word, environmentColor(m_file, tokens), tokens);
    painter.setFont(typeFont(Type::SmallStrong));
    painter.setPen(tokens.text);
    drawTabular(&painter, QRectF(126, 0, 200, height()), Qt::AlignLeft, text());
    painter.setFont(typeFont(Type::Small));
    painter.setPen(tokens.muted);
    const QString seen = tr("seen %1").arg(QLocale().toString(m_seen.toLocalTime(), QLocale::ShortFormat));
    const double wide = tabularWidth(QFontMetricsF(painter.font()), seen);
    painter.drawText(
        QRectF(334, 0, width() - 334 - wide - 30, height()), Qt::AlignVCenter | Qt::AlignLeft,
        painter.fontMetrics().elidedText(m_path, Qt::ElideMiddle, static_cast<int>(width() - 334 - wide - 30)));
    drawTabular(&painter, QRectF(width() - wide - 14, 0, wide + 2, height()), Qt::AlignRight, seen);
    painter.fillRect(QRect(0, height() - 1, width(), 1), tokens.border);
    if (hasFocus())
        Style::paintFocusRing(&painter, QRectF(rect()).adjusted(1, 0, -1, -1), tokens);
}

void RecentRow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Delete) {
        Q_EMIT removeRequested();
        return;
    }
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

void RecentRow::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Remove from the list\tDel")), &QAction::triggered, this, &RecentRow::removeRequested);
    menu->popup(event->globalPos());
}

} // namespace shardhelm::ui
