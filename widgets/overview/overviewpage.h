// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/timewindow.h"
#include "cluster/clustersession.h"
#include "cluster/rankingmodel.h"

#include <QWidget>

namespace shardhelm {
class Settings;
}

namespace shardhelm::ui {

class AlertsPanel;
class ChoiceButton;
class FleetChart;
class FleetLine;
class HeatLegend;
class HeatMap;
class LinkButton;
class Label;
class Panel;
class RankingView;
class StripChart;
class WorstPanel;

/// Which server is on fire: the fleet in a line, the worst by name, all of them along one axis and over time, the
/// ranking, and what the directory says.
class OverviewPage : public QWidget
{
    Q_OBJECT
public:
    /// `session` and `settings` outlive the page.
    OverviewPage(ClusterSession &session, Settings &settings, QWidget *parent = nullptr);

Q_SIGNALS:
    void serverChosen(const QString &server);
    void sessionsChosen(const QString &server); ///< empty: of the fleet
    void allChosen();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void buildCharts();
    void refresh();
    void refreshCharts();
    void refreshMap();
    void setMetric(Metric metric);
    /// Puts one server before the others in the charts over time; empty: the worst again.
    void isolate(const QString &server);

    const Fleet &m_fleet;
    Settings &m_settings;
    RankingModel m_ranking;
    TimeWindow m_time;
    Metric m_metric = Metric::P99;
    FleetLine *m_line;
    WorstPanel *m_worst;
    Panel *m_stripPanel;
    StripChart *m_strip;
    ChoiceButton *m_choice;
    Panel *m_chartPanel;
    FleetChart *m_chart;
    LinkButton *m_live;
    Panel *m_heatPanel;
    HeatMap *m_heat;
    Panel *m_rankingPanel;
    RankingView *m_rankingView;
    AlertsPanel *m_alerts;
    Panel *m_mapPanel;
    std::vector<std::pair<Label *, Label *>> m_mapFacts;
};

} // namespace shardhelm::ui
