// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "instances/detailtab.h"
#include "instances/reading.h"
#include "monitor/detail/tenantwatch.h"

namespace shardhelm {
class Settings;
}

namespace shardhelm::ui {

class FactSections;
class FactView;

/// Tenants of an instance with their rows and load, whales first, and the load of its logical shards.
class TenantsTab : public DetailTab
{
    Q_OBJECT
public:
    /// All outlive the tab.
    TenantsTab(ClusterSession &session, DetailWorker &worker, Settings &settings, QWidget *parent = nullptr);

    void setServer(const QString &server) override;
    [[nodiscard]] QString note() const override;
    void focusContent() override;
    [[nodiscard]] bool isSettled() const override { return m_reading.hasValue() || m_reading.error(); }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    [[nodiscard]] ValueReading<monitor::detail::TenantReport>::Reader reader(const QString &server);
    void refresh();

    ClusterSession &m_session;
    std::shared_ptr<monitor::detail::TenantWatch> m_watch; // worker's thread
    qint64 m_epoch = -1; // of the map that it knows
    ValueReading<monitor::detail::TenantReport> m_reading;
    FactSections *m_sections;
    FactView *m_tenants;
    FactView *m_shards;
};

} // namespace shardhelm::ui
