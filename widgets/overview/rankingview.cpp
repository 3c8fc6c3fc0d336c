// SPDX-License-Identifier: GPL-3.0-or-later
#include "overview/rankingview.h"

#include "cluster/rankingmodel.h"
#include "common/pip.h"
#include "common/text.h"
#include "common/viewkeys.h"
#include "theme/fonts.h"

#include <QFrame>
#include <QPainter>
#include <QResizeEvent>
#include <QScrollBar>
#include <QStyleOptionViewItem>
#include <QTextLayout>

namespace shardhelm::ui {

namespace {

constexpr int wordsLeft = 50;

/// The reason broken into at most two lines.
QStringList reasonLines(const QString &reason, int width)
{
    QTextLayout layout(reason, typeFont(Type::Small));
    QStringList lines;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid() && lines.size() < 2; line = layout.createLine()) {
        line.setLineWidth(width);
        lines << (lines.isEmpty() ? reason.mid(line.textStart(), line.textLength()).trimmed()
                                  : QFontMetrics(typeFont(Type::Small))
                                        .elidedText(reason.mid(line.textStart()), Qt::ElideRight, width));
    }
    layout.endLayout();
    return lines;
}

} // namespace

RankingView::RankingView(RankingModel &model, QWidget *parent)
    : QListView(parent)
{
    setObjectName(QStringLiteral("ranking"));
    setAccessibleName(tr("Ranking"));
    setModel(&model);
    setItemDelegate(new RankingDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setMouseTracking(true);
    connect(this, &QAbstractItemView::activated, this,
            [this](const QModelIndex &index) { Q_EMIT serverChosen(index.data(RankingModel::ServerRole).toString()); });
}

void RankingView::resizeEvent(QResizeEvent *event)
{
    QListView::resizeEvent(event);
    scheduleDelayedItemsLayout();
}

void RankingView::keyPressEvent(QKeyEvent *event)
{
    if (isSingleKeyCommand(event))
        event->ignore();
    else
        QListView::keyPressEvent(event);
}

void RankingView::paintEvent(QPaintEvent *event)
{
    QListView::paintEvent(event);
    if (model()->rowCount() > 0)
        return;
    QPainter painter(viewport());
    const Tokens &tokens = Tokens::of(this);
    painter.setFont(typeFont(Type::Small));
    painter.setPen(tokens.muted);
    painter.drawText(viewport()->rect().adjusted(12, 12, -12, -12), Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap,
                     tr("Nobody stands out."));
}

QSize RankingDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *view = qobject_cast<const QListView *>(option.widget);
    const int width = view ? view->viewport()->width() : option.rect.width();
    const auto lines = reasonLines(index.data(RankingModel::ReasonRole).toString(), width - wordsLeft - 12).size();
    return {width, 8 + 18 + 16 * static_cast<int>(lines) + 6};
}

void RankingDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Tokens &tokens = Tokens::of(option.widget);
    const QRect row = option.rect;
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    if (selected)
        painter->fillRect(row, tokens.selection);
    else if (option.state.testFlag(QStyle::State_MouseOver))
        painter->fillRect(row, tokens.raised);
    const QColor text = selected ? tokens.selectionText : tokens.text;
    const QColor muted = selected ? tokens.selectionText : tokens.muted;
    painter->setFont(typeFont(Type::Small));
    painter->setPen(muted);
    drawTabular(painter, QRectF(row.left() + 8, row.top() + 6, 16, 18), Qt::AlignLeft,
                QString::number(index.row() + 1));
    const bool marked = selected && tokens.scheme == Scheme::HighContrast;
    paintPip(painter, QRectF(row.left() + 28, row.top() + 6, 16, 18),
             index.data(RankingModel::ConditionRole).value<Condition>(), tokens, 9,
             marked ? tokens.selectionText : QColor());
    painter->setFont(typeFont(Type::SmallStrong));
    painter->setPen(text);
    const QString headline = index.data(RankingModel::HeadlineRole).toString();
    const double wide = tabularWidth(QFontMetricsF(painter->font()), headline);
    const double right = row.right() - 11;
    drawTabular(painter, QRectF(right - wide, row.top() + 6, wide + 1, 18), Qt::AlignRight, headline);
    drawTabular(painter, QRectF(row.left() + wordsLeft, row.top() + 6, right - wide - 8 - row.left() - wordsLeft, 18),
                Qt::AlignLeft, index.data(RankingModel::ServerRole).toString());
    painter->setFont(typeFont(Type::Small));
    painter->setPen(muted);
    int top = row.top() + 24;
    for (const QString &line :
         reasonLines(index.data(RankingModel::ReasonRole).toString(), row.width() - wordsLeft - 12)) {
        drawTabular(painter, QRectF(row.left() + wordsLeft, top, row.width() - wordsLeft - 8, 16), Qt::AlignLeft, line);
        top += 16;
    }
    painter->fillRect(QRect(row.left(), row.bottom(), row.width(), 1), tokens.border);
    painter->restore();
}

} // namespace shardhelm::ui
