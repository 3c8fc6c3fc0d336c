// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/factdelegate.h"

#include "common/pip.h"
#include "common/text.h"
#include "instances/factmodel.h"
#include "theme/fonts.h"

#include <QPainter>

#include <algorithm>

namespace shardhelm::ui {

namespace {

constexpr int inset = 8;
constexpr int barWidth = 44;
constexpr int pipWidth = 16;
constexpr int rowHeight = 24;

} // namespace

QSize FactDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const bool code = index.data(FactModel::CodeRole).toBool();
    const QFontMetricsF metrics(typeFont(code ? Type::Code : Type::SmallStrong));
    double width = tabularWidth(metrics, index.data().toString()) + 2 * inset + 2;
    width += index.data(FactModel::ShareRole).isValid() ? barWidth + 8 : 0;
    width += index.data(FactModel::PipRole).isValid() ? pipWidth : 0;
    return {static_cast<int>(width), rowHeight};
}

void FactDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Tokens &tokens = Tokens::of(option.widget);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool marked = index.data(FactModel::MarkedRole).toBool();
    painter->save();
    if (selected)
        painter->fillRect(option.rect, tokens.selection);
    else if (option.state.testFlag(QStyle::State_MouseOver))
        painter->fillRect(option.rect, tokens.raised);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), tokens.border);
    QRectF cell = QRectF(option.rect).adjusted(inset, 0, -inset, -1);
    const bool plain = selected && tokens.scheme == Scheme::HighContrast;

    const QVariant share = index.data(FactModel::ShareRole);
    if (share.isValid()) {
        const QRectF bar(cell.left(), cell.center().y() - 4, barWidth, 8);
        painter->fillRect(bar, tokens.track);
        const QColor fill = marked ? tokens.warn : selected ? tokens.selectionText : tokens.muted;
        painter->fillRect(
            QRectF(bar.left(), bar.top(), bar.width() * std::clamp(share.toDouble(), 0.0, 1.0), bar.height()), fill);
        cell.setLeft(bar.right() + 8);
    }
    const bool notPermitted = index.data(FactModel::NotPermittedRole).toBool();
    const QVariant pip = notPermitted ? QVariant::fromValue(Condition::NotPermitted) : index.data(FactModel::PipRole);
    QString text = notPermitted ? tr("not permitted") : index.data().toString();
    const bool code = index.data(FactModel::CodeRole).toBool();
    painter->setFont(typeFont(code ? Type::Code : marked ? Type::SmallStrong : Type::Small));
    const auto alignment = static_cast<Qt::Alignment>(index.data(Qt::TextAlignmentRole).value<Qt::Alignment>());
    if (pip.isValid()) {
        const double wide = std::min(cell.width() - pipWidth, tabularWidth(QFontMetricsF(painter->font()), text));
        const double left = alignment.testFlag(Qt::AlignRight) ? cell.right() - wide - pipWidth : cell.left();
        paintPip(painter, QRectF(left, cell.top(), 12, cell.height()), pip.value<Condition>(), tokens, 9,
                 plain ? tokens.selectionText : QColor());
        cell.setLeft(left + pipWidth);
    }
    const bool faded = notPermitted || index.data(FactModel::FadedRole).toBool();
    QColor ink = selected ? tokens.selectionText : faded ? tokens.stale : tokens.text;
    if (text.isEmpty()) {
        // Unknown, or nothing that this row has: never an empty cell, and never a zero.
        text = QStringLiteral("–");
        ink = selected ? tokens.selectionText : tokens.muted;
    }
    painter->setPen(ink);
    // A statement of several lines stands on one.
    drawTabular(painter, cell, alignment, code ? text.simplified() : text);
    painter->restore();
}

} // namespace shardhelm::ui
