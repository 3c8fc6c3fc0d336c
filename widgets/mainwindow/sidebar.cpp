// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow/sidebar.h"

#include "theme/fonts.h"
#include "theme/icons.h"
#include "theme/style.h"

#include <QPainter>
#include <QSizePolicy>
#include <QVBoxLayout>

namespace shardhelm::ui {

QString pageTitle(Page page)
{
    switch (page) {
    case Page::Overview:
        return Sidebar::tr("Overview");
    case Page::Instances:
        return Sidebar::tr("Instances");
    case Page::Map:
        return Sidebar::tr("Map");
    case Page::Moves:
        return Sidebar::tr("Moves");
    case Page::Workbench:
        return Sidebar::tr("Workbench");
    case Page::Journal:
        return Sidebar::tr("Journal");
    }
    return {};
}

QString pageKey(Page page)
{
    switch (page) {
    case Page::Overview:
        return QStringLiteral("overview");
    case Page::Instances:
        return QStringLiteral("instances");
    case Page::Map:
        return QStringLiteral("map");
    case Page::Moves:
        return QStringLiteral("moves");
    case Page::Workbench:
        return QStringLiteral("workbench");
    case Page::Journal:
        return QStringLiteral("journal");
    }
    return {};
}

std::optional<Page> pageOfKey(const QString &key)
{
    for (const Page page : allPages) {
        if (pageKey(page) == key)
            return page;
    }
    return std::nullopt;
}

Sidebar::Sidebar(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("sidebar"));
    setAccessibleName(tr("Pages"));
    setFixedWidth(72);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 1, 0);
    layout->setSpacing(0);
    for (const Page page : allPages) {
        auto *button = new SidebarButton(page, this);
        m_buttons.at(static_cast<size_t>(page)) = button;
        layout->addWidget(button);
        connect(button, &QAbstractButton::clicked, this, [this, page] { Q_EMIT chosen(page); });
    }
    layout->addStretch(1);
}

void Sidebar::setCurrent(Page page)
{
    m_buttons.at(static_cast<size_t>(page))->setChecked(true);
}

void Sidebar::setBadge(Page page, int count, bool urgent)
{
    m_buttons.at(static_cast<size_t>(page))->setBadge(count, urgent);
}

void Sidebar::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), tokens.panel);
    painter.fillRect(QRect(width() - 1, 0, 1, height()), tokens.border);
}

SidebarButton::SidebarButton(Page page, QWidget *parent)
    : QAbstractButton(parent)
    , m_page(page)
{
    setObjectName(QStringLiteral("page-") % pageKey(page));
    setText(pageTitle(page));
    setAccessibleName(pageTitle(page));
    setToolTip(tr("%1 (Ctrl+%2)").arg(pageTitle(page)).arg(static_cast<int>(page) + 1));
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void SidebarButton::setBadge(int count, bool urgent)
{
    if (m_badge == count && m_urgent == urgent)
        return;
    m_badge = count;
    m_urgent = urgent;
    setAccessibleDescription(
        count > 0 ? (count == 1 ? tr("1 server stands out") : tr("%1 servers stand out").arg(count)) : QString());
    update();
}

void SidebarButton::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::of(this);
    QPainter painter(this);
    const bool current = isChecked() && isEnabled();
    if (current) {
        painter.fillRect(rect(), tokens.raised);
        painter.fillRect(QRect(0, 0, 3, height()), tokens.accent);
    } else if (underMouse() && isEnabled()) {
        painter.fillRect(rect(), tokens.raised);
    }
    const QColor ink = !isEnabled() ? Tokens::blend(tokens.muted, tokens.panel, 0.5)
        : current                   ? tokens.text
                                    : tokens.muted;
    paintIcon(&painter, pageKey(m_page), QRectF((width() - 20) / 2.0, 7, 20, 20), ink);
    QFont words = typeFont(Type::Caption);
    if (current)
        words.setWeight(QFont::DemiBold);
    painter.setFont(words);
    painter.setPen(ink);
    painter.drawText(QRect(0, 30, width(), 16), Qt::AlignCenter, text());
    if (m_badge > 0 && isEnabled()) {
        painter.setFont(typeFont(Type::Dense));
        const QString count = m_badge > 99 ? QStringLiteral("99+") : QString::number(m_badge);
        const double wide = std::max(15.0, QFontMetricsF(painter.font()).horizontalAdvance(count) + 8);
        const QRectF place(width() / 2.0 + 7, 4, wide, 15);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(current ? tokens.raised : tokens.panel, 1.5));
        painter.setBrush(m_urgent ? tokens.bad : tokens.stale);
        painter.drawRoundedRect(place, 7.5, 7.5);
        painter.setPen(tokens.panel);
        painter.drawText(place, Qt::AlignCenter, count);
    }
    if (hasFocus())
        Style::paintFocusRing(&painter, QRectF(rect()).adjusted(4, 1, -3, -1), tokens);
}

} // namespace shardhelm::ui
