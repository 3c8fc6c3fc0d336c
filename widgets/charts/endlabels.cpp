// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/endlabels.h"

#include "common/text.h"
#include "theme/fonts.h"

#include <QColor>
#include <QPainter>

#include <algorithm>

namespace shardhelm::ui {

namespace {

constexpr double line = 14;
constexpr double gap = 10;

} // namespace

void paintEndLabels(QPainter &painter, const QRectF &area, double width, std::vector<EndLabel> labels,
                    const std::function<double(double)> &y, const QColor &emphasis, const QColor &strong,
                    const QColor &weak)
{
    std::sort(labels.begin(), labels.end(), [](const EndLabel &a, const EndLabel &b) { return a.value > b.value; });
    std::vector<double> places;
    double lowest = area.top() + line / 2 - 6;
    for (const EndLabel &label : labels) {
        lowest = std::max(lowest, y(label.value));
        places.push_back(lowest);
        lowest += line;
    }
    double ceiling = area.bottom();
    for (size_t i = labels.size(); i-- > 0;) {
        places[i] = std::min(places[i], ceiling);
        ceiling = places[i] - line;
    }
    for (size_t i = 0; i < labels.size(); ++i) {
        const EndLabel &label = labels[i];
        if (label.chosen) {
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(Qt::NoPen);
            painter.setBrush(emphasis);
            painter.drawEllipse(QPointF(area.right(), y(label.value)), 3, 3);
            painter.setRenderHint(QPainter::Antialiasing, false);
        }
        QFont words = typeFont(Type::Caption);
        if (label.chosen)
            words.setWeight(QFont::DemiBold);
        painter.setFont(words);
        painter.setPen(label.chosen ? emphasis : label.strong ? strong : weak);
        drawTabular(&painter, QRectF(area.right() + gap, places[i] - line / 2, width - gap - 4, line), Qt::AlignLeft,
                    label.name % u' ' % label.figure);
    }
}

} // namespace shardhelm::ui
