// SPDX-License-Identifier: GPL-3.0-or-later
#include "overview/rankingview.h"

#include "cluster/fleet.h"
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

RankingView::RankingView(const Fleet &fleet, RankingModel &model, QWidget *parent)
    : QListView(parent)
    , m_fleet(fleet)
{
    setObjectName(QStringLiteral("ranking"));
    setAccessibleName(tr("Ranking"));
    setModel(&model);
    setItemDelegate(new RankingDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setMouseTracking(true);
    connect(&fleet, &Fleet::sampled, viewport(), qOverload<>(&QWidget::update));
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
    const bool sampled = m_fleet.hasSample();
    const QRectF area = QRectF(viewport()->rect()).adjusted(16, 12, -16, -12);
    const QString words = sampled ? tr("Who is down or stale, is slower than the fleet, waits for locks, falls behind "
                                       "or runs out of connections stands here, the worst first.")
                                  : tr("Servers are ranked once they have answered.");
    painter.setFont(typeFont(Type::Small));
    const Qt::Alignment flags = Qt::AlignTop | Qt::AlignHCenter;
    const double wordsHeight = painter.boundingRect(area, static_cast<int>(flags | Qt::TextWordWrap), words).height();
    // A third above the middle, where the eye looks first.
    double top = area.top() + std::max(0.0, (area.height() - wordsHeight - 52) / 3);
    paintPip(&painter, QRectF(area.left(), top, area.width(), 20), sampled ? Condition::Healthy : Condition::Connecting,
             tokens, 12);
    top += 26;
    painter.setFont(typeFont(Type::Strong));
    painter.setPen(tokens.text);
    drawTabular(&painter, QRectF(area.left(), top, area.width(), 18), Qt::AlignHCenter,
                sampled ? tr("Nobody stands out") : tr("No sample yet"));
    top += 24;
    painter.setFont(typeFont(Type::Small));
    painter.setPen(tokens.muted);
    painter.drawText(QRectF(area.left(), top, area.width(), area.bottom() - top),
                     static_cast<int>(flags | Qt::TextWordWrap), words);
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
