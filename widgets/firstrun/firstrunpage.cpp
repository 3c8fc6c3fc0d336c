// SPDX-License-Identifier: GPL-3.0-or-later
#include "firstrun/firstrunpage.h"

#include "cluster/shorttext.h"
#include "common/banner.h"
#include "common/button.h"
#include "common/choicebutton.h"
#include "common/label.h"
#include "common/panel.h"
#include "common/pipwidget.h"
#include "firstrun/cardicon.h"
#include "firstrun/recentrow.h"
#include "format/units.h"
#include "wording/errors.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QProgressBar>
#include <QScrollArea>
#include <QShowEvent>
#include <QSizePolicy>
#include <QVBoxLayout>

namespace shardhelm::ui {

namespace {

constexpr int pageWidth = 920;

void clearLayout(QVBoxLayout *layout)
{
    while (QLayoutItem *item = layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

} // namespace

FirstRunPage::FirstRunPage(RecentClusters &recent, DemoController &demo, QWidget *parent)
    : QWidget(parent)
    , m_recent(recent)
    , m_demo(demo)
    , m_error(new Banner(this))
    , m_recentPanel(new Panel(tr("Recent"), this))
    , m_recentRows(new QVBoxLayout)
    , m_checksPanel(new Panel(tr("This computer"), this))
    , m_checkRows(new QVBoxLayout)
    , m_checkAgain(new LinkButton(tr("Check again"), this))
{
    setObjectName(QStringLiteral("firstRunPage"));
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setAccessibleName(tr("No cluster is open"));
    outer->addWidget(scroll);
    auto *body = new QWidget(scroll);
    scroll->setWidget(body);
    auto *across = new QHBoxLayout(body);
    across->setContentsMargins(24, 24, 24, 24);
    auto *page = new QWidget(body);
    page->setMaximumWidth(pageWidth);
    page->setMinimumWidth(760);
    across->addStretch(1);
    across->addWidget(page, 100);
    across->addStretch(1);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(14);
    column->addStretch(2);
    auto *titles = new QVBoxLayout;
    titles->setSpacing(0);
    titles->addWidget(new Label(tr("No cluster is open"), Type::Hero, Tone::Text, page));
    titles->addWidget(new Label(tr("Shardhelm reads a cluster file, then its directory. Nothing is written to any "
                                   "server until you confirm it."),
                                Type::Body, Tone::Muted, page));
    column->addLayout(titles);
    column->addWidget(m_error);
    buildCards(column);

    m_recentPanel->setHeadLine(true);
    m_recentPanel->content()->setContentsMargins(0, 0, 0, 1);
    m_recentRows->setSpacing(0);
    m_recentPanel->content()->addLayout(m_recentRows);
    column->addWidget(m_recentPanel);

    m_checksPanel->setHeadLine(true);
    m_checksPanel->content()->setContentsMargins(0, 0, 0, 1);
    m_checkAgain->setAccessibleName(tr("Check this computer again"));
    m_checksPanel->addToHead(m_checkAgain);
    m_checkRows->setSpacing(0);
    m_checksPanel->content()->addLayout(m_checkRows);
    column->addWidget(m_checksPanel);
    column->addStretch(3);

    connect(m_checkAgain, &QPushButton::clicked, &m_checks, &ComputerChecks::start);
    connect(&m_checks, &ComputerChecks::finished, this, &FirstRunPage::refreshChecks);
    connect(&recent, &QAbstractItemModel::modelReset, this, &FirstRunPage::refreshRecent);
    connect(&demo, &DemoController::stateChanged, this, &FirstRunPage::refreshDemo);
    connect(&demo, &DemoController::progressed, this, &FirstRunPage::refreshDemo);
    connect(m_error, &Banner::actionChosen, this, &FirstRunPage::clearError);
    refreshRecent();
    refreshChecks();
    refreshDemo();
}

void FirstRunPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_checked)
        return;
    // Not before the first look: the checks run programs, and a window that opens a cluster at once needs none.
    m_checked = true;
    m_checks.start();
}

void FirstRunPage::showError(const Error &error)
{
    const QString advice = wording::advice(error);
    m_error->present(Banner::Kind::Failure, wording::sentence(error), advice, tr("Dismiss"), {},
                     wording::technical(error));
}

void FirstRunPage::clearError()
{
    m_error->hide();
}

Panel *FirstRunPage::card(const QString &iconName, const QString &title, const QString &text)
{
    auto *panel = new Panel(this);
    panel->setAccessibleName(title);
    panel->content()->setContentsMargins(14, 12, 14, 14);
    panel->content()->setSpacing(6);
    panel->setMinimumHeight(206);
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(new CardIcon(iconName, panel));
    head->addWidget(new Label(title, Type::Value, Tone::Text, panel), 1);
    panel->content()->addLayout(head);
    auto *words = new Label(text, Type::Body, Tone::Muted, panel);
    words->setWrapped(true);
    panel->content()->addWidget(words);
    return panel;
}

void FirstRunPage::buildCards(QVBoxLayout *column)
{
    auto *cards = new QHBoxLayout;
    cards->setSpacing(10);
    column->addLayout(cards);

    Panel *open =
        card(QStringLiteral("folder"), tr("Open cluster file"),
             tr("A TOML file with the directory's address, the environment and its limits. It holds no secrets."));
    open->content()->addStretch(1);
    auto *drop = new Label(tr("Drop a .toml file on this window, or choose one."), Type::Body, Tone::Muted, open);
    drop->setWrapped(true);
    open->content()->addWidget(drop);
    auto *openRow = new QHBoxLayout;
    openRow->setSpacing(8);
    auto *openButton = new Button(tr("Open…"), ButtonKind::Primary, open);
    openButton->setObjectName(QStringLiteral("openFile"));
    openButton->setKeyHint(QStringLiteral("Ctrl+O"));
    openButton->setAccessibleName(tr("Open cluster file"));
    auto *newButton = new Button(tr("New from example…"), open);
    newButton->setObjectName(QStringLiteral("newFile"));
    newButton->setAccessibleName(tr("New cluster file from the example"));
    openRow->addWidget(openButton);
    openRow->addWidget(newButton);
    openRow->addStretch(1);
    open->content()->addLayout(openRow);
    connect(openButton, &QPushButton::clicked, this, [this] { Q_EMIT openRequested({}); });
    connect(newButton, &QPushButton::clicked, this, &FirstRunPage::newRequested);
    cards->addWidget(open, 1);

    Panel *connectCard = card(QStringLiteral("plug"), tr("Connect to a directory"),
                              tr("Give the database that holds the shard map. The cluster file is made for you."));
    auto *form = new QGridLayout;
    form->setHorizontalSpacing(10);
    form->setVerticalSpacing(6);
    m_conninfo = new QLineEdit(connectCard);
    m_conninfo->setObjectName(QStringLiteral("conninfo"));
    m_conninfo->setAccessibleName(tr("Connection string of the directory"));
    m_conninfo->setPlaceholderText(QStringLiteral("host=dir dbname=shards"));
    m_environment = new ChoiceButton(tr("Environment"), connectCard);
    m_environment->setObjectName(QStringLiteral("environment"));
    m_environment->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_environment->addChoice(static_cast<int>(cluster::Environment::Production), tr("Production"));
    m_environment->addChoice(static_cast<int>(cluster::Environment::Staging), tr("Staging"));
    m_environment->addChoice(static_cast<int>(cluster::Environment::Development), tr("Development"));
    m_environment->setCurrent(static_cast<int>(cluster::Environment::Production));
    form->addWidget(new Label(tr("Connection"), Type::Small, Tone::Text, connectCard), 0, 0);
    form->addWidget(m_conninfo, 0, 1);
    form->addWidget(new Label(tr("Environment"), Type::Small, Tone::Text, connectCard), 1, 0);
    form->addWidget(m_environment, 1, 1);
    form->setColumnStretch(1, 1);
    connectCard->content()->addLayout(form);
    connectCard->content()->addStretch(1);
    auto *connectRow = new QHBoxLayout;
    connectRow->setSpacing(8);
    m_connect = new Button(tr("Connect"), connectCard);
    m_connect->setObjectName(QStringLiteral("connect"));
    m_connect->setAccessibleName(tr("Connect to the directory"));
    m_connect->setEnabled(false);
    m_connect->setToolTip(tr("Needs a connection string"));
    auto *adopt = new Button(tr("Adopt running instances…"), connectCard);
    adopt->setObjectName(QStringLiteral("adopt"));
    adopt->setAccessibleName(tr("Adopt running instances"));
    connectRow->addWidget(m_connect);
    connectRow->addWidget(adopt);
    connectRow->addStretch(1);
    connectCard->content()->addLayout(connectRow);
    const auto connectNow = [this] {
        if (!m_conninfo->text().trimmed().isEmpty())
            Q_EMIT connectRequested(m_conninfo->text().trimmed(),
                                    static_cast<cluster::Environment>(m_environment->current().toInt()));
    };
    connect(m_conninfo, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_connect->setEnabled(!text.trimmed().isEmpty());
        m_connect->setToolTip(text.trimmed().isEmpty() ? tr("Needs a connection string") : QString());
    });
    connect(m_conninfo, &QLineEdit::returnPressed, this, connectNow);
    connect(m_connect, &QPushButton::clicked, this, connectNow);
    connect(adopt, &QPushButton::clicked, this, &FirstRunPage::adoptRequested);
    cards->addWidget(connectCard, 1);

    const demo::DemoSettings usual;
    Panel *demoCard = card(QStringLiteral("flask"), tr("Try the demo"),
                           tr("Starts %1 small PostgreSQL servers on this computer with %2 logical shards, %3 tenants "
                              "and a load. No network, "
                              "no root, removed with one click.")
                               .arg(usual.instances)
                               .arg(usual.logicalShards)
                               .arg(usual.tenants));
    demoCard->content()->addStretch(1);
    m_demoState = new Label(Type::Body, Tone::Muted, demoCard);
    m_demoState->setWrapped(true);
    demoCard->content()->addWidget(m_demoState);
    m_demoBar = new QProgressBar(demoCard);
    m_demoBar->setObjectName(QStringLiteral("demoProgress"));
    m_demoBar->setAccessibleName(tr("Progress of the demo's start"));
    m_demoBar->setTextVisible(false);
    m_demoBar->setFixedHeight(6);
    demoCard->content()->addWidget(m_demoBar);
    auto *demoRow = new QHBoxLayout;
    demoRow->setSpacing(8);
    m_demoStart = new Button(tr("Start demo"), demoCard);
    m_demoStart->setObjectName(QStringLiteral("startDemo"));
    m_demoOptions = new Button(tr("Options…"), demoCard);
    m_demoOptions->setObjectName(QStringLiteral("demoOptions"));
    m_demoOptions->setAccessibleName(tr("Options of the demo"));
    demoRow->addWidget(m_demoStart);
    demoRow->addWidget(m_demoOptions);
    demoRow->addStretch(1);
    demoCard->content()->addLayout(demoRow);
    connect(m_demoStart, &QPushButton::clicked, this, [this] {
        if (m_demo.state() == DemoController::State::Starting)
            m_demo.cancel();
        else
            Q_EMIT demoRequested();
    });
    connect(m_demoOptions, &QPushButton::clicked, this, &FirstRunPage::demoOptionsRequested);
    cards->addWidget(demoCard, 1);
}

void FirstRunPage::refreshDemo()
{
    const DemoController::State state = m_demo.state();
    const bool starting = state == DemoController::State::Starting;
    m_demoBar->setVisible(starting);
    m_demoBar->setRange(0, std::max(1, m_demo.stepsExpected()));
    m_demoBar->setValue(m_demo.stepsDone());
    m_demoStart->setText(starting ? tr("Cancel") : tr("Start demo"));
    m_demoStart->setAccessibleName(m_demoStart->text());
    m_demoStart->setEnabled(state != DemoController::State::Stopping);
    m_demoOptions->setEnabled(state == DemoController::State::Idle);
    switch (state) {
    case DemoController::State::Idle:
        m_demoState->setText(tr("Needs about 400 MB of disk, 20 s to start."));
        break;
    case DemoController::State::Starting: {
        const auto left = m_demo.secondsLeft();
        m_demoState->setText(
            left ? tr("%1 · about %2 left")
                       .arg(m_demo.stepText(), shortened(format::duration(std::ceil(std::max(1.0, *left)))))
                 : m_demo.stepText());
        break;
    }
    case DemoController::State::Running:
        m_demoState->setText(tr("The demo is running."));
        m_demoStart->setText(tr("Open demo"));
        break;
    case DemoController::State::Stopping:
        m_demoState->setText(tr("Stopping the demo."));
        break;
    }
}

void FirstRunPage::refreshRecent()
{
    clearLayout(m_recentRows);
    if (m_recent.rowCount() == 0) {
        auto *none =
            new Label(tr("Clusters you open are listed here, with their environment and when you last saw them."),
                      Type::Body, Tone::Muted, m_recentPanel);
        none->setContentsMargins(0, 0, 0, 0);
        auto *row = new QWidget(m_recentPanel);
        auto *line = new QHBoxLayout(row);
        line->setContentsMargins(12, 10, 12, 10);
        line->addWidget(none);
        m_recentRows->addWidget(row);
        return;
    }
    for (int row = 0; row < m_recent.rowCount(); ++row) {
        auto *button = new RecentRow(m_recent.index(row), m_recentPanel);
        const QString path = m_recent.index(row).data(RecentClusters::PathRole).toString();
        connect(button, &QAbstractButton::clicked, this, [this, path] { Q_EMIT openRequested(path); });
        connect(
            button, &RecentRow::removeRequested, this, [this, path] { m_recent.remove(path); }, Qt::QueuedConnection);
        m_recentRows->addWidget(button);
    }
}

void FirstRunPage::refreshChecks()
{
    clearLayout(m_checkRows);
    if (m_checks.results().empty()) {
        auto *row = new QWidget(m_checksPanel);
        auto *line = new QHBoxLayout(row);
        line->setContentsMargins(12, 6, 12, 6);
        line->addWidget(
            new Label(tr("Looking for libpq, PostgreSQL's programs and a keychain."), Type::Small, Tone::Muted, row));
        m_checkRows->addWidget(row);
        return;
    }
    for (const ComputerCheck &check : m_checks.results()) {
        auto *row = new QWidget(m_checksPanel);
        row->setFixedHeight(26);
        row->setObjectName(QStringLiteral("check"));
        auto *line = new QHBoxLayout(row);
        line->setContentsMargins(10, 0, 10, 0);
        line->setSpacing(6);
        auto *pip = new PipWidget(9, row);
        pip->present(check.fine ? Condition::Healthy : Condition::Degraded);
        line->addWidget(pip);
        auto *subject = new Label(check.subject, Type::Small, Tone::Text, row);
        subject->setFixedWidth(176);
        line->addWidget(subject);
        line->addWidget(new Label(check.finding, Type::Small, Tone::Muted, row), 1);
        if (!check.remedy.isEmpty()) {
            auto *help = new LinkButton(tr("What to do"), row);
            help->setAccessibleName(tr("What to do about %1").arg(check.subject));
            connect(help, &QPushButton::clicked, this, [this, check] {
                m_error->present(Banner::Kind::Warning, check.subject % QStringLiteral(": ") % check.finding % u'.',
                                 check.remedy, tr("Dismiss"));
            });
            line->addWidget(help);
        }
        m_checkRows->addWidget(row);
    }
}

} // namespace shardhelm::ui
