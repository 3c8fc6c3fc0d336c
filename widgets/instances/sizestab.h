// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "instances/detailtab.h"
#include "instances/reading.h"
#include "monitor/detail/sizes.h"

namespace shardhelm {
class Settings;
}

namespace shardhelm::ui {

class FactSections;
class FactView;

/// Room by logical shard, table and index, dead rows, and indexes that nobody uses.
class SizesTab : public DetailTab
{
    Q_OBJECT
public:
    /// All outlive the tab.
    SizesTab(ClusterSession &session, DetailWorker &worker, Settings &settings, QWidget *parent = nullptr);

    void setServer(const QString &server) override;
    [[nodiscard]] QString note() const override;
    void focusContent() override;
    [[nodiscard]] bool isSettled() const override { return m_reading.hasValue() || m_reading.error(); }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void refresh();

    ClusterSession &m_session;
    ValueReading<monitor::detail::InstanceSizes> m_reading;
    FactSections *m_sections;
    FactView *m_shards;
    FactView *m_tables;
    FactView *m_indexes;
};

} // namespace shardhelm::ui
