// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/fleet.h"
#include "instances/detailtab.h"

namespace shardhelm {
class Settings;
}

namespace shardhelm::ui {

class ChoiceButton;
class FactsView;
class FleetChart;
class Label;

/// Everything the monitor knows about one server, and one figure over time against the fleet.
class FactsTab : public DetailTab
{
    Q_OBJECT
public:
    /// `fleet` and `settings` outlive the tab.
    FactsTab(const Fleet &fleet, Settings &settings, QWidget *parent = nullptr);

    void setServer(const QString &server) override;
    void focusContent() override;

protected:
    void showEvent(QShowEvent *event) override;

private:
    void refresh();

    const Fleet &m_fleet;
    QString m_server;
    FactsView *m_facts;
    Label *m_chartTitle;
    Label *m_chartCaption;
    ChoiceButton *m_choice;
    FleetChart *m_chart;
};

} // namespace shardhelm::ui
