// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/instancespage.h"

#include "cluster/settings.h"
#include "common/button.h"
#include "common/label.h"
#include "common/panel.h"
#include "common/placeholder.h"
#include "common/tablelook.h"
#include "instances/instancedetail.h"
#include "instances/instancesdelegate.h"
#include "instances/servertable.h"
#include "instances/tableexport.h"
#include "theme/icons.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace shardhelm::ui {

namespace {

/// Widths that hold what a column can say, so that columns do not move with the figures.
int columnWidth(int column)
{
    switch (column) {
    case InstancesModel::Name:
        return 94;
    case InstancesModel::State:
        return 78;
    case InstancesModel::Role:
        return 70;
    case InstancesModel::Zone:
        return 84;
    case InstancesModel::P99:
        return 116;
    case InstancesModel::VersusMedian:
        return 76;
    case InstancesModel::Transactions:
        return 108;
    case InstancesModel::Writes:
        return 106;
    case InstancesModel::Connections:
        return 124;
    case InstancesModel::LongestTransaction:
        return 96;
    case InstancesModel::Blocked:
        return 64;
    case InstancesModel::Lag:
        return 114;
    case InstancesModel::CacheHit:
        return 68;
    case InstancesModel::Size:
        return 64;
    case InstancesModel::Shards:
        return 62;
    case InstancesModel::RoundTrip:
        return 82;
    case InstancesModel::Version:
        return 72;
    case InstancesModel::Host:
        return 130;
    case InstancesModel::Sampled:
        return 78;
    default:
        return 80;
    }
}

bool shownAtFirst(int column)
{
    return column < InstancesModel::ColumnCount && column != InstancesModel::RoundTrip
        && column != InstancesModel::Version && column != InstancesModel::Host && column != InstancesModel::Sampled
        && column != InstancesModel::Shards;
}

QString setting(const char *name)
{
    return QStringLiteral("instances/") % QLatin1StringView(name);
}

} // namespace

InstancesPage::InstancesPage(ClusterSession &session, Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_settings(settings)
    , m_model(session.fleet())
    , m_proxy(m_model, session.fleet())
    , m_filter(new QLineEdit(this))
    , m_caption(new Label(Type::Small, Tone::Muted, this))
    , m_filterError(new Label(Type::Small, Tone::Warn, this))
    , m_columns(new Button(tr("Columns"), this))
    , m_export(new Button(tr("Export"), this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_stack(new QStackedWidget(this))
    , m_table(new ServerTable(this))
    , m_nothing(new Placeholder(this))
    , m_detail(new InstanceDetail(session, settings, this))
{
    setObjectName(QStringLiteral("instancesPage"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    auto *bar = new QHBoxLayout;
    bar->setSpacing(8);
    column->addLayout(bar);
    m_filter->setObjectName(QStringLiteral("filter"));
    m_filter->setAccessibleName(tr("Filter"));
    m_filter->setPlaceholderText(tr("name, zone, state, or p99 > 100 ms"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setFixedWidth(300);
    m_filter->setFont(typeFont(Type::Small));
    m_filter->addAction(icon(QStringLiteral("filter")), QLineEdit::LeadingPosition);
    bar->addWidget(m_filter);
    bar->addWidget(m_filterError);
    bar->addWidget(m_caption);
    bar->addStretch(1);
    m_columns->setObjectName(QStringLiteral("columns"));
    m_columns->setAccessibleName(tr("Columns"));
    m_columns->setMenu(new QMenu(m_columns));
    m_export->setObjectName(QStringLiteral("export"));
    m_export->setAccessibleName(tr("Export"));
    m_export->setMenu(new QMenu(m_export));
    bar->addWidget(m_columns);
    bar->addWidget(m_export);

    auto *tablePanel = new Panel(this);
    tablePanel->setAccessibleName(tr("Instances"));
    tablePanel->content()->setContentsMargins(0, 0, 0, 1);
    tablePanel->content()->addWidget(m_stack);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_nothing);
    m_splitter->addWidget(tablePanel);
    m_splitter->addWidget(m_detail);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 1);
    column->addWidget(m_splitter, 1);

    m_table->setObjectName(QStringLiteral("instancesTable"));
    m_table->setAccessibleName(tr("Instances"));
    m_table->setModel(&m_proxy);
    TableRoles roles;
    roles.condition = InstancesModel::ConditionRole;
    roles.curve = InstancesModel::CurveRole;
    roles.share = InstancesModel::ShareRole;
    roles.marked = InstancesModel::MarkedRole;
    roles.notPermitted = InstancesModel::NotPermittedRole;
    roles.faded = InstancesModel::FadedRole;
    roles.pipColumn = InstancesModel::Name;
    m_table->setItemDelegate(new InstancesDelegate(roles, m_table));
    dressTable(*m_table);
    QHeaderView *header = m_table->horizontalHeader();
    header->setAccessibleName(tr("Columns of the table"));
    header->setSortIndicatorShown(true);
    for (int section = 0; section < m_model.columnCount(); ++section) {
        header->resizeSection(section, columnWidth(section));
        header->setSectionHidden(section, !shownAtFirst(section));
    }
    restore();
    // Behind restore(), which also restores this: nothing is left over at the right.
    header->setStretchLastSection(true);
    m_table->setSortingEnabled(true);

    fillExportMenu(
        m_export->menu(), this, [this] { return shownTable(false); },
        [this] { return QString(m_session.fleet().file().name % QStringLiteral("-instances")); });
    buildColumnsMenu(m_columns->menu());

    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_proxy.setText(text);
        m_settings.setText(setting("filter"), text);
        refreshCaption();
    });
    connect(&m_proxy, &InstancesFilter::filtered, this, &InstancesPage::refreshCaption);
    connect(&session.fleet(), &Fleet::sampled, this, &InstancesPage::refreshCaption);
    connect(m_nothing, &Placeholder::actionChosen, m_filter, &QLineEdit::clear);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        m_detail->present(chosen());
        if (!chosen().isEmpty())
            m_settings.setText(setting("chosen"), chosen());
    });
    connect(&session.fleet(), &Fleet::sampled, this, &InstancesPage::chooseSomething);
    connect(header, &QHeaderView::sectionResized, this, &InstancesPage::saveColumns);
    connect(header, &QHeaderView::sectionMoved, this, &InstancesPage::saveColumns);
    connect(header, &QHeaderView::sortIndicatorChanged, this, &InstancesPage::saveColumns);
    connect(m_splitter, &QSplitter::splitterMoved, this,
            [this] { m_settings.setBytes(setting("division"), m_splitter->saveState()); });
    refreshCaption();
    chooseSomething();
}

void InstancesPage::chooseSomething()
{
    if (m_table->currentIndex().isValid() || m_proxy.rowCount() == 0)
        return;
    const QString last = m_settings.text(setting("chosen"));
    const int row = m_model.rowOf(last);
    const bool shown = row >= 0 && m_proxy.mapFromSource(m_model.index(row, 0)).isValid();
    choose(shown ? last : m_proxy.index(0, 0).data(InstancesModel::ServerRole).toString());
}

QStringList InstancesPage::columnKeys() const
{
    QStringList keys;
    for (int section = 0; section < m_model.columnCount(); ++section)
        keys << InstancesModel::columnKey(section);
    return keys;
}

Table InstancesPage::shownTable(bool chosenOnly) const
{
    std::vector<Metric> further;
    for (int section = InstancesModel::ColumnCount; section < m_model.columnCount(); ++section) {
        if (!m_table->isColumnHidden(section))
            further.push_back(*InstancesModel::metricOf(section));
    }
    return m_model.table(shownRows(chosenOnly), further);
}

void InstancesPage::restore()
{
    QHeaderView *header = m_table->horizontalHeader();
    // What was kept is about places: it is void when there are other columns now.
    const bool fits = m_settings.list(setting("columnKeys")) == columnKeys();
    const QByteArray columns = fits ? m_settings.bytes(setting("columns")) : QByteArray();
    if (columns.isEmpty() || !header->restoreState(columns))
        header->setSortIndicator(InstancesModel::State, Qt::DescendingOrder);
    m_proxy.sort(header->sortIndicatorSection(), header->sortIndicatorOrder());
    m_splitter->restoreState(m_settings.bytes(setting("division")));
    m_filter->setText(m_settings.text(setting("filter")));
    m_proxy.setText(m_filter->text());
}

void InstancesPage::saveColumns()
{
    m_settings.setList(setting("columnKeys"), columnKeys());
    m_settings.setBytes(setting("columns"), m_table->horizontalHeader()->saveState());
}

void InstancesPage::buildColumnsMenu(QMenu *menu)
{
    QHeaderView *header = m_table->horizontalHeader();
    for (int section = 1; section < m_model.columnCount(); ++section) {
        QAction *action = menu->addAction(m_model.headerData(section, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(!header->isSectionHidden(section));
        action->setData(section);
        connect(action, &QAction::toggled, this, [this, header, section](bool shown) {
            header->setSectionHidden(section, !shown);
            if (header->sectionSize(section) < 20)
                header->resizeSection(section, columnWidth(section));
            saveColumns();
        });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("As at first")), &QAction::triggered, this, [this, header, menu] {
        for (int section = 0; section < m_model.columnCount(); ++section) {
            header->moveSection(header->visualIndex(section), section);
            header->resizeSection(section, columnWidth(section));
        }
        const QList<QAction *> actions = menu->actions();
        for (QAction *action : actions) {
            if (action->isCheckable())
                action->setChecked(shownAtFirst(action->data().toInt()));
        }
        saveColumns();
    });
}

QString InstancesPage::chosen() const
{
    return m_table->currentIndex().data(InstancesModel::ServerRole).toString();
}

void InstancesPage::choose(const QString &server)
{
    const int row = m_model.rowOf(server);
    if (row < 0)
        return;
    QModelIndex index = m_proxy.mapFromSource(m_model.index(row, 0));
    if (!index.isValid()) {
        m_filter->clear();
        index = m_proxy.mapFromSource(m_model.index(row, 0));
    }
    m_table->setCurrentIndex(index);
    m_table->selectRow(index.row());
    m_table->scrollTo(index);
    m_detail->present(server);
}

void InstancesPage::focusFilter()
{
    const QWidget *focus = QApplication::focusWidget();
    if (focus && m_detail->isAncestorOf(focus) && m_detail->focusFilter())
        return;
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void InstancesPage::refreshCaption()
{
    m_filterError->setText(m_proxy.error());
    m_filterError->setVisible(!m_proxy.error().isEmpty());
    int primaries = 0;
    int replicas = 0;
    for (const monitor::ServerSample &server : m_session.fleet().sample().servers) {
        primaries += server.role == monitor::Role::Primary ? 1 : 0;
        replicas += server.role == monitor::Role::Replica ? 1 : 0;
    }
    const int hidden = m_proxy.hidden();
    QStringList parts{primaries == 1 ? tr("1 primary") : tr("%1 primaries").arg(primaries),
                      replicas == 1 ? tr("1 replica") : tr("%1 replicas").arg(replicas),
                      m_proxy.rowCount() == 1 ? tr("1 row") : tr("%1 rows").arg(m_proxy.rowCount())};
    if (hidden > 0)
        parts << tr("%1 hidden by the filter").arg(hidden);
    m_caption->setText(m_model.rowCount() > 0 ? parts.join(QStringLiteral(" · ")) : QString());
    const bool nothing = m_model.rowCount() > 0 && m_proxy.rowCount() == 0;
    if (nothing)
        m_nothing->showEmpty(tr("No instance matches “%1”.").arg(m_filter->text()),
                             tr("%1 hidden by the filter.").arg(hidden), tr("Clear filter"), tr("Esc"));
    m_stack->setCurrentWidget(nothing ? static_cast<QWidget *>(m_nothing) : m_table);
}

std::vector<int> InstancesPage::shownRows(bool chosenOnly) const
{
    std::vector<int> rows;
    const QModelIndexList selected = m_table->selectionModel()->selectedRows();
    for (int row = 0; row < m_proxy.rowCount(); ++row) {
        const QModelIndex index = m_proxy.index(row, 0);
        if (!chosenOnly || selected.isEmpty() || selected.contains(index))
            rows.push_back(m_proxy.mapToSource(index).row());
    }
    return rows;
}

void InstancesPage::copyRows() const
{
    const QWidget *focus = QApplication::focusWidget();
    if (focus && m_detail->isAncestorOf(focus) && m_detail->copyRows())
        return;
    QApplication::clipboard()->setText(QString::fromUtf8(shownTable(true).toTsv()));
}

QByteArray InstancesPage::exported(const QString &format) const
{
    return exportedTable(shownTable(false), format);
}

} // namespace shardhelm::ui
