// SPDX-License-Identifier: GPL-3.0-or-later
#include "overview/overviewpage.h"

#include "charts/fleetchart.h"
#include "charts/fleetcurves.h"
#include "charts/heatmap.h"
#include "charts/stripchart.h"
#include "cluster/settings.h"
#include "common/button.h"
#include "common/choicebutton.h"
#include "common/label.h"
#include "common/panel.h"
#include "format/units.h"
#include "overview/alertspanel.h"
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
    , m_time(session.fleet())
    , m_line(new FleetLine(session.fleet(), this))
    , m_worst(new WorstPanel(session.fleet(), this))
    , m_stripPanel(new Panel(QString(), this))
    , m_strip(new StripChart(session.fleet(), m_stripPanel))
    , m_choice(new ChoiceButton(tr("Figure"), m_stripPanel))
    , m_chartPanel(new Panel(QString(), this))
    , m_chart(new FleetChart(session.fleet(), m_time, m_chartPanel))
    , m_live(new LinkButton(tr("Back to now"), m_chartPanel))
    , m_heatPanel(new Panel(QString(), this))
    , m_heat(new HeatMap(session.fleet(), m_time, m_heatPanel))
    , m_rankingPanel(new Panel(tr("Ranking"), this))
    , m_rankingView(new RankingView(session.fleet(), m_ranking, m_rankingPanel))
    , m_alerts(new AlertsPanel(session, this))
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
    buildCharts();
    charts->addWidget(m_stripPanel, 3);
    charts->addWidget(m_chartPanel, 5);
    charts->addWidget(m_heatPanel, 5);

    auto *all = new LinkButton(tr("All instances"), m_rankingPanel);
    all->setAccessibleName(tr("All instances"));
    m_rankingPanel->addToHead(all);
    m_rankingPanel->setHeadLine(true);
    m_rankingPanel->content()->setContentsMargins(0, 0, 0, 1);
    m_rankingPanel->content()->addWidget(m_rankingView);
    side->addWidget(m_rankingPanel, 3);
    side->addWidget(m_alerts, 2);

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

    connect(all, &QPushButton::clicked, this, &OverviewPage::allChosen);
    connect(m_line, &FleetLine::serverChosen, this, &OverviewPage::serverChosen);
    connect(m_worst, &WorstPanel::serverChosen, this, &OverviewPage::serverChosen);
    connect(m_worst, &WorstPanel::sessionsChosen, this, &OverviewPage::sessionsChosen);
    connect(m_strip, &StripChart::serverChosen, this, &OverviewPage::serverChosen);
    connect(m_alerts, &AlertsPanel::serverChosen, this, &OverviewPage::serverChosen);
    connect(m_rankingView, &RankingView::serverChosen, this, &OverviewPage::serverChosen);
    connect(&m_time, &TimeWindow::changed, this, &OverviewPage::refreshCharts);
    connect(&m_fleet, &Fleet::sampled, this, &OverviewPage::refresh);
    connect(&m_fleet, &Fleet::clusterChanged, this, &OverviewPage::refresh);
    connect(&m_fleet, &Fleet::markersChanged, this, &OverviewPage::refreshCharts);
    setMetric(metricOfKey(settings.text(QStringLiteral("overview/figure"), QStringLiteral("p99"))));
}

void OverviewPage::buildCharts()
{
    for (const Metric metric :
         {Metric::P99, Metric::Statements, Metric::Transactions, Metric::Writes, Metric::WalRate, Metric::Connections,
          Metric::ActiveConnections, Metric::Blocked, Metric::LongestTransaction, Metric::Errors, Metric::LagSeconds,
          Metric::LagBytes, Metric::CacheHit, Metric::TempBytes, Metric::RetainedWal, Metric::Cpu,
          Metric::DiskUsedRatio, Metric::Size, Metric::RoundTrip})
        m_choice->addChoice(metricKey(metric), metricTitle(metric));
    m_choice->setObjectName(QStringLiteral("figure"));
    m_stripPanel->addToHead(m_choice);
    m_stripPanel->content()->setContentsMargins(0, 0, 0, 4);
    m_stripPanel->content()->addWidget(m_strip);
    m_live->setObjectName(QStringLiteral("backToNow"));
    m_live->setAccessibleName(tr("Show the charts up to now again"));
    m_chartPanel->addToHead(m_live);
    m_chartPanel->content()->setContentsMargins(0, 0, 0, 4);
    m_chartPanel->content()->addWidget(m_chart);
    m_heatPanel->addToHead(new HeatLegend(*m_heat, m_heatPanel));
    m_heatPanel->content()->setContentsMargins(0, 0, 0, 4);
    m_heatPanel->content()->addWidget(m_heat);

    connect(m_choice, &ChoiceButton::chosen, this,
            [this](const QVariant &value) { setMetric(metricOfKey(value.toString())); });
    connect(m_live, &QPushButton::clicked, &m_time, &TimeWindow::release);
    connect(m_chart, &FleetChart::serverChosen, this, &OverviewPage::isolate);
    connect(m_heat, &HeatMap::serverChosen, this, &OverviewPage::isolate);
}

void OverviewPage::isolate(const QString &server)
{
    // The same one again: enough of it.
    const QString next = server == m_chart->server() ? QString() : server;
    m_chart->setServer(next);
    m_heat->setServer(next);
    refreshCharts();
}

void OverviewPage::setMetric(Metric metric)
{
    m_metric = metric;
    m_choice->setCurrent(metricKey(metric));
    m_settings.setText(QStringLiteral("overview/figure"), metricKey(metric));
    m_strip->setMetric(metric);
    m_chart->setMetric(metric);
    m_heat->setMetric(metric);
    refresh();
}

void OverviewPage::refresh()
{
    // Nobody looks: showEvent() catches up.
    if (!isVisible())
        return;
    refreshCharts();
    refreshMap();
}

void OverviewPage::refreshCharts()
{
    if (!isVisible())
        return;
    QString source;
    for (const monitor::ServerSample &server : m_fleet.sample().servers) {
        if (metricValue(server, m_metric).value && source.isEmpty())
            source = metricSource(server, m_metric);
    }
    const auto caption = [](QStringList parts) {
        parts.removeAll(QString());
        return parts.join(QStringLiteral(" · "));
    };
    const QString scale = tr("log scale");
    m_stripPanel->setTitle(tr("%1 by instance").arg(metricTitle(m_metric)));
    m_stripPanel->setCaption(caption({source, m_strip->isLogarithmic() ? scale : QString()}));
    m_chartPanel->setTitle(tr("%1 of every instance").arg(metricTitle(m_metric)));
    const QString lines = m_chart->servers() > FleetCurves::mostSingle ? tr("the band holds 8 of 10 servers")
                                                                       : tr("each line one server");
    const QString isolated = m_chart->server().isEmpty() ? QString() : tr("%1 isolated").arg(m_chart->server());
    m_chartPanel->setCaption(caption(
        {isolated.isEmpty() ? lines : isolated, source, m_chart->isLogarithmic() ? scale : QString(), m_time.note()}));
    m_live->setVisible(!m_time.isLive());
    m_heatPanel->setTitle(tr("%1, instance × time").arg(metricTitle(m_metric)));
    const double column = m_heat->columnSeconds();
    m_heatPanel->setCaption(column < 60 ? tr("the worst of each %1 s, same time axis").arg(column)
                                        : tr("the worst of each %1 min, same time axis").arg(column / 60));

    std::vector<TimeMark> marks;
    if (m_fleet.worstSince().isValid() && !m_fleet.ranking().empty()
        && m_fleet.ranking().front().findings.front().raised) {
        const double since = static_cast<double>(m_fleet.worstSince().toMSecsSinceEpoch()) / 1000;
        marks.push_back({since,
                         tr("since %1").arg(m_fleet.worstSince().toLocalTime().toString(QStringLiteral("HH:mm:ss"))),
                         false});
    }
    for (const monitor::Marker &marker : m_fleet.markers())
        marks.push_back({static_cast<double>(marker.at) / 1000, marker.text, true});
    m_chart->setMarks(marks);
    m_heat->setMarks(marks);
}

void OverviewPage::refreshMap()
{
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
