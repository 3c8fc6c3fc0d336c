// SPDX-License-Identifier: GPL-3.0-or-later
#include "overview/worstpanel.h"

#include "charts/figurecurve.h"
#include "cluster/serverfacts.h"
#include "common/button.h"
#include "common/label.h"
#include "common/pipwidget.h"
#include "format/units.h"

#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QHBoxLayout>
#include <QShowEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace shardhelm::ui {

namespace {

constexpr size_t shownCurves = 5;

/// What a person pastes into an incident's channel.
QString plainFacts(const QString &server, const Fleet &fleet)
{
    QString text = QStringLiteral("**%1** %2\n").arg(server, conditionWord(fleet.condition(server)));
    if (const Rank *rank = fleet.rank(server))
        text += rank->reason() % u'\n';
    for (const FactGroup &group : factsOf(server, fleet)) {
        for (const Fact &fact : group.facts)
            text += QStringLiteral("- %1: %2%3\n")
                        .arg(fact.label, fact.value,
                             fact.note.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(fact.note));
    }
    return text;
}

} // namespace

WorstPanel::WorstPanel(const Fleet &fleet, QWidget *parent)
    : Panel(parent)
    , m_fleet(fleet)
    , m_caption(new Label(Type::SmallStrong, Tone::Bad, this))
    , m_since(new Label(Type::Caption, Tone::Muted, this))
    , m_name(new Label(Type::Hero, Tone::Text, this))
    , m_facts(new Label(Type::Small, Tone::Muted, this))
    , m_reason(new Label(Type::Strong, Tone::Text, this))
    , m_advice(new Label(Type::Small, Tone::Muted, this))
    , m_open(new Button(tr("Show instance"), ButtonKind::Primary, this))
    , m_sessions(new Button(tr("Open sessions"), this))
    , m_copy(new Button(tr("Copy facts"), this))
    , m_pip(new PipWidget(14, this))
{
    setAccessibleName(tr("Worst right now"));
    auto *across = new QHBoxLayout;
    across->setSpacing(0);
    content()->setContentsMargins(0, 0, 0, 0);
    content()->addLayout(across);

    auto *words = new QVBoxLayout;
    words->setContentsMargins(15, 9, 14, 9);
    words->setSpacing(3);
    auto *first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(m_caption);
    first->addWidget(m_since, 1);
    words->addLayout(first);
    auto *second = new QHBoxLayout;
    second->setSpacing(8);
    second->addWidget(m_pip);
    second->addWidget(m_name);
    second->addWidget(m_facts, 1);
    words->addLayout(second);
    m_reason->setWrapped(true, 3);
    m_advice->setWrapped(true, 2);
    words->addWidget(m_reason);
    words->addWidget(m_advice);
    words->addStretch(1);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    m_open->setObjectName(QStringLiteral("openWorst"));
    m_copy->setObjectName(QStringLiteral("copyFacts"));
    m_sessions->setObjectName(QStringLiteral("openSessions"));
    m_sessions->setKeyHint(QStringLiteral("S"));
    buttons->addWidget(m_open);
    buttons->addWidget(m_sessions);
    buttons->addWidget(m_copy);
    buttons->addStretch(1);
    words->addLayout(buttons);
    across->addLayout(words, 5);
    for (const Metric metric : allMetrics) {
        auto *curve = new FigureCurve(fleet, metric, this);
        curve->hide();
        m_curves.push_back(curve);
        across->addWidget(curve, 2);
    }
    setMinimumHeight(152);
    setMaximumHeight(176);

    connect(m_open, &QPushButton::clicked, this,
            [this] { Q_EMIT serverChosen(m_server.isEmpty() ? m_subject : m_server); });
    connect(m_sessions, &QPushButton::clicked, this, [this] { Q_EMIT sessionsChosen(m_server); });
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(plainFacts(m_subject, m_fleet)); });
    connect(&fleet, &Fleet::sampled, this, &WorstPanel::refresh);
    refresh();
}

void WorstPanel::refresh()
{
    // Nobody looks: showEvent() catches up.
    if (!isVisible())
        return;
    const Rank *rank = m_fleet.ranking().empty() ? nullptr : &m_fleet.ranking().front();
    const monitor::ServerSample *server = rank ? m_fleet.server(rank->server) : nullptr;
    if (rank && server)
        presentWorst(*rank, *server);
    else
        presentCalm();
    update();
}

void WorstPanel::presentWorst(const Rank &rank, const monitor::ServerSample &server)
{
    m_server = m_subject = rank.server;
    const bool bad = rank.condition == Condition::Worst || rank.condition == Condition::Down;
    m_caption->setText(bad || rank.findings.front().raised ? tr("Worst right now") : tr("Stands out"));
    m_caption->setTone(bad ? Tone::Bad : Tone::Muted);
    const QDateTime since = m_fleet.worstSince();
    m_since->setText(since.isValid()
                         ? tr("since %1 · rank held %2")
                               .arg(since.toLocalTime().toString(QStringLiteral("HH:mm:ss")),
                                    format::duration(static_cast<double>(since.secsTo(m_fleet.sample().at))))
                         : QString());
    m_pip->present(rank.condition);
    m_name->setText(rank.server);
    QStringList facts{conditionWord(rank.condition), roleWord(server.role)};
    if (!server.zone.isEmpty())
        facts << server.zone;
    if (!server.version.isEmpty())
        facts << QStringLiteral("PostgreSQL ") % server.version;
    m_facts->setText(facts.join(QStringLiteral(" · ")));
    m_reason->setText(rank.reason());
    QString advice = rank.advice;
    if (rank.condition == Condition::Down && server.role == monitor::Role::Primary) {
        const auto shards = m_fleet.shardsOf(server.instance).size();
        if (shards > 0 && m_fleet.map().logicalShards > 0)
            advice = (shards == 1 ? tr("1 logical shard cannot be reached.")
                                  : tr("%1 logical shards cannot be reached.").arg(shards))
                % u' ' % advice;
    }
    m_advice->setText(advice);
    m_advice->setVisible(!advice.isEmpty());
    m_open->setVisible(true);
    m_copy->setVisible(true);
    setStripe(bad ? Tokens::of(this).bad : Tokens::of(this).control);
    chooseCurves(&rank, server);
}

void WorstPanel::presentCalm()
{
    m_server.clear();
    setStripe({});
    const FleetSummary &summary = m_fleet.summary();
    const monitor::ServerSample *highest = nullptr;
    for (const monitor::ServerSample &server : m_fleet.sample().servers) {
        if (server.role == monitor::Role::Primary
            && (!highest || server.p99Ms.value.value_or(-1) > highest->p99Ms.value.value_or(-1)))
            highest = &server;
    }
    m_caption->setText(tr("Nothing wrong"));
    m_caption->setTone(Tone::Muted);
    m_since->setText(QString());
    m_pip->present(Condition::Healthy);
    m_name->setText(summary.healthy == summary.servers ? tr("All %1 servers are healthy").arg(summary.servers)
                                                       : summary.sentence());
    m_facts->setText(QString());
    m_reason->setText(tr("No outlier in the last sample."));
    QString advice;
    if (highest && highest->p99Ms.value) {
        const auto ratio = p99Ratio(*highest, summary);
        advice = tr("Highest p99: %1, %2").arg(highest->name, metricText(Metric::P99, *highest->p99Ms.value));
        if (ratio)
            advice += tr(", %1 the median. Under 2× is no outlier.").arg(format::factor(*ratio));
    }
    m_advice->setText(advice);
    m_advice->setVisible(!advice.isEmpty());
    m_open->setVisible(highest != nullptr);
    m_copy->setVisible(highest != nullptr);
    if (highest) {
        m_subject = highest->name;
        chooseCurves(nullptr, *highest);
    }
}

void WorstPanel::chooseCurves(const Rank *rank, const monitor::ServerSample &server)
{
    // The figures of the findings first, then the usual ones, always in the same order.
    std::vector<Metric> wanted;
    const auto want = [&](Metric metric) {
        if (std::find(wanted.begin(), wanted.end(), metric) == wanted.end() && wanted.size() < shownCurves)
            wanted.push_back(metric);
    };
    const bool replica = server.role == monitor::Role::Replica;
    if (rank) {
        for (const Finding &finding : rank->findings) {
            if (finding.metric)
                want(*finding.metric);
        }
    }
    if (replica)
        want(Metric::LagSeconds);
    for (const Metric usual :
         {Metric::P99, Metric::Blocked, Metric::Transactions, Metric::Connections, Metric::LongestTransaction})
        want(usual);
    for (FigureCurve *curve : m_curves) {
        const bool shown = std::find(wanted.begin(), wanted.end(), curve->metric()) != wanted.end();
        if (shown)
            curve->present(server.name);
        curve->setVisible(shown);
    }
}

void WorstPanel::changeEvent(QEvent *event)
{
    Panel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_curves.empty())
        refresh();
}

void WorstPanel::showEvent(QShowEvent *event)
{
    Panel::showEvent(event);
    refresh();
}

} // namespace shardhelm::ui
