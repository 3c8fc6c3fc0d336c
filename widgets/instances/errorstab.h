// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "instances/detailtab.h"
#include "instances/reading.h"
#include "monitor/detail/errors.h"

namespace shardhelm {
class Settings;
}

namespace shardhelm::ui {

class FactSections;
class FactView;

/// Errors of a server by SQLSTATE, from its log where that may be read, and the counters of its database.
class ErrorsTab : public DetailTab
{
    Q_OBJECT
public:
    /// All outlive the tab.
    ErrorsTab(ClusterSession &session, DetailWorker &worker, Settings &settings, QWidget *parent = nullptr);

    void setServer(const QString &server) override;
    [[nodiscard]] QString note() const override;
    void focusContent() override;
    [[nodiscard]] bool isSettled() const override { return m_reading.hasValue() || m_reading.error(); }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    [[nodiscard]] ValueReading<monitor::detail::ErrorReport>::Reader reader(const QString &server);
    void refresh();

    ClusterSession &m_session;
    std::shared_ptr<monitor::detail::ErrorWatch> m_watch; // worker's thread
    ValueReading<monitor::detail::ErrorReport> m_reading;
    FactSections *m_sections;
    FactView *m_groups;
    FactView *m_counters;
    bool m_shown = false; // something was read once
};

} // namespace shardhelm::ui
