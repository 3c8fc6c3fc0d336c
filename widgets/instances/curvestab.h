// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/timewindow.h"
#include "cluster/fleet.h"
#include "instances/detailtab.h"

namespace shardhelm {
class Settings;
}

namespace shardhelm::ui {

class Button;
class CurveAxis;
class CurveStack;
class LinkButton;

/// Chosen figures of a server over time, stacked above one time axis.
class CurvesTab : public DetailTab
{
    Q_OBJECT
public:
    /// Both outlive the tab.
    CurvesTab(const Fleet &fleet, Settings &settings, QWidget *parent = nullptr);

    void setServer(const QString &server) override;
    [[nodiscard]] QString note() const override;
    void focusContent() override;

protected:
    void showEvent(QShowEvent *event) override;

private:
    void buildMenu();
    void choose();

    Settings &m_settings;
    TimeWindow m_window;
    CurveStack *m_stack;
    CurveAxis *m_axis;
    Button *m_metrics;
    LinkButton *m_live;
    QString m_server;
};

} // namespace shardhelm::ui
