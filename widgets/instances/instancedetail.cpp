// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/instancedetail.h"

#include "cluster/serverfacts.h"
#include "cluster/settings.h"
#include "common/button.h"
#include "common/label.h"
#include "common/pipwidget.h"
#include "format/units.h"
#include "instances/curvestab.h"
#include "instances/errorstab.h"
#include "instances/factstab.h"
#include "instances/factview.h"
#include "instances/replicationtab.h"
#include "instances/sessionstab.h"
#include "instances/settingstab.h"
#include "instances/sizestab.h"
#include "instances/statementstab.h"
#include "instances/tenantstab.h"
#include "wording/errors.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QShowEvent>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace shardhelm::ui {

QString detailKey(DetailPage page)
{
    switch (page) {
    case DetailPage::Facts:
        return QStringLiteral("facts");
    case DetailPage::Statements:
        return QStringLiteral("statements");
    case DetailPage::Replication:
        return QStringLiteral("replication");
    case DetailPage::Sizes:
        return QStringLiteral("sizes");
    case DetailPage::Tenants:
        return QStringLiteral("tenants");
    case DetailPage::Errors:
        return QStringLiteral("errors");
    case DetailPage::Curves:
        return QStringLiteral("curves");
    case DetailPage::Locks:
        return QStringLiteral("locks");
    case DetailPage::Sessions:
        return QStringLiteral("sessions");
    case DetailPage::Settings:
        return QStringLiteral("settings");
    }
    return {};
}

InstanceDetail::InstanceDetail(ClusterSession &session, Settings &settings, QWidget *parent)
    : Panel(parent)
    , m_session(session)
    , m_settings(settings)
    , m_worker(session)
    , m_pip(new PipWidget(12, this))
    , m_name(new Label(Type::Heading, Tone::Text, this))
    , m_state(new Label(Type::Small, Tone::Muted, this))
    , m_advice(new Label(Type::Small, Tone::Text, this))
    , m_technical(new Label(Type::Code, Tone::Muted, this))
    , m_sessions(new Button(tr("Open sessions"), this))
    , m_copy(new Button(tr("Copy connection string"), this))
    , m_bar(new QTabBar(this))
    , m_note(new Label(Type::Caption, Tone::Muted, this))
    , m_stack(new QStackedWidget(this))
{
    setAccessibleName(tr("Detail"));
    content()->setContentsMargins(0, 8, 0, 1);
    content()->setSpacing(4);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(12, 0, 8, 0);
    head->setSpacing(8);
    head->addWidget(m_pip);
    head->addWidget(m_name);
    head->addWidget(m_state, 1);
    m_copy->setObjectName(QStringLiteral("copyConninfo"));
    m_sessions->setObjectName(QStringLiteral("openSessionsHere"));
    m_sessions->setKeyHint(QStringLiteral("S"));
    head->addWidget(m_sessions);
    head->addWidget(m_copy);
    content()->addLayout(head);
    auto *words = new QVBoxLayout;
    words->setContentsMargins(12, 0, 12, 0);
    words->setSpacing(4);
    m_advice->setWrapped(true);
    m_technical->setWrapped(true);
    words->addWidget(m_advice);
    words->addWidget(m_technical);
    content()->addLayout(words);

    auto *line = new QHBoxLayout;
    line->setContentsMargins(4, 0, 12, 0);
    line->setSpacing(12);
    m_bar->setObjectName(QStringLiteral("detailTabs"));
    m_bar->setAccessibleName(tr("Tabs of the detail"));
    m_bar->setDrawBase(false);
    m_bar->setExpanding(false);
    m_bar->setUsesScrollButtons(true);
    m_bar->setFont(typeFont(Type::Small));
    for (const DetailPage page : allDetailPages)
        m_bar->addTab(title(page));
    line->addWidget(m_bar);
    m_note->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    line->addWidget(m_note, 1);
    content()->addLayout(line);
    content()->addWidget(m_stack, 1);

    const QString last = settings.text(QStringLiteral("instances/tab"));
    for (const DetailPage page : allDetailPages) {
        if (detailKey(page) == last)
            m_bar->setCurrentIndex(static_cast<int>(page));
    }
    connect(m_bar, &QTabBar::currentChanged, this, [this] {
        m_settings.setText(QStringLiteral("instances/tab"), detailKey(page()));
        openTab();
    });
    connect(m_sessions, &QPushButton::clicked, this, [this] { Q_EMIT sessionsChosen(m_server); });
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(conninfoOf(m_server, m_session.fleet())); });
    connect(&session.fleet(), &Fleet::sampled, this, &InstanceDetail::refresh);
    connect(&session.fleet(), &Fleet::clusterChanged, this, &InstanceDetail::refresh);
    connect(&session, &ClusterSession::opened, this, [this] { m_worker.release(); });
    openTab();
    refresh();
}

InstanceDetail::~InstanceDetail()
{
    // What they read is told to the worker's thread: they go before it.
    for (DetailTab *tab : m_tabs)
        delete tab;
}

DetailPage InstanceDetail::page() const
{
    return static_cast<DetailPage>(std::max(0, m_bar->currentIndex()));
}

void InstanceDetail::showDetail(DetailPage page)
{
    m_bar->setCurrentIndex(static_cast<int>(page));
}

bool InstanceDetail::isSettled() const
{
    const DetailTab *tab = m_tabs[static_cast<size_t>(page())];
    return tab && tab->isSettled();
}

void InstanceDetail::focusContent()
{
    if (DetailTab *tab = m_tabs[static_cast<size_t>(page())])
        tab->focusContent();
}

FactView *InstanceDetail::factView() const
{
    const DetailTab *tab = m_tabs[static_cast<size_t>(page())];
    if (!tab)
        return nullptr;
    const auto views = tab->findChildren<FactView *>();
    for (FactView *view : views) {
        if (view->isVisible())
            return view;
    }
    return nullptr;
}

bool InstanceDetail::copyRows()
{
    if (const FactView *view = factView()) {
        view->copyRows();
        return true;
    }
    DetailTab *tab = m_tabs[static_cast<size_t>(page())];
    return tab && tab->copyRows();
}

bool InstanceDetail::focusFilter()
{
    if (FactView *view = factView()) {
        view->focusFilter();
        return true;
    }
    DetailTab *tab = m_tabs[static_cast<size_t>(page())];
    return tab && tab->focusFilter();
}

DetailTab *InstanceDetail::makeTab(DetailPage page)
{
    switch (page) {
    case DetailPage::Facts:
        return new FactsTab(m_session.fleet(), m_settings, m_stack);
    case DetailPage::Statements:
        return new StatementsTab(m_session, m_worker, m_settings, m_stack);
    case DetailPage::Replication:
        return new ReplicationTab(m_session, m_worker, m_settings, m_stack);
    case DetailPage::Sizes:
        return new SizesTab(m_session, m_worker, m_settings, m_stack);
    case DetailPage::Tenants:
        return new TenantsTab(m_session, m_worker, m_settings, m_stack);
    case DetailPage::Errors:
        return new ErrorsTab(m_session, m_worker, m_settings, m_stack);
    case DetailPage::Curves:
        return new CurvesTab(m_session.fleet(), m_settings, m_stack);
    case DetailPage::Locks:
        return new SessionsTab(m_session, m_settings, SessionsTab::Show::Locks, m_stack);
    case DetailPage::Sessions:
        return new SessionsTab(m_session, m_settings, SessionsTab::Show::Sessions, m_stack);
    case DetailPage::Settings:
        return new SettingsTab(m_session, m_worker, m_settings, m_stack);
    }
    return nullptr;
}

void InstanceDetail::openTab()
{
    DetailTab *&tab = m_tabs[static_cast<size_t>(page())];
    if (!tab) {
        tab = makeTab(page());
        tab->setServer(m_server);
        m_stack->addWidget(tab);
        connect(tab, &DetailTab::noteChanged, this, &InstanceDetail::refreshTabs);
    }
    m_stack->setCurrentWidget(tab);
    refreshTabs();
}

QString InstanceDetail::title(DetailPage page) const
{
    switch (page) {
    case DetailPage::Facts:
        return tr("Facts");
    case DetailPage::Statements:
        return tr("Statements");
    case DetailPage::Replication:
        return tr("Replication");
    case DetailPage::Sizes:
        return tr("Sizes");
    case DetailPage::Tenants:
        return tr("Tenants");
    case DetailPage::Errors:
        return tr("Errors");
    case DetailPage::Curves:
        return tr("Curves");
    case DetailPage::Locks:
        return tr("Locks");
    case DetailPage::Sessions:
        return tr("Sessions");
    case DetailPage::Settings:
        return tr("Settings");
    }
    return {};
}

void InstanceDetail::refreshTabs()
{
    for (const DetailPage page : allDetailPages) {
        const DetailTab *opened = m_tabs[static_cast<size_t>(page)];
        QString badge = opened ? opened->badge() : QString();
        const monitor::ServerSample *server = m_session.fleet().server(m_server);
        if (page == DetailPage::Sessions && server && server->connections.value)
            badge = format::count(*server->connections.value);
        const int blocked = server ? server->blockedSessions.value.value_or(0) : 0;
        if (page == DetailPage::Locks && blocked > 0)
            badge = tr("%1 blocked").arg(format::count(blocked));
        const QString text = badge.isEmpty() ? title(page) : QString(title(page) % QStringLiteral("  ") % badge);
        if (m_bar->tabText(static_cast<int>(page)) != text)
            m_bar->setTabText(static_cast<int>(page), text);
    }
    const DetailTab *tab = m_tabs[static_cast<size_t>(page())];
    m_note->setText(tab && !m_server.isEmpty() ? tab->note() : QString());
}

void InstanceDetail::present(const QString &server)
{
    if (m_server == server)
        return;
    m_server = server;
    for (DetailTab *tab : m_tabs) {
        if (tab)
            tab->setServer(server);
    }
    refresh();
}

void InstanceDetail::refresh()
{
    // Nobody looks: showEvent() catches up.
    if (!isVisible())
        return;
    const Fleet &fleet = m_session.fleet();
    const monitor::ServerSample *server = fleet.server(m_server);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_pip, m_sessions, m_copy, m_bar, m_note, m_stack})
        widget->setVisible(server != nullptr);
    if (!server) {
        m_name->setText(QString());
        m_state->setText(tr("Choose a row to see everything known about it."));
        m_advice->hide();
        m_technical->hide();
        return;
    }
    const Condition condition = fleet.condition(m_server);
    const Rank *rank = fleet.rank(m_server);
    m_pip->present(condition);
    m_name->setText(m_server);
    QStringList words{conditionWord(condition), roleWord(server->role)};
    if (rank)
        words << rank->reason();
    m_state->setText(words.join(QStringLiteral(" · ")));
    const QString advice = rank ? rank->advice : QString();
    m_advice->setText(advice);
    m_advice->setVisible(!advice.isEmpty());
    const QString technical = server->reason ? wording::technical(*server->reason) : QString();
    m_technical->setText(technical);
    m_technical->setVisible(!technical.isEmpty());
    refreshTabs();
}

void InstanceDetail::showEvent(QShowEvent *event)
{
    Panel::showEvent(event);
    refresh();
}

} // namespace shardhelm::ui
