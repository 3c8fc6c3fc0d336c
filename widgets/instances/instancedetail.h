// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/fleet.h"
#include "common/panel.h"

namespace shardhelm {
class Settings;
}

namespace shardhelm::ui {

class Button;
class ChoiceButton;
class FactsView;
class FleetChart;
class Label;
class PipWidget;

/// Everything known about one server: how it stands in words with advice, its figures, where it is, what lives there,
/// and one figure over time against the fleet.
class InstanceDetail : public Panel
{
    Q_OBJECT
public:
    /// `fleet` and `settings` outlive the widget.
    InstanceDetail(const Fleet &fleet, Settings &settings, QWidget *parent = nullptr);

    /// Empty: nothing is chosen.
    void present(const QString &server);
    [[nodiscard]] QString server() const { return m_server; }

protected:
    void showEvent(QShowEvent *event) override;

private:
    void refresh();

    const Fleet &m_fleet;
    Settings &m_settings;
    QString m_server;
    PipWidget *m_pip;
    Label *m_name;
    Label *m_state;
    Label *m_advice;
    Label *m_technical;
    Button *m_copy;
    FactsView *m_facts;
    Label *m_chartTitle;
    Label *m_chartCaption;
    ChoiceButton *m_choice;
    FleetChart *m_chart;
};

} // namespace shardhelm::ui
