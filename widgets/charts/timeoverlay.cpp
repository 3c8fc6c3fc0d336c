// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/timeoverlay.h"

#include "charts/timewindow.h"
#include "common/text.h"
#include "theme/fonts.h"
#include "theme/tokens.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace shardhelm::ui {

namespace {

constexpr double zoomPerNotch = 0.8;
constexpr double panPerKey = 0.25;
constexpr double textHeight = 14;

} // namespace

TimeOverlay::TimeOverlay(TimeWindow &window, QWidget *parent)
    : QWidget(parent)
    , m_window(window)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::NoFocus);
    connect(&window, &TimeWindow::cursorChanged, this, qOverload<>(&QWidget::update));
    connect(&window, &TimeWindow::changed, this, qOverload<>(&QWidget::update));
}

void TimeOverlay::setMarks(std::vector<TimeMark> marks)
{
    if (m_marks == marks)
        return;
    m_marks = std::move(marks);
    update();
}

void TimeOverlay::setPointedText(const QString &text, const QPointF &at)
{
    if (m_pointedText == text && m_pointedAt == at)
        return;
    m_pointedText = text;
    m_pointedAt = at;
    update();
}

double TimeOverlay::xAt(double seconds) const
{
    return (seconds - m_window.from()) / (m_window.to() - m_window.from()) * width();
}

double TimeOverlay::secondsAt(double x) const
{
    return m_window.from() + x / std::max(1, width()) * (m_window.to() - m_window.from());
}

bool TimeOverlay::handleKey(const QKeyEvent &event, TimeWindow &window)
{
    const double middle = (window.from() + window.to()) / 2;
    const bool shift = event.modifiers() == Qt::ShiftModifier;
    switch (event.key()) {
    case Qt::Key_Left:
        window.pan(-panPerKey);
        return true;
    case Qt::Key_Right:
        window.pan(panPerKey);
        return true;
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (!shift)
            return false;
        window.zoom(event.key() == Qt::Key_Up ? zoomPerNotch : 1 / zoomPerNotch, middle);
        return true;
    case Qt::Key_Home:
        window.hold(0, window.to() - window.from());
        return true;
    case Qt::Key_End:
        window.release();
        return true;
    case Qt::Key_Escape:
        if (window.isLive())
            return false;
        window.release();
        return true;
    default:
        return false;
    }
}

void TimeOverlay::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton) {
        event->ignore();
        return;
    }
    m_pressed = event->position();
    parentWidget()->setFocus(Qt::MouseFocusReason);
}

void TimeOverlay::mouseMoveEvent(QMouseEvent *event)
{
    m_window.setCursor(secondsAt(event->position().x()));
    if (m_pressed && std::abs(event->position().x() - m_pressed->x()) >= QApplication::startDragDistance()) {
        m_dragged = std::clamp(event->position().x(), 0.0, static_cast<double>(width()));
        update();
        return;
    }
    Q_EMIT pointed(event->position());
}

void TimeOverlay::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_pressed)
        return;
    if (m_dragged) {
        const double from = secondsAt(std::min(m_pressed->x(), *m_dragged));
        const double to = secondsAt(std::max(m_pressed->x(), *m_dragged));
        m_dragged.reset();
        m_window.hold(from, to);
    } else {
        Q_EMIT clicked(event->position());
    }
    m_pressed.reset();
    update();
}

void TimeOverlay::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_window.release();
}

void TimeOverlay::wheelEvent(QWheelEvent *event)
{
    const QPoint turned = event->angleDelta();
    const double notches = (turned.y() != 0 ? turned.y() : turned.x()) / 120.0;
    if (notches == 0)
        return;
    if (event->modifiers().testFlag(Qt::ShiftModifier) || turned.y() == 0)
        m_window.pan(-notches * panPerKey / 2);
    else
        m_window.zoom(std::pow(zoomPerNotch, notches), secondsAt(event->position().x()));
    event->accept();
}

void TimeOverlay::leaveEvent(QEvent *)
{
    m_window.setCursor(std::nullopt);
    Q_EMIT left();
}

void TimeOverlay::paintMarks(QPainter &painter) const
{
    const Tokens &tokens = Tokens::of(this);
    painter.setFont(typeFont(Type::Caption));
    for (const TimeMark &mark : m_marks) {
        const double at = std::round(xAt(mark.seconds)) + 0.5;
        if (at < 0 || at > width())
            continue;
        const QColor ink = mark.marker ? tokens.accent : tokens.text;
        painter.setPen(QPen(ink, 1, mark.marker ? Qt::DotLine : Qt::DashLine));
        painter.drawLine(QPointF(at, m_markTexts ? textHeight : 0), QPointF(at, height()));
        if (!m_markTexts)
            continue;
        const double wide = painter.fontMetrics().horizontalAdvance(mark.text) + 4;
        const double begin = std::clamp(at - wide / 2, 0.0, std::max(0.0, width() - wide));
        painter.fillRect(QRectF(begin, 0, wide, textHeight), tokens.panel);
        painter.setPen(ink);
        painter.drawText(QRectF(begin, 0, wide, textHeight), Qt::AlignCenter, mark.text);
    }
}

void TimeOverlay::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::of(this);
    QPainter painter(this);
    paintMarks(painter);
    if (m_dragged && m_pressed) {
        const QRectF stretch(QPointF(std::min(m_pressed->x(), *m_dragged), 0),
                             QPointF(std::max(m_pressed->x(), *m_dragged), height()));
        QColor ground = tokens.accent;
        ground.setAlphaF(0.18F);
        painter.fillRect(stretch, ground);
        painter.setPen(tokens.accent);
        painter.drawLine(stretch.topLeft(), stretch.bottomLeft());
        painter.drawLine(stretch.topRight(), stretch.bottomRight());
    } else if (m_window.cursor()) {
        const double at = std::round(xAt(*m_window.cursor())) + 0.5;
        painter.setPen(QPen(tokens.control, 1));
        if (at >= 0 && at <= width())
            painter.drawLine(QPointF(at, 0), QPointF(at, height()));
    }
    if (m_pointedText.isEmpty())
        return;
    painter.setFont(typeFont(Type::Caption));
    const double wide = tabularWidth(QFontMetricsF(painter.font()), m_pointedText) + 12;
    const bool leftOf = m_pointedAt.x() + wide + 12 > width();
    QRectF plate(leftOf ? m_pointedAt.x() - wide - 8 : m_pointedAt.x() + 10, m_pointedAt.y() - 22, wide, 18);
    plate.moveTop(std::clamp(plate.top(), 0.0, std::max(0.0, height() - plate.height())));
    painter.setPen(tokens.border);
    painter.setBrush(tokens.raised);
    painter.drawRoundedRect(plate.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    painter.setPen(tokens.text);
    drawTabular(&painter, plate.adjusted(6, 0, -6, 0), Qt::AlignLeft, m_pointedText);
}

} // namespace shardhelm::ui
