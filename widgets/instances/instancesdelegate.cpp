// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/instancesdelegate.h"

#include "common/pip.h"
#include "common/sparkline.h"
#include "common/text.h"
#include "theme/fonts.h"

#include <QPainter>
#include <QStyleOptionViewItem>

namespace shardhelm::ui {

namespace {

constexpr int inset = 8;
constexpr int curveWidth = 46;
constexpr int barWidth = 32;
constexpr int rowHeight = 24;

} // namespace

InstancesDelegate::InstancesDelegate(const TableRoles &roles, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_roles(roles)
{
}

QSize InstancesDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const QFontMetricsF metrics(typeFont(Type::SmallStrong));
    double width = tabularWidth(metrics, index.data().toString()) + 2 * inset + 2;
    if (index.column() == m_roles.pipColumn)
        width += 20;
    if (!index.data(m_roles.curve).value<QList<double>>().isEmpty())
        width += curveWidth + 8;
    if (index.data(m_roles.share).isValid())
        width += barWidth + 8;
    return {static_cast<int>(width), rowHeight};
}

void InstancesDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Tokens &tokens = Tokens::of(option.widget);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool faded = index.data(m_roles.faded).toBool();
    const bool marked = index.data(m_roles.marked).toBool();
    const auto condition = index.data(m_roles.condition).value<Condition>();
    const bool worst = condition == Condition::Worst;
    painter->save();
    if (selected)
        painter->fillRect(option.rect, tokens.selection);
    else if (option.state.testFlag(QStyle::State_MouseOver))
        painter->fillRect(option.rect, tokens.raised);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), tokens.border);
    QColor ink = selected ? tokens.selectionText : faded ? tokens.stale : tokens.text;
    QRectF cell = QRectF(option.rect).adjusted(inset, 0, -inset, -1);

    if (index.column() == m_roles.pipColumn) {
        const bool plain = selected && tokens.scheme == Scheme::HighContrast;
        paintPip(painter, QRectF(cell.left(), cell.top(), 12, cell.height()), condition, tokens, 9,
                 plain ? tokens.selectionText : QColor());
        cell.setLeft(cell.left() + 20);
    }
    const bool notPermitted = index.data(m_roles.notPermitted).toBool();
    const auto curve = index.data(m_roles.curve).value<QList<double>>();
    if (!curve.isEmpty() && !notPermitted) {
        const QRectF place(cell.right() - curveWidth, cell.top() + 5, curveWidth, cell.height() - 10);
        const QColor line = selected ? tokens.selectionText : marked && worst ? tokens.bad : tokens.muted;
        paintSparkline(painter, place, std::vector<double>(curve.begin(), curve.end()), {line, 1.1, true});
        cell.setRight(place.left() - 8);
    }
    const QVariant share = index.data(m_roles.share);
    if (share.isValid()) {
        const QRectF bar(cell.left(), cell.center().y() - 4, barWidth, 8);
        painter->fillRect(bar, tokens.track);
        const QColor fill = marked ? tokens.warn : selected ? tokens.selectionText : tokens.muted;
        painter->fillRect(
            QRectF(bar.left(), bar.top(), bar.width() * std::clamp(share.toDouble(), 0.0, 1.0), bar.height()), fill);
        cell.setLeft(bar.right() + 8);
    }
    const bool strong = marked
        || (index.column() == m_roles.pipColumn
            && (worst || condition == Condition::Degraded || condition == Condition::Down));
    painter->setFont(typeFont(strong ? Type::SmallStrong : Type::Small));
    painter->setPen(ink);
    const auto alignment = static_cast<Qt::Alignment>(index.data(Qt::TextAlignmentRole).value<Qt::Alignment>());
    const QString text = index.data().toString();
    if (notPermitted) {
        const QColor sign = selected ? tokens.selectionText : tokens.stale;
        const QString words = tr("not permitted");
        const double wide = tabularWidth(QFontMetricsF(painter->font()), words);
        const bool spoken = cell.width() >= wide + 16;
        const double needed = spoken ? wide + 16 : 12;
        const double left = alignment.testFlag(Qt::AlignRight) ? cell.right() - needed : cell.left();
        paintPip(painter, QRectF(left, cell.top(), 12, cell.height()), Condition::NotPermitted, tokens, 9,
                 selected ? tokens.selectionText : QColor());
        if (spoken) {
            painter->setPen(sign);
            drawTabular(painter, QRectF(left + 16, cell.top(), wide + 1, cell.height()), Qt::AlignLeft, words);
        }
    } else if (text.isEmpty()) {
        // Unknown, or nothing that this kind of server has: never an empty cell, and never a zero.
        painter->setPen(selected ? tokens.selectionText : tokens.muted);
        drawTabular(painter, cell, alignment, QStringLiteral("–"));
    } else {
        drawTabular(painter, cell, alignment, text);
    }
    painter->restore();
}

} // namespace shardhelm::ui
