// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/label.h"

#include "common/text.h"

#include <QEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QSizePolicy>
#include <QTextLayout>
#include <QTextOption>
#include <QToolTip>

#include <cmath>

namespace shardhelm::ui {

namespace {

/// Lines of `text` broken at words for `width`; the last of `limit` lines (0: any number) holds the rest.
QStringList brokenLines(const QString &text, const QFont &font, int width, int limit)
{
    QStringList lines;
    for (const QString &paragraph : text.split(u'\n')) {
        QTextLayout layout(paragraph, font);
        QTextOption option;
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        layout.setTextOption(option);
        layout.beginLayout();
        for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
            line.setLineWidth(width);
            if (limit > 0 && lines.size() + 1 == limit) {
                lines << paragraph.mid(line.textStart());
                layout.endLayout();
                return lines;
            }
            lines << paragraph.mid(line.textStart(), line.textLength()).trimmed();
        }
        layout.endLayout();
        if (paragraph.isEmpty())
            lines << QString();
    }
    return lines;
}

} // namespace

QColor toneColor(Tone tone, const Tokens &tokens)
{
    switch (tone) {
    case Tone::Text:
        return tokens.text;
    case Tone::Muted:
        return tokens.muted;
    case Tone::Good:
        return tokens.good;
    case Tone::Warn:
        return tokens.warn;
    case Tone::Bad:
        return tokens.bad;
    case Tone::Stale:
        return tokens.stale;
    case Tone::Accent:
        return tokens.accent;
    }
    return tokens.text;
}

Label::Label(Type type, Tone tone, QWidget *parent)
    : Label(QString(), type, tone, parent)
{
}

Label::Label(const QString &text, Type type, Tone tone, QWidget *parent)
    : QWidget(parent)
    , m_text(text)
    , m_type(type)
    , m_tone(tone)
{
    setFont(typeFont(type));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(text);
}

void Label::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    setAccessibleName(text);
    changed();
}

void Label::setTone(Tone tone)
{
    if (m_tone == tone)
        return;
    m_tone = tone;
    update();
}

void Label::setType(Type type)
{
    m_type = type;
    setFont(typeFont(type));
    changed();
}

void Label::setAlignment(Qt::Alignment alignment)
{
    m_alignment = alignment;
    update();
}

void Label::setWrapped(bool wrapped, int lines)
{
    m_wrapped = wrapped;
    m_lines = lines;
    QSizePolicy policy(wrapped ? QSizePolicy::Expanding : QSizePolicy::Preferred,
                       wrapped ? QSizePolicy::Minimum : QSizePolicy::Fixed);
    policy.setHeightForWidth(wrapped);
    setSizePolicy(policy);
    changed();
}

void Label::changed()
{
    updateGeometry();
    update();
}

QSize Label::sizeHint() const
{
    const int height = lineHeight(m_type);
    const auto width = static_cast<int>(std::ceil(tabularWidth(QFontMetricsF(font()), m_text))) + 1;
    if (m_wrapped)
        return {std::min(width, 320), heightForWidth(std::min(width, 320))};
    return {width, height};
}

QSize Label::minimumSizeHint() const
{
    return {m_wrapped ? 40 : std::min(sizeHint().width(), 24), lineHeight(m_type)};
}

int Label::heightForWidth(int width) const
{
    const auto lines = brokenLines(m_text, font(), std::max(width, 1), m_lines).size();
    return static_cast<int>(std::max<qsizetype>(lines, 1)) * lineHeight(m_type);
}

void Label::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (m_wrapped)
        updateGeometry();
}

bool Label::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty()) {
        const bool cut = m_wrapped ? heightForWidth(width()) > height() || m_lines > 0
                                   : tabularWidth(QFontMetricsF(font()), m_text) > width() + 0.5;
        if (cut)
            QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), m_text, this);
        return true;
    }
    return QWidget::event(event);
}

void Label::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::of(this);
    QPainter painter(this);
    painter.setFont(font());
    painter.setPen(isEnabled() ? toneColor(m_tone, tokens) : tokens.disabled());
    if (!m_wrapped) {
        drawTabular(&painter, rect(), m_alignment, m_text);
        return;
    }
    const QStringList lines = brokenLines(m_text, font(), width(), m_lines);
    const int step = lineHeight(m_type);
    int top = 0;
    if (m_alignment.testFlag(Qt::AlignVCenter))
        top = std::max(0, (height() - step * static_cast<int>(lines.size())) / 2);
    for (const QString &line : lines) {
        drawTabular(&painter, QRectF(0, top, width(), step), m_alignment, line);
        top += step;
    }
}

} // namespace shardhelm::ui
