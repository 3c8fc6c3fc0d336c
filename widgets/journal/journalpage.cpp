// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal/journalpage.h"

#include "common/button.h"
#include "common/choicebutton.h"
#include "common/label.h"
#include "common/panel.h"
#include "common/placeholder.h"
#include "instances/servertable.h"
#include "instances/tableexport.h"
#include "theme/fonts.h"
#include "theme/icons.h"
#include "wording/errors.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace shardhelm::ui {

namespace {

constexpr std::chrono::seconds readAgain{15};
constexpr qint64 mostEntries = 5000;

} // namespace

JournalPage::JournalPage(ClusterSession &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_controller(session)
    , m_filter(new QLineEdit(this))
    , m_span(new ChoiceButton(tr("Time"), this))
    , m_kind(new ChoiceButton(tr("Kind"), this))
    , m_caption(new Label(Type::Small, Tone::Muted, this))
    , m_export(new Button(tr("Export"), this))
    , m_stack(new QStackedWidget(this))
    , m_table(new ServerTable(this))
    , m_nothing(new Placeholder(this))
{
    setObjectName(QStringLiteral("journalPage"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    auto *bar = new QHBoxLayout;
    bar->setSpacing(8);
    column->addLayout(bar);
    m_filter->setObjectName(QStringLiteral("journalFilter"));
    m_filter->setAccessibleName(tr("Filter"));
    m_filter->setPlaceholderText(tr("instance, person, what was done"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setFixedWidth(300);
    m_filter->setFont(typeFont(Type::Small));
    m_filter->addAction(icon(QStringLiteral("filter")), QLineEdit::LeadingPosition);
    m_span->addChoice(86400, tr("Last day"));
    m_span->addChoice(604800, tr("Last week"));
    m_span->addChoice(2592000, tr("Last 30 days"));
    m_span->addChoice(0, tr("Everything"));
    m_span->setCurrent(604800);
    m_kind->addChoice(QString(), tr("All kinds"));
    m_kind->addChoice(QStringLiteral("alert"), tr("Alerts"));
    m_kind->addChoice(QStringLiteral("map"), tr("Map changes"));
    m_kind->addChoice(QStringLiteral("instance"), tr("Instances"));
    m_kind->addChoice(QStringLiteral("directory"), tr("Directory"));
    m_kind->setCurrent(QString());
    m_export->setObjectName(QStringLiteral("journalExport"));
    m_export->setAccessibleName(tr("Export"));
    m_export->setMenu(new QMenu(m_export));
    bar->addWidget(m_filter);
    bar->addWidget(m_span);
    bar->addWidget(m_kind);
    bar->addWidget(m_caption);
    bar->addStretch(1);
    bar->addWidget(m_export);

    auto *panel = new Panel(this);
    panel->setAccessibleName(tr("Journal"));
    panel->content()->setContentsMargins(0, 0, 0, 1);
    panel->content()->addWidget(m_stack);
    column->addWidget(panel, 1);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_nothing);
    m_proxy.setSourceModel(&m_model);
    m_proxy.setFilterRole(JournalModel::SearchRole);
    m_proxy.setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_table->setObjectName(QStringLiteral("journalTable"));
    m_table->setAccessibleName(tr("Journal"));
    m_table->setModel(&m_proxy);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setFont(typeFont(Type::Small));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(24);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setFont(typeFont(Type::Small));
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setFixedHeight(25);
    header->resizeSection(JournalModel::At, 150);
    header->resizeSection(JournalModel::What, 150);
    header->setSectionResizeMode(JournalModel::Detail, QHeaderView::Stretch);
    header->resizeSection(JournalModel::Who, 110);
    header->resizeSection(JournalModel::Host, 140);

    fillExportMenu(
        m_export->menu(), this, [this] { return m_model.table(shownRows()); },
        [this] { return QString(m_session.fleet().file().name % QStringLiteral("-journal")); });
    m_again.setInterval(readAgain);
    connect(&m_again, &QTimer::timeout, this, &JournalPage::read);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_proxy.setFilterFixedString(text);
        refreshCaption();
    });
    m_proxy.setFilterKeyColumn(0);
    for (ChoiceButton *choice : {m_span, m_kind})
        connect(choice, &ChoiceButton::chosen, this, &JournalPage::read);
    connect(m_nothing, &Placeholder::actionChosen, this, &JournalPage::read);
    connect(&m_controller, &JournalController::answered, this, &JournalPage::present);
    connect(&m_controller, &JournalController::failed, this, &JournalPage::presentFailure);
    connect(&session.fleet(), &Fleet::clusterChanged, this, [this] {
        if (isVisible() && !m_isRead)
            read();
    });
    connect(&session, &ClusterSession::opened, this, [this] {
        m_isRead = false;
        m_model.setEntries({});
        refreshCaption();
    });
}

void JournalPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_again.start();
    read();
}

void JournalPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_again.stop();
}

void JournalPage::read()
{
    cluster::JournalFilter filter;
    filter.most = mostEntries;
    filter.kind = m_kind->current().toString();
    if (const int span = m_span->current().toInt(); span > 0)
        filter.since = QDateTime::currentDateTimeUtc().addSecs(-span);
    m_controller.read(filter);
    if (!m_isRead) {
        m_nothing->showLoading(tr("Reading the journal"), 0, 0);
        m_stack->setCurrentWidget(m_nothing);
    }
}

void JournalPage::present(const std::vector<cluster::JournalEntry> &entries)
{
    m_isRead = true;
    m_model.setEntries(entries);
    if (entries.empty())
        m_nothing->showEmpty(tr("Nothing in the journal"), tr("No entry of this kind in this time."));
    m_stack->setCurrentWidget(entries.empty() ? static_cast<QWidget *>(m_nothing) : m_table);
    refreshCaption();
}

void JournalPage::presentFailure(const Error &error)
{
    // What was read stays; there is nothing newer.
    if (m_isRead && m_model.rowCount() > 0) {
        m_caption->setText(wording::sentence(error));
        return;
    }
    m_nothing->showFailure(wording::sentence(error), wording::advice(error), wording::technical(error),
                           tr("Try again"));
    m_stack->setCurrentWidget(m_nothing);
}

void JournalPage::refreshCaption()
{
    const int all = m_model.rowCount();
    const int shown = m_proxy.rowCount();
    m_caption->setText(all == 0           ? QString()
                           : shown == all ? tr("%1 entries").arg(all)
                                          : tr("%1 of %2 entries").arg(shown).arg(all));
}

std::vector<int> JournalPage::shownRows() const
{
    std::vector<int> rows;
    for (int row = 0; row < m_proxy.rowCount(); ++row)
        rows.push_back(m_proxy.mapToSource(m_proxy.index(row, 0)).row());
    return rows;
}

} // namespace shardhelm::ui
