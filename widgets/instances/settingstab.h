// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "instances/detailtab.h"
#include "instances/reading.h"
#include "monitor/detail/settings.h"

namespace shardhelm {
class Settings;
}

namespace shardhelm::ui {

class FactView;

/// Settings of a server that differ from what most servers of its role have, and those that wait for a restart.
class SettingsTab : public DetailTab
{
    Q_OBJECT
public:
    /// All outlive the tab.
    SettingsTab(ClusterSession &session, DetailWorker &worker, Settings &settings, QWidget *parent = nullptr);

    void setServer(const QString &server) override;
    [[nodiscard]] QString note() const override;
    [[nodiscard]] QString badge() const override;
    void focusContent() override;
    [[nodiscard]] bool isSettled() const override { return m_reading.hasValue() || m_reading.error(); }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void refresh();

    ValueReading<monitor::detail::FleetSettings> m_reading;
    FactView *m_view;
};

} // namespace shardhelm::ui
