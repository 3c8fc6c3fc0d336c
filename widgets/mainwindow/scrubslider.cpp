// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow/scrubslider.h"

#include "theme/style.h"

#include <QDateTime>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QSignalBlocker>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace shardhelm::ui {

namespace {

constexpr int steps = 10000;
constexpr double edge = 8;
/// How near the mouse has to be to a marker to read it.
constexpr double nearby = 5;

QString clock(qint64 at)
{
    return QDateTime::fromMSecsSinceEpoch(at).toString(QStringLiteral("HH:mm:ss"));
}

} // namespace

ScrubSlider::ScrubSlider(Replay &replay, QWidget *parent)
    : QAbstractSlider(parent)
    , m_replay(replay)
{
    setObjectName(QStringLiteral("scrub"));
    setOrientation(Qt::Horizontal);
    setAccessibleName(tr("Time of the recording"));
    setFocusPolicy(Qt::StrongFocus);
    setRange(0, steps);
    setSingleStep(steps / 100);
    setPageStep(steps / 10);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QAbstractSlider::valueChanged, this, [this](int value) {
        const auto span = m_replay.span();
        m_replay.seek(span.from + (span.to - span.from) * value / steps);
    });
    connect(&replay, &Replay::changed, this, &ScrubSlider::refresh);
    connect(&replay, &Replay::positionChanged, this, &ScrubSlider::refresh);
    refresh();
}

void ScrubSlider::refresh()
{
    const auto span = m_replay.span();
    const QSignalBlocker quiet(this);
    setEnabled(!span.isEmpty());
    if (!span.isEmpty())
        setValue(static_cast<int>((m_replay.position() - span.from) * steps / (span.to - span.from)));
    setAccessibleDescription(clock(m_replay.position()));
    update();
}

double ScrubSlider::xAt(qint64 at) const
{
    const auto span = m_replay.span();
    const auto length = static_cast<double>(std::max<qint64>(1, span.to - span.from));
    return edge + static_cast<double>(at - span.from) / length * (width() - 2 * edge);
}

qint64 ScrubSlider::atX(double x) const
{
    const auto span = m_replay.span();
    const double share = std::clamp((x - edge) / std::max(1.0, width() - 2 * edge), 0.0, 1.0);
    return span.from + static_cast<qint64>(share * static_cast<double>(span.to - span.from));
}

void ScrubSlider::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double middle = height() / 2.0;
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.track);
    painter.drawRoundedRect(QRectF(edge, middle - 2, width() - 2 * edge, 4), 2, 2);
    if (m_replay.span().isEmpty())
        return;
    const double at = xAt(m_replay.position());
    painter.setBrush(tokens.accent);
    painter.drawRoundedRect(QRectF(edge, middle - 2, at - edge, 4), 2, 2);
    painter.setPen(QPen(tokens.text, 1.4));
    for (const auto &marker : m_replay.markers())
        painter.drawLine(QPointF(xAt(marker.at), middle - 8), QPointF(xAt(marker.at), middle + 8));
    painter.setPen(QPen(tokens.panel, 1.5));
    painter.setBrush(tokens.accent);
    painter.drawEllipse(QPointF(at, middle), 7, 7);
    if (hasFocus())
        Style::paintFocusRing(&painter, rect(), tokens);
}

void ScrubSlider::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_replay.seek(atX(event->position().x()));
}

void ScrubSlider::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        m_replay.seek(atX(event->position().x()));
}

void ScrubSlider::mouseReleaseEvent(QMouseEvent *) { }

bool ScrubSlider::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractSlider::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    QString words = clock(atX(help->pos().x()));
    for (const auto &marker : m_replay.markers()) {
        if (std::abs(xAt(marker.at) - help->pos().x()) <= nearby)
            words = clock(marker.at) % u' ' % marker.text;
    }
    QToolTip::showText(help->globalPos(), words, this);
    return true;
}

} // namespace shardhelm::ui
