// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/factsections.h"

#include "cluster/settings.h"
#include "common/label.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

namespace shardhelm::ui {

FactSections::FactSections(const QString &key, const QString &name, Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_key(key)
    , m_settings(settings)
    , m_bar(new QTabBar(this))
    , m_note(new Label(Type::Caption, Tone::Muted, this))
    , m_stack(new QStackedWidget(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *line = new QHBoxLayout;
    line->setContentsMargins(4, 2, 12, 0);
    line->setSpacing(12);
    m_bar->setAccessibleName(name);
    m_bar->setDrawBase(false);
    m_bar->setExpanding(false);
    m_bar->setFont(typeFont(Type::Small));
    line->addWidget(m_bar);
    m_note->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    line->addWidget(m_note, 1);
    column->addLayout(line);
    column->addWidget(m_stack, 1);
    connect(m_bar, &QTabBar::currentChanged, this, [this](int index) {
        m_stack->setCurrentIndex(index);
        // While sections are added the first of them becomes current, which nobody chose.
        if (!isVisible())
            return;
        m_settings.setText(m_key % QStringLiteral("/section"), currentKey());
        Q_EMIT sectionChanged(currentKey());
    });
}

FactView *FactSections::add(const QString &sectionKey, const QString &title, std::vector<FactColumn> columns)
{
    auto *view = new FactView(m_key % u'/' % sectionKey, title, std::move(columns), m_settings, this);
    m_sections.push_back({sectionKey, title, view});
    m_stack->addWidget(view);
    m_bar->addTab(title);
    if (m_settings.text(m_key % QStringLiteral("/section")) == sectionKey)
        m_bar->setCurrentIndex(m_bar->count() - 1);
    connect(view, &FactView::tryAgain, this, &FactSections::tryAgain);
    return view;
}

void FactSections::setCount(const FactView *view, int count)
{
    for (size_t i = 0; i < m_sections.size(); ++i) {
        if (m_sections[i].view != view)
            continue;
        const QString &title = m_sections[i].title;
        m_bar->setTabText(static_cast<int>(i), count < 0 ? title : QStringLiteral("%1  %2").arg(title).arg(count));
    }
}

void FactSections::setNote(const QString &note)
{
    m_note->setText(note);
}

FactView *FactSections::current() const
{
    return static_cast<FactView *>(m_stack->currentWidget());
}

QString FactSections::currentKey() const
{
    const int index = m_bar->currentIndex();
    return index < 0 ? QString() : m_sections[static_cast<size_t>(index)].key;
}

void FactSections::showSection(const QString &sectionKey)
{
    for (size_t i = 0; i < m_sections.size(); ++i) {
        if (m_sections[i].key == sectionKey)
            m_bar->setCurrentIndex(static_cast<int>(i));
    }
}

} // namespace shardhelm::ui
