// SPDX-License-Identifier: GPL-3.0-or-later
#include "overview/overviewpage.h"

#include "charts/fleetchart.h"
#include "charts/stripchart.h"
#include "cluster/settings.h"
#include "common/button.h"
#include "common/choicebutton.h"
#include "common/label.h"
#include "common/panel.h"
#include "format/units.h"
#include "overview/fleetline.h"
#include "overview/rankingview.h"
#include "overview/worstpanel.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QShowEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace shardhelm::ui {

OverviewPage::OverviewPage(ClusterSession &session, Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_fleet(session.fleet())
    , m_settings(settings)
    , m_ranking(session.fleet())
    , m_line(new FleetLine(session.fleet(), this))
    , m_worst(new WorstPanel(session.fleet(), this))
    , m_stripPanel(new Panel(QString(), this))
    , m_strip(new StripChart(session.fleet(), m_stripPanel))
    , m_choice(new ChoiceButton(tr("Figure"), m_stripPanel))
    , m_chartPanel(new Panel(QString(), this))
    , m_chart(new FleetChart(session.fleet(), m_chartPanel))
    , m_rankingPanel(new Panel(tr("Ranking"), this))
    , m_rankingView(new RankingView(session.fleet(), m_ranking, m_rankingPanel))
    , m_mapPanel(new Panel(tr("Shard map"), this))
{
    setObjectName(QStringLiteral("overviewPage"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    column->addWidget(m_line);
    column->addWidget(m_worst);
    auto *below = new QHBoxLayout;
    below->setSpacing(8);
    column->addLayout(below, 1);
    auto *charts = new QVBoxLayout;
    charts->setSpacing(8);
    below->addLayout(charts, 72);
    auto *side = new QVBoxLayout;
    side->setSpacing(8);
    below->addLayout(side, 28);

    for (const Metric metric :
         {Metric::P99, Metric::Transactions, Metric::Writes, Metric::Connections, Metric::Blocked,
          Metric::LongestTransaction, Metric::LagSeconds, Metric::CacheHit, Metric::Size, Metric::RoundTrip})
        m_choice->addChoice(metricKey(metric), metricTitle(metric));
    m_choice->setObjectName(QStringLiteral("figure"));
    m_stripPanel->addToHead(m_choice);
    m_stripPanel->content()->setContentsMargins(0, 0, 0, 4);
    m_stripPanel->content()->addWidget(m_strip);
    m_chartPanel->content()->setContentsMargins(0, 0, 0, 4);
    m_chartPanel->content()->addWidget(m_chart);
    charts->addWidget(m_stripPanel, 3);
    charts->addWidget(m_chartPanel, 5);

    auto *all = new LinkButton(tr("All instances"), m_rankingPanel);
    all->setAccessibleName(tr("All instances"));
    m_rankingPanel->addToHead(all);
    m_rankingPanel->setHeadLine(true);
    m_rankingPanel->content()->setContentsMargins(0, 0, 0, 1);
    m_rankingPanel->content()->addWidget(m_rankingView);
    side->addWidget(m_rankingPanel, 1);

    m_mapPanel->setHeadLine(true);
    m_mapPanel->content()->setContentsMargins(10, 6, 10, 8);
    auto *facts = new QGridLayout;
    facts->setHorizontalSpacing(8);
    facts->setVerticalSpacing(3);
    for (int row = 0; row < 6; ++row) {
        m_mapFacts.emplace_back(new Label(Type::Small, Tone::Muted, m_mapPanel),
                                new Label(Type::Small, Tone::Text, m_mapPanel));
        m_mapFacts.back().second->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        facts->addWidget(m_mapFacts.back().first, row, 0);
        facts->addWidget(m_mapFacts.back().second, row, 1);
    }
    facts->setColumnStretch(1, 1);
    m_mapPanel->content()->addLayout(facts);
    side->addWidget(m_mapPanel, 0);

    connect(m_choice, &ChoiceButton::chosen, this,
            [this](const QVariant &value) { setMetric(metricOfKey(value.toString())); });
    connect(all, &QPushButton::clicked, this, &OverviewPage::allChosen);
    connect(m_line, &FleetLine::serverChosen, this, &OverviewPage::serverChosen);
    connect(m_worst, &WorstPanel::serverChosen, this, &OverviewPage::serverChosen);
    connect(m_strip, &StripChart::serverChosen, this, &OverviewPage::serverChosen);
    connect(m_rankingView, &RankingView::serverChosen, this, &OverviewPage::serverChosen);
    connect(&m_fleet, &Fleet::sampled, this, &OverviewPage::refresh);
    connect(&m_fleet, &Fleet::clusterChanged, this, &OverviewPage::refresh);
    setMetric(metricOfKey(settings.text(QStringLiteral("overview/figure"), QStringLiteral("p99"))));
}

void OverviewPage::setMetric(Metric metric)
{
    m_metric = metric;
    m_choice->setCurrent(metricKey(metric));
    m_settings.setText(QStringLiteral("overview/figure"), metricKey(metric));
    m_strip->setMetric(metric);
    m_chart->setMetric(metric);
    refresh();
}

void OverviewPage::refresh()
{
    // Nobody looks: showEvent() catches up.
    if (!isVisible())
        return;
    const auto &servers = m_fleet.sample().servers;
    QString source;
    for (const monitor::ServerSample &server : servers) {
        if (metricValue(server, m_metric).value && source.isEmpty())
            source = metricSource(server, m_metric);
    }
    const auto caption = [&](const QString &first, bool logarithmic, const QString &last = {}) {
        QStringList parts{first, source, logarithmic ? tr("log scale") : QString(), last};
        parts.removeAll(QString());
        return parts.join(QStringLiteral(" · "));
    };
    m_stripPanel->setTitle(tr("%1 by instance").arg(metricTitle(m_metric)));
    m_stripPanel->setCaption(caption({}, m_strip->isLogarithmic()));
    m_chartPanel->setTitle(tr("%1 of every instance").arg(metricTitle(m_metric)));
    m_chartPanel->setCaption(caption(tr("each line one server"), m_chart->isLogarithmic(), m_chart->spanNote()));
    m_rankingPanel->setCaption(tr("by state, then against the fleet median"));

    const cluster::ShardMap &map = m_fleet.map();
    qsizetype most = 0;
    qsizetype fewest = std::numeric_limits<qsizetype>::max();
    for (const cluster::Instance &instance : map.instances) {
        const auto shards = static_cast<qsizetype>(m_fleet.shardsOf(instance.name).size());
        most = std::max(most, shards);
        fewest = std::min(fewest, shards);
    }
    const auto notActive = std::count_if(map.shards.begin(), map.shards.end(), [](const cluster::LogicalShard &shard) {
        return shard.state != cluster::ShardState::Active;
    });
    const std::vector<std::pair<QString, QString>> facts{
        {tr("Logical shards"), format::count(map.logicalShards)},
        {tr("Per instance"), most == fewest ? format::count(most) : tr("%1 to %2").arg(fewest).arg(most)},
        {tr("Layout"), map.layout == cluster::Layout::Schema ? tr("a schema per shard") : tr("rows of shared tables")},
        {tr("Pinned tenants"), format::count(static_cast<qint64>(map.pins.size()))},
        {tr("On the move or fenced"), notActive == 0 ? tr("none") : format::count(notActive)},
        {tr("Map epoch"), format::count(std::max(map.mapEpoch, m_fleet.sample().mapEpoch))},
    };
    const bool known = !map.instances.empty();
    for (size_t row = 0; row < facts.size(); ++row) {
        m_mapFacts[row].first->setText(facts[row].first);
        m_mapFacts[row].second->setText(known ? facts[row].second : tr("unknown"));
        m_mapFacts[row].second->setTone(known ? Tone::Text : Tone::Stale);
    }
}

void OverviewPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

} // namespace shardhelm::ui
