// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessions/sessionsdelegate.h"

#include "common/pip.h"
#include "common/text.h"
#include "sessions/sessionsmodel.h"
#include "theme/fonts.h"

#include <QPainter>

#include <algorithm>

namespace shardhelm::ui {

namespace {

constexpr int inset = 8;
constexpr int pipWidth = 18;
constexpr int rowHeight = 24;
constexpr int step = 14; // of a level
constexpr int deepest = 8; // levels that still fit

} // namespace

QSize SessionsDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const QFontMetricsF metrics(typeFont(index.column() == SessionsModel::Query ? Type::Code : Type::SmallStrong));
    double width = tabularWidth(metrics, index.data().toString()) + 2 * inset + 2;
    if (index.column() == SessionsModel::Instance)
        width += pipWidth + (m_tree ? step * deepest : 0);
    return {static_cast<int>(width), rowHeight};
}

void SessionsDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Tokens &tokens = Tokens::of(option.widget);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    if (selected)
        painter->fillRect(option.rect, tokens.selection);
    else if (option.state.testFlag(QStyle::State_MouseOver))
        painter->fillRect(option.rect, tokens.raised);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), tokens.border);
    QRectF cell = QRectF(option.rect).adjusted(inset, 0, -inset, -1);
    const bool plain = selected && tokens.scheme == Scheme::HighContrast;
    const bool notPermitted = index.data(SessionsModel::NotPermittedRole).toBool();
    QVariant pip = notPermitted ? QVariant::fromValue(Condition::NotPermitted) : QVariant();
    if (index.column() == SessionsModel::Instance) {
        pip = index.data(SessionsModel::ConditionRole);
        if (m_tree) {
            const int level = std::min(index.data(SessionsModel::LevelRole).toInt(), deepest);
            if (level > 0) {
                // The branch from the row above.
                painter->setPen(QPen(plain ? tokens.selectionText : tokens.control, 1));
                const double x = cell.left() + (level - 1) * step + 5.5;
                const double y = std::floor(cell.center().y()) + 0.5;
                painter->drawLine(QPointF(x, cell.top()), QPointF(x, y));
                painter->drawLine(QPointF(x, y), QPointF(x + step - 5, y));
            }
            cell.setLeft(cell.left() + level * step);
        }
    }
    if (pip.isValid())
        paintPip(painter, QRectF(cell.left(), cell.top(), 12, cell.height()), pip.value<Condition>(), tokens, 9,
                 plain ? tokens.selectionText : QColor());
    if (pip.isValid() || index.column() == SessionsModel::Instance)
        cell.setLeft(cell.left() + pipWidth);
    const bool code = index.column() == SessionsModel::Query && !notPermitted;
    const bool marked = index.data(SessionsModel::MarkedRole).toBool();
    const bool faded = notPermitted || index.data(SessionsModel::FadedRole).toBool();
    QString text = notPermitted ? tr("not permitted") : index.data().toString();
    QColor ink = selected ? tokens.selectionText : faded ? tokens.stale : tokens.text;
    const auto alignment = static_cast<Qt::Alignment>(index.data(Qt::TextAlignmentRole).value<Qt::Alignment>());
    if (text.isEmpty()) {
        text = QStringLiteral("–");
        ink = selected ? tokens.selectionText : tokens.muted;
    }
    painter->setFont(typeFont(code ? Type::Code : marked ? Type::SmallStrong : Type::Small));
    painter->setPen(ink);
    drawTabular(painter, cell, alignment, text);
    painter->restore();
}

} // namespace shardhelm::ui
