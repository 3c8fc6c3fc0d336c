// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/panel.h"

#include "common/label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace shardhelm::ui {

Panel::Panel(QWidget *parent)
    : QFrame(parent)
    , m_content(new QVBoxLayout)
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(1, 1, 1, 1);
    outer->setSpacing(0);
    m_content->setContentsMargins(10, 10, 10, 10);
    m_content->setSpacing(4);
    outer->addLayout(m_content, 1);
}

Panel::Panel(const QString &title, QWidget *parent)
    : Panel(parent)
{
    m_head = new QWidget(this);
    m_head->setFixedHeight(28);
    m_headLayout = new QHBoxLayout(m_head);
    m_headLayout->setContentsMargins(10, 0, 10, 0);
    m_headLayout->setSpacing(8);
    m_title = new Label(title, Type::SmallStrong, Tone::Text, m_head);
    m_caption = new Label(Type::Caption, Tone::Muted, m_head);
    // When it gets narrow the caption gives way, never the title.
    m_title->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_headLayout->addWidget(m_title);
    m_headLayout->addWidget(m_caption);
    m_headLayout->addStretch(1);
    static_cast<QVBoxLayout *>(layout())->insertWidget(0, m_head);
    m_content->setContentsMargins(10, 0, 10, 10);
    setAccessibleName(title);
}

void Panel::setTitle(const QString &title)
{
    m_title->setText(title);
    setAccessibleName(title);
}

void Panel::setCaption(const QString &caption)
{
    m_caption->setText(caption);
}

void Panel::addToHead(QWidget *widget)
{
    m_headLayout->addWidget(widget);
}

void Panel::setHeadLine(bool line)
{
    m_headLine = line;
    update();
}

void Panel::setStripe(const QColor &color)
{
    if (m_stripe == color)
        return;
    m_stripe = color;
    update();
}

void Panel::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF edge = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(tokens.border);
    painter.setBrush(tokens.panel);
    painter.drawRoundedRect(edge, 4, 4);
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (m_headLine && m_head)
        painter.fillRect(QRect(1, m_head->geometry().bottom(), width() - 2, 1), tokens.border);
    if (m_stripe.isValid()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_stripe);
        painter.setClipRect(QRect(0, 0, 4, height()));
        painter.drawRoundedRect(QRectF(0, 0, 12, height()), 4, 4);
    }
}

} // namespace shardhelm::ui
