// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/statementstab.h"

#include "cluster/settings.h"
#include "common/button.h"
#include "common/choicebutton.h"
#include "common/label.h"
#include "instances/factview.h"
#include "instances/meanstrip.h"
#include "instances/statementrows.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QSplitter>
#include <QVBoxLayout>

namespace shardhelm::ui {

namespace {

constexpr std::chrono::seconds interval{15};
/// Until there is a first window.
constexpr std::chrono::seconds firstInterval{3};
constexpr qsizetype longestShown = 260;

} // namespace

StatementsTab::StatementsTab(ClusterSession &session, DetailWorker &worker, Settings &settings, QWidget *parent)
    : DetailTab(parent)
    , m_session(session)
    , m_reading(session, worker, firstInterval, [this](const QString &server) { return reader(server); })
    , m_view(
          new FactView(QStringLiteral("detail/statements"), tr("Statements"), StatementRows::columns(), settings, this))
    , m_span(new ChoiceButton(tr("Time counted"), this))
    , m_heading(new Label(tr("Only here, or everywhere?"), Type::SmallStrong, Tone::Text, this))
    , m_sentence(new Label(Type::Small, Tone::Text, this))
    , m_strip(new MeanStrip(this))
    , m_text(new Label(Type::Code, Tone::Muted, this))
    , m_copy(new Button(tr("Copy statement"), this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setChildrenCollapsible(false);
    column->addWidget(splitter);
    splitter->addWidget(m_view);
    auto *side = new QWidget(this);
    auto *sideColumn = new QVBoxLayout(side);
    sideColumn->setContentsMargins(10, 6, 10, 8);
    sideColumn->setSpacing(4);
    sideColumn->addWidget(m_heading);
    m_sentence->setWrapped(true);
    sideColumn->addWidget(m_sentence);
    sideColumn->addWidget(m_strip, 1);
    m_text->setWrapped(true);
    sideColumn->addWidget(m_text);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_copy);
    buttons->addStretch(1);
    sideColumn->addLayout(buttons);
    splitter->addWidget(side);
    splitter->setStretchFactor(0, 7);
    splitter->setStretchFactor(1, 3);
    splitter->setSizes({900, 400});

    m_span->setObjectName(QStringLiteral("statementSpan"));
    m_span->addChoice(QStringLiteral("window"), tr("The last minutes"));
    m_span->addChoice(QStringLiteral("reset"), tr("Since the statistics were reset"), tr("Since reset"));
    m_span->setCurrent(settings.text(QStringLiteral("detail/statements/span"), QStringLiteral("window")));
    m_view->addToBar(m_span);
    m_view->setFirstOrder(QStringLiteral("share"), Qt::DescendingOrder);
    connect(m_span, &ChoiceButton::chosen, this, [this, &settings](const QVariant &value) {
        settings.setText(QStringLiteral("detail/statements/span"), value.toString());
        refresh();
    });
    connect(&m_reading, &Reading::changed, this, &StatementsTab::refresh);
    connect(m_view, &FactView::tryAgain, &m_reading, &Reading::readNow);
    connect(m_view, &FactView::currentChanged, this, &StatementsTab::refreshComparison);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        if (const auto *fact = chosen())
            QApplication::clipboard()->setText(fact->text);
    });
    refreshComparison();
}

ValueReading<StatementsTab::Reports>::Reader StatementsTab::reader(const QString &server)
{
    const Fleet &fleet = m_session.fleet();
    const QString pattern = fleet.map().layout == cluster::Layout::Schema ? fleet.map().schemaPattern : QString();
    if (!m_statements || pattern != m_schemaPattern)
        m_statements = std::make_shared<monitor::detail::FleetStatements>(pattern);
    m_schemaPattern = pattern;
    std::vector<monitor::detail::StatementMember> members;
    for (const monitor::Target &target : comparableTargets(fleet, server)) {
        const monitor::ServerSample *sample = fleet.server(target.name);
        members.push_back({target, sample ? sample->serverKey : QString()});
    }
    if (members.empty())
        return {};
    return [statements = m_statements, members, server](const Askers &askers, const Wait &wait) -> Result<Reports> {
        const auto read = statements->read(askers.monitor, members, server, wait);
        if (!read)
            return Failure(read.error());
        return Reports{statements->report(monitor::detail::StatementSpan::Window),
                       statements->report(monitor::detail::StatementSpan::SinceReset)};
    };
}

const monitor::detail::StatementReport *StatementsTab::report() const
{
    if (!m_reading.value())
        return nullptr;
    return m_span->current() == QStringLiteral("reset") ? &m_reading.value()->sinceReset : &m_reading.value()->window;
}

const monitor::detail::StatementFact *StatementsTab::chosen() const
{
    const auto *shown = report();
    if (!shown)
        return nullptr;
    const QString id = m_view->current();
    const auto found = std::find_if(shown->statements.begin(), shown->statements.end(),
                                    [&](const auto &fact) { return fact.fingerprint == id; });
    return found == shown->statements.end() ? nullptr : &*found;
}

void StatementsTab::setServer(const QString &server)
{
    m_reading.setInterval(firstInterval);
    m_reading.setServer(server);
}

QString StatementsTab::note() const
{
    return report() ? StatementRows::source(*report()) : QString();
}

void StatementsTab::focusContent()
{
    m_view->focusTable();
}

bool StatementsTab::isSettled() const
{
    return m_reading.error() || (m_reading.value() && m_reading.value()->window.seconds > 0);
}

void StatementsTab::refresh()
{
    const auto *shown = report();
    if (m_reading.value() && m_reading.value()->window.seconds > 0)
        m_reading.setInterval(interval);
    m_view->present(shown ? StatementRows::rows(*shown) : std::vector<FactRow>());
    FactWords words;
    words.loading = tr("Reading the statements of the fleet.");
    if (shown && shown->span == monitor::detail::StatementSpan::Window && shown->seconds <= 0) {
        words.emptyStrong = tr("The first window is being measured.");
        words.emptyRest = tr("It takes two readings, some seconds apart. “Since reset” shows what was counted before.");
    } else {
        words.emptyStrong = tr("No statement ran in this time.");
    }
    if (m_reading.error() && m_reading.error()->expected.contains(QStringLiteral("pg_stat_statements"))) {
        words.failedStrong = tr("Statements are not counted here.");
        words.failedRest = tr("The database has no extension pg_stat_statements: name it in shared_preload_libraries, "
                              "restart, then CREATE EXTENSION pg_stat_statements.");
    } else if (m_reading.error() && m_reading.error()->code == ErrorCode::NotPermitted) {
        words.failedRest = tr("The role may not see the statements of others: granting pg_monitor to it shows them.");
    }
    m_view->presentState(m_reading, words);
    if (shown && !shown->statements.empty() && m_view->current().isEmpty())
        m_view->chooseFirst();
    refreshComparison();
    Q_EMIT noteChanged();
}

void StatementsTab::refreshComparison()
{
    const auto *fact = chosen();
    m_strip->setVisible(fact != nullptr);
    m_text->setVisible(fact != nullptr);
    m_copy->setVisible(fact != nullptr);
    m_heading->setVisible(m_reading.hasValue());
    if (!fact) {
        m_sentence->setText(m_reading.hasValue() ? tr("Choose a statement to see it on every instance.") : QString());
        m_strip->clear();
        return;
    }
    m_sentence->setText(StatementRows::sentence(*report(), *fact));
    m_strip->present(*report(), *fact);
    m_text->setText(fact->text.size() > longestShown ? fact->text.left(longestShown) % u'…' : fact->text);
}

void StatementsTab::showEvent(QShowEvent *event)
{
    DetailTab::showEvent(event);
    m_reading.setWatched(true);
}

void StatementsTab::hideEvent(QHideEvent *event)
{
    DetailTab::hideEvent(event);
    m_reading.setWatched(false);
}

} // namespace shardhelm::ui
