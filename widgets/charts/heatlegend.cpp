// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/heatmap.h"

#include "common/text.h"
#include "theme/fonts.h"
#include "theme/tokens.h"

#include <QPainter>

namespace shardhelm::ui {

namespace {

constexpr int swatch = 27;
constexpr int gap = 8;

} // namespace

HeatLegend::HeatLegend(const HeatMap &map, QWidget *parent)
    : QWidget(parent)
    , m_map(map)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&map, &HeatMap::scaleChanged, this, [this] {
        updateGeometry();
        update();
        setAccessibleName(before() % u' ' % m_map.scale().bounds().join(QStringLiteral(", ")) % u' ' % after());
    });
}

QString HeatLegend::before() const
{
    return m_map.scale().isRelative() ? tr("× fleet median") : QString();
}

QString HeatLegend::after() const
{
    return m_map.scale().isLowerWorse() ? tr("lower is darker") : tr("higher is darker");
}

QSize HeatLegend::sizeHint() const
{
    const QFontMetrics words(typeFont(Type::Caption));
    return {words.horizontalAdvance(before()) + words.horizontalAdvance(after()) + 2 * gap + HeatScale::steps * swatch,
            26};
}

void HeatLegend::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::of(this);
    QPainter painter(this);
    painter.setFont(typeFont(Type::Caption));
    painter.setPen(tokens.muted);
    const int beforeWidth = painter.fontMetrics().horizontalAdvance(before());
    painter.drawText(QRect(0, 0, beforeWidth, 14), Qt::AlignLeft | Qt::AlignVCenter, before());
    const int begin = beforeWidth + gap;
    for (int step = 0; step < HeatScale::steps; ++step)
        painter.fillRect(begin + step * swatch, 3, swatch, 8, tokens.load.at(static_cast<size_t>(step)));
    painter.drawText(QRect(begin + HeatScale::steps * swatch + gap, 0, width(), 14), Qt::AlignLeft | Qt::AlignVCenter,
                     after());
    // Words wider than a swatch would run into each other: then only every second one.
    const QStringList bounds = m_map.scale().bounds();
    bool wide = false;
    for (const QString &bound : bounds)
        wide = wide || painter.fontMetrics().horizontalAdvance(bound) > swatch - 4;
    for (int i = 0; i < bounds.size(); ++i) {
        if (wide && i % 2 == 1)
            continue;
        drawTabular(&painter, QRectF(begin + (i + 1) * swatch - swatch, 12, 2 * swatch, 13), Qt::AlignHCenter,
                    bounds.at(i));
    }
}

} // namespace shardhelm::ui
