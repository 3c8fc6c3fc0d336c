// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/sessionstab.h"

#include "sessions/sessionspage.h"

#include <QVBoxLayout>

namespace shardhelm::ui {

SessionsTab::SessionsTab(ClusterSession &session, Settings &settings, Show show, QWidget *parent)
    : DetailTab(parent)
    , m_page(new SessionsPage(session, settings, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 4, 8, 8);
    column->addWidget(m_page);
    if (show == Show::Locks)
        m_page->embed(QStringLiteral("detail/locks"), SessionsView::Locks);
    else
        m_page->embed(QStringLiteral("detail/sessions"));
}

void SessionsTab::setServer(const QString &server)
{
    m_page->setServer(server);
}

void SessionsTab::focusContent()
{
    m_page->focusTable();
}

bool SessionsTab::copyRows()
{
    m_page->copyRows();
    return true;
}

bool SessionsTab::focusFilter()
{
    m_page->focusFilter();
    return true;
}

bool SessionsTab::isSettled() const
{
    return m_page->feed().isComplete();
}

} // namespace shardhelm::ui
