// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessions/sessionspage.h"

#include "cluster/settings.h"
#include "common/banner.h"
#include "common/button.h"
#include "common/label.h"
#include "common/panel.h"
#include "common/placeholder.h"
#include "common/tablelook.h"
#include "format/units.h"
#include "instances/servertable.h"
#include "instances/tableexport.h"
#include "monitor/targets.h"
#include "sessions/psqlterminal.h"
#include "sessions/sessiondetail.h"
#include "sessions/sessionsdelegate.h"
#include "sessions/signaldialog.h"
#include "theme/icons.h"
#include "wording/errors.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

namespace shardhelm::ui {

namespace {

constexpr std::array views{SessionsView::All, SessionsView::Running, SessionsView::Waiting, SessionsView::Blocking,
                           SessionsView::Locks};
/// A server is told of when its connections are used up within this time.
constexpr double fullSoonSeconds = 600;

int columnWidth(int column)
{
    switch (column) {
    case SessionsModel::Instance:
        return 108;
    case SessionsModel::Pid:
        return 66;
    case SessionsModel::State:
        return 270;
    case SessionsModel::Blocks:
        return 62;
    case SessionsModel::TransactionAge:
    case SessionsModel::QueryAge:
        return 88;
    case SessionsModel::Application:
        return 130;
    case SessionsModel::Role:
    case SessionsModel::Client:
    case SessionsModel::Database:
        return 78;
    default:
        return 320;
    }
}

QString title(SessionsView view)
{
    switch (view) {
    case SessionsView::All:
        return SessionsPage::tr("All");
    case SessionsView::Running:
        return SessionsPage::tr("Running");
    case SessionsView::Waiting:
        return SessionsPage::tr("Waiting");
    case SessionsView::Blocking:
        return SessionsPage::tr("Blocking");
    case SessionsView::Locks:
        return SessionsPage::tr("Lock tree");
    }
    return {};
}

} // namespace

SessionsPage::SessionsPage(ClusterSession &session, Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_settings(settings)
    , m_feed(session)
    , m_proxy(m_model)
    , m_back(new LinkButton(tr("Back"), this))
    , m_filter(new QLineEdit(this))
    , m_caption(new Label(Type::Small, Tone::Muted, this))
    , m_export(new Button(tr("Export"), this))
    , m_banner(new Banner(this))
    , m_views(new QTabBar(this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_stack(new QStackedWidget(this))
    , m_table(new ServerTable(this))
    , m_delegate(new SessionsDelegate(m_table))
    , m_nothing(new Placeholder(this))
    , m_detail(new SessionDetail(this))
{
    setObjectName(QStringLiteral("sessionsPage"));
    setFocusPolicy(Qt::ClickFocus);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    auto *bar = new QHBoxLayout;
    bar->setSpacing(8);
    column->addLayout(bar);
    m_filter->setObjectName(QStringLiteral("sessionsFilter"));
    m_filter->setAccessibleName(tr("Filter of the sessions"));
    m_filter->setPlaceholderText(tr("instance, pid, role, application, statement"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setFixedWidth(300);
    m_filter->setFont(typeFont(Type::Small));
    m_filter->addAction(icon(QStringLiteral("filter")), QLineEdit::LeadingPosition);
    m_back->setToolTip(tr("Back (Esc)"));
    bar->addWidget(m_filter);
    bar->addWidget(m_caption, 1);
    bar->addWidget(m_back);
    m_export->setAccessibleName(tr("Export of the sessions"));
    m_export->setMenu(new QMenu(m_export));
    bar->addWidget(m_export);
    m_banner->hide();
    column->addWidget(m_banner);

    auto *panel = new Panel(this);
    panel->setAccessibleName(tr("Sessions"));
    panel->content()->setContentsMargins(0, 2, 0, 1);
    panel->content()->setSpacing(0);
    m_views->setObjectName(QStringLiteral("sessionsViews"));
    m_views->setAccessibleName(tr("Which sessions"));
    m_views->setDrawBase(false);
    m_views->setExpanding(false);
    m_views->setFocusPolicy(Qt::TabFocus);
    for (size_t index = 0; index < views.size(); ++index) {
        m_views->addTab(title(views[index]));
        m_views->setTabToolTip(static_cast<int>(index), tr("Key %1").arg(index));
    }
    panel->content()->addWidget(m_views);
    panel->content()->addWidget(m_stack, 1);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_nothing);
    m_splitter->addWidget(panel);
    m_splitter->addWidget(m_detail);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 1);
    column->addWidget(m_splitter, 1);
    buildTable();
    fillExportMenu(
        m_export->menu(), this, [this] { return sessionTable(shown()); },
        [this] { return QString(m_session.fleet().file().name % QStringLiteral("-sessions")); });
    m_splitter->restoreState(settings.bytes(setting("division")));
    showView(sessionsViewOfKey(settings.text(setting("view"))));

    connect(m_back, &QPushButton::clicked, this, &SessionsPage::backChosen);
    connect(m_views, &QTabBar::currentChanged, this,
            [this](int index) { showView(views.at(static_cast<size_t>(index))); });
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_proxy.setText(text);
        refreshCaption();
    });
    connect(m_nothing, &Placeholder::actionChosen, m_filter, &QLineEdit::clear);
    connect(m_banner, &Banner::actionChosen, &m_feed, &SessionsFeed::refresh);
    connect(&m_feed, &SessionsFeed::updated, this, &SessionsPage::refresh);
    connect(&session, &ClusterSession::ticked, this, &SessionsPage::refreshCaption);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &SessionsPage::refreshDetail);
    connect(m_detail, &SessionDetail::cancelChosen, this, &SessionsPage::cancelChosen);
    connect(m_detail, &SessionDetail::terminateChosen, this, &SessionsPage::terminateChosen);
    connect(m_detail, &SessionDetail::psqlChosen, this, &SessionsPage::openPsql);
    connect(m_splitter, &QSplitter::splitterMoved, this,
            [this] { m_settings.setBytes(setting("division"), m_splitter->saveState()); });
    refresh();
}

void SessionsPage::buildTable()
{
    m_table->setObjectName(QStringLiteral("sessionsTable"));
    m_table->setAccessibleName(tr("Sessions"));
    m_table->setModel(&m_proxy);
    m_table->setItemDelegate(m_delegate);
    dressTable(*m_table);
    m_table->setWordWrap(false);
    QHeaderView *header = m_table->horizontalHeader();
    header->setAccessibleName(tr("Columns of the sessions"));
    for (int section = 0; section < SessionsModel::ColumnCount; ++section)
        header->resizeSection(section, columnWidth(section));
    const QByteArray columns = m_settings.bytes(setting("columns"));
    if (columns.isEmpty() || !header->restoreState(columns))
        header->setSortIndicator(SessionsModel::Blocks, Qt::DescendingOrder);
    header->setSortIndicatorShown(true);
    header->setStretchLastSection(true);
    m_table->setSortingEnabled(true);
    const auto save = [this] { m_settings.setBytes(setting("columns"), m_table->horizontalHeader()->saveState()); };
    connect(header, &QHeaderView::sectionResized, this, save);
    connect(header, &QHeaderView::sectionMoved, this, save);
    connect(header, &QHeaderView::sortIndicatorChanged, this, save);
}

QString SessionsPage::setting(const char *name) const
{
    return m_place % u'/' % QLatin1StringView(name);
}

void SessionsPage::embed(const QString &place, std::optional<SessionsView> fixed)
{
    m_place = place;
    m_back->hide();
    m_filter->setFixedWidth(190);
    layout()->setContentsMargins(0, 0, 0, 0);
    m_views->setVisible(!fixed);
    m_splitter->setOrientation(Qt::Horizontal);
    m_splitter->restoreState(m_settings.bytes(setting("division")));
    m_splitter->setOrientation(Qt::Horizontal);
    showView(fixed.value_or(sessionsViewOfKey(m_settings.text(setting("view")))));
}

void SessionsPage::setServer(const QString &server)
{
    m_feed.setServer(server);
}

void SessionsPage::showView(SessionsView view)
{
    m_settings.setText(setting("view"), sessionsViewKey(view));
    const bool tree = view == SessionsView::Locks;
    m_delegate->setTree(tree);
    m_proxy.setView(view);
    // The order of a tree is its own.
    m_table->horizontalHeader()->setSortIndicatorShown(!tree);
    const auto place = std::ranges::find(views, view);
    m_views->setCurrentIndex(static_cast<int>(place - views.begin()));
    m_table->viewport()->update();
    refreshCaption();
}

void SessionsPage::showServer(const QString &server)
{
    m_filter->setText(server);
}

void SessionsPage::refresh()
{
    QSet<QString> stale;
    for (auto server = m_feed.servers().begin(); server != m_feed.servers().end(); ++server) {
        if (server->error)
            stale.insert(server.key());
    }
    m_model.setLists(m_feed.lists(), stale);
    refreshCaption();
    refreshBanner();
    refreshDetail();
    if (!m_table->currentIndex().isValid() && m_proxy.rowCount() > 0)
        m_table->setCurrentIndex(m_proxy.index(0, 0));
}

void SessionsPage::refreshCaption()
{
    for (size_t index = 0; index < views.size(); ++index) {
        const int count = m_proxy.count(views[index]);
        const QString text = count > 0 ? title(views[index]) % u' ' % format::count(count) : title(views[index]);
        if (m_views->tabText(static_cast<int>(index)) != text)
            m_views->setTabText(static_cast<int>(index), text);
    }
    const auto lists = static_cast<int>(m_feed.lists().size());
    const QDateTime oldest = m_feed.oldest();
    QString caption;
    if (oldest.isValid()) {
        const QDateTime now = m_session.isReplay()
            ? QDateTime::fromMSecsSinceEpoch(m_session.replay().position(), Qt::UTC)
            : QDateTime::currentDateTimeUtc();
        const auto age = static_cast<double>(oldest.msecsTo(now)) / 1000;
        caption = (lists == 1 ? tr("1 server") : tr("%1 servers").arg(lists)) % QStringLiteral(" · ")
            % tr("read %1").arg(oldest.toLocalTime().toString(QStringLiteral("HH:mm:ss")));
        const auto old = 2 * std::chrono::duration<double>(m_session.interval()).count() + 1;
        if (age > old)
            caption += QStringLiteral(" · ") % tr("%1 ago").arg(format::duration(std::floor(age)));
    }
    m_caption->setText(caption);
    const bool nothing = m_proxy.rowCount() == 0;
    if (nothing && !oldest.isValid() && !m_feed.isComplete()) {
        m_nothing->showLoading(tr("Reading the sessions of every server"), 0, 0);
    } else if (nothing && !oldest.isValid() && m_session.isReplay()) {
        m_nothing->showEmpty(tr("No sessions were recorded at this moment."),
                             tr("They are while something is wrong with a server that answers."));
    } else if (nothing && !oldest.isValid()) {
        m_nothing->showFailure(tr("No server tells its sessions."), {}, {});
    } else if (nothing && !m_filter->text().isEmpty()) {
        m_nothing->showEmpty(tr("No session matches “%1” here.").arg(m_filter->text()), {}, tr("Clear filter"));
    } else if (nothing) {
        const bool calm =
            view() == SessionsView::Waiting || view() == SessionsView::Blocking || view() == SessionsView::Locks;
        m_nothing->showEmpty(calm ? tr("Nobody waits for a lock.") : tr("No session is in this state."), {});
    }
    // The keys of the page keep working while there is no table to have the focus.
    const bool focused = m_table->hasFocus() || hasFocus();
    m_stack->setCurrentWidget(nothing ? static_cast<QWidget *>(m_nothing) : m_table);
    if (focused)
        focusTable();
}

void SessionsPage::refreshBanner()
{
    QStringList missing;
    std::optional<Error> error;
    QStringList hidden;
    for (auto server = m_feed.servers().begin(); server != m_feed.servers().end(); ++server) {
        if (server->error) {
            missing.append(server.key());
            error = server->error;
        } else if (server->list && !server->list->seesAll) {
            hidden.append(server.key());
        }
    }
    const monitor::ServerSample *full = nullptr;
    for (const monitor::ServerSample &server : m_session.fleet().sample().servers) {
        const auto left = server.connectionsFullInSeconds.value;
        if (left && !m_session.isReplay() && *left < fullSoonSeconds
            && (!full || *left < *full->connectionsFullInSeconds.value))
            full = &server;
    }
    if (full) {
        m_banner->present(Banner::Kind::Warning,
                          tr("%1 runs out of connections in %2 at the present growth.")
                              .arg(full->name, format::duration(*full->connectionsFullInSeconds.value)),
                          tr("%1 of %2 are in use. Sessions can be ended here also when none is left.")
                              .arg(full->connections.value.value_or(0))
                              .arg(full->maxConnections.value.value_or(0)));
    } else if (missing.size() == 1) {
        m_banner->present(Banner::Kind::Failure, tr("%1 does not tell its sessions.").arg(missing.first()),
                          wording::sentence(*error), tr("Try now"));
    } else if (!missing.isEmpty()) {
        m_banner->present(
            Banner::Kind::Failure,
            tr("%1 of %2 servers do not tell their sessions.").arg(missing.size()).arg(m_feed.servers().size()),
            missing.mid(0, 8).join(QStringLiteral(", ")), tr("Try now"));
    } else if (!hidden.isEmpty()) {
        m_banner->present(Banner::Kind::Note,
                          hidden.size() == 1
                              ? tr("Sessions of other roles are hidden on 1 server.")
                              : tr("Sessions of other roles are hidden on %1 servers.").arg(hidden.size()),
                          tr("The role needs pg_read_all_stats: %1").arg(hidden.mid(0, 8).join(QStringLiteral(", "))));
    }
    m_banner->setVisible(full || !missing.isEmpty() || !hidden.isEmpty());
}

std::vector<SessionRow> SessionsPage::chosen() const
{
    std::vector<SessionRow> rows;
    QModelIndexList indexes = m_table->selectionModel()->selectedRows();
    std::ranges::sort(indexes, {}, &QModelIndex::row);
    for (const QModelIndex &index : indexes)
        rows.push_back(m_model.at(m_proxy.mapToSource(index).row()));
    return rows;
}

std::vector<SessionRow> SessionsPage::shown() const
{
    std::vector<SessionRow> rows;
    for (int row = 0; row < m_proxy.rowCount(); ++row)
        rows.push_back(m_model.at(m_proxy.mapToSource(m_proxy.index(row, 0)).row()));
    return rows;
}

void SessionsPage::refreshDetail()
{
    m_detail->present(chosen(), m_psqlProblem,
                      m_session.isReplay() ? tr("A recording is shown: no session can be ended in it.") : QString());
}

void SessionsPage::focusTable()
{
    const bool shown = m_stack->currentWidget() == m_table;
    (shown ? static_cast<QWidget *>(m_table) : this)->setFocus(Qt::ShortcutFocusReason);
}

void SessionsPage::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void SessionsPage::copyRows() const
{
    const std::vector<SessionRow> rows = chosen();
    QApplication::clipboard()->setText(QString::fromUtf8(sessionTable(rows.empty() ? shown() : rows).toTsv()));
}

void SessionsPage::confirm(monitor::Signal signal)
{
    std::vector<monitor::Session> sessions;
    for (const SessionRow &row : chosen()) {
        if (row.isSession())
            sessions.push_back(row.session);
    }
    if (sessions.empty() || m_session.isReplay())
        return;
    auto *dialog = new SignalDialog(m_session, signal, sessions, window());
    connect(dialog, &SignalDialog::ended, &m_feed, &SessionsFeed::refresh);
    dialog->open();
}

void SessionsPage::cancelChosen()
{
    confirm(monitor::Signal::Cancel);
}

void SessionsPage::terminateChosen()
{
    confirm(monitor::Signal::Terminate);
}

void SessionsPage::openPsql()
{
    const std::vector<SessionRow> rows = chosen();
    if (rows.size() != 1 || m_session.isReplay())
        return;
    const QString &server = rows.front().session.key.server;
    const cluster::ShardMap &map = m_session.fleet().map();
    const auto targets = monitor::targets(m_session.fleet().file(), &map);
    const auto target = std::ranges::find(targets, server, &monitor::Target::name);
    if (target == targets.end())
        return;
    const QString environment =
        m_session.fleet().file().environment == cluster::Environment::Production ? tr("PRODUCTION") % u' ' : QString();
    const auto opened = PsqlTerminal().open(target->conninfo, u'[' % environment % server % u']');
    if (!opened) {
        m_banner->present(Banner::Kind::Failure, tr("No psql was opened."), wording::sentence(opened.error()));
        m_banner->show();
    }
}

void SessionsPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_psqlProblem = PsqlTerminal().problem();
    m_feed.setActive(true);
}

void SessionsPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_feed.setActive(false);
}

void SessionsPage::keyPressEvent(QKeyEvent *event)
{
    const bool plain = (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) == Qt::NoModifier;
    if (plain && event->key() >= Qt::Key_0 && event->key() <= Qt::Key_4) {
        showView(views.at(static_cast<size_t>(event->key() - Qt::Key_0)));
        return;
    }
    if (plain && event->key() == Qt::Key_C) {
        cancelChosen();
        return;
    }
    if (plain && event->key() == Qt::Key_K) {
        terminateChosen();
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        if (m_filter->hasFocus() && !m_filter->text().isEmpty())
            m_filter->clear();
        else
            Q_EMIT backChosen();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace shardhelm::ui
