// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/text.h"

#include <QFontMetricsF>
#include <QPainter>

#include <cmath>

namespace shardhelm::ui {

namespace {

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

double digitCell(const QFontMetricsF &metrics)
{
    double widest = 0;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit)
        widest = std::max(widest, metrics.horizontalAdvance(QChar(digit)));
    return widest;
}

} // namespace

double tabularWidth(const QFontMetricsF &metrics, const QString &text)
{
    const double cell = digitCell(metrics);
    double width = 0;
    qsizetype from = 0;
    while (from < text.size()) {
        if (isDigit(text.at(from))) {
            width += cell;
            ++from;
            continue;
        }
        qsizetype to = from;
        while (to < text.size() && !isDigit(text.at(to)))
            ++to;
        width += metrics.horizontalAdvance(text.mid(from, to - from));
        from = to;
    }
    return width;
}

void drawTabular(QPainter *painter, const QRectF &rect, Qt::Alignment alignment, const QString &text)
{
    const QFontMetricsF metrics(painter->font(), painter->device());
    QString shown = text;
    double width = tabularWidth(metrics, shown);
    if (width > rect.width() + 0.5) {
        // Digits in cells are a little wider than the plain text that the metrics can cut.
        const double excess = width - metrics.horizontalAdvance(shown);
        shown = metrics.elidedText(text, Qt::ElideRight, rect.width() - std::max(0.0, excess));
        width = tabularWidth(metrics, shown);
    }
    const double cell = digitCell(metrics);
    double x = rect.left();
    if (alignment.testFlag(Qt::AlignRight))
        x = rect.right() - width;
    else if (alignment.testFlag(Qt::AlignHCenter))
        x = rect.left() + (rect.width() - width) / 2;
    const double baseline = rect.top() + (rect.height() + metrics.ascent() - metrics.descent()) / 2;
    qsizetype from = 0;
    while (from < shown.size()) {
        if (isDigit(shown.at(from))) {
            const QString digit(shown.at(from));
            painter->drawText(QPointF(x + (cell - metrics.horizontalAdvance(digit)) / 2, baseline), digit);
            x += cell;
            ++from;
            continue;
        }
        qsizetype to = from;
        while (to < shown.size() && !isDigit(shown.at(to)))
            ++to;
        const QString run = shown.mid(from, to - from);
        painter->drawText(QPointF(x, baseline), run);
        x += metrics.horizontalAdvance(run);
        from = to;
    }
}

} // namespace shardhelm::ui
