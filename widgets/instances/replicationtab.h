// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "instances/detailtab.h"
#include "instances/reading.h"
#include "monitor/detail/replication.h"

namespace shardhelm {
class Settings;
}

namespace shardhelm::ui {

class FactSections;
class FactView;

/// Replicas with their lag, slots with the WAL they keep, subscriptions and publications of a server.
class ReplicationTab : public DetailTab
{
    Q_OBJECT
public:
    /// All outlive the tab.
    ReplicationTab(ClusterSession &session, DetailWorker &worker, Settings &settings, QWidget *parent = nullptr);

    void setServer(const QString &server) override;
    [[nodiscard]] QString note() const override;
    void focusContent() override;
    [[nodiscard]] bool isSettled() const override { return m_reading.hasValue() || m_reading.error(); }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void refresh();

    ValueReading<monitor::detail::Replication> m_reading;
    FactSections *m_sections;
    FactView *m_readers;
    FactView *m_slots;
    FactView *m_subscriptions;
    FactView *m_publications;
};

} // namespace shardhelm::ui
