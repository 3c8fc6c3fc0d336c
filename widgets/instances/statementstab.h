// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "instances/detailtab.h"
#include "instances/reading.h"
#include "monitor/detail/fleetstatements.h"

namespace shardhelm {
class Settings;
}

namespace shardhelm::ui {

class Button;
class ChoiceButton;
class FactView;
class Label;
class MeanStrip;

/// Top statements of a server over the last minutes or since their statistics were reset, and for the chosen one
/// whether it is slow only here or everywhere.
class StatementsTab : public DetailTab
{
    Q_OBJECT
public:
    /// All outlive the tab.
    StatementsTab(ClusterSession &session, DetailWorker &worker, Settings &settings, QWidget *parent = nullptr);

    void setServer(const QString &server) override;
    [[nodiscard]] QString note() const override;
    void focusContent() override;
    [[nodiscard]] bool isSettled() const override;

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    struct Reports
    {
        monitor::detail::StatementReport window;
        monitor::detail::StatementReport sinceReset;
    };
    [[nodiscard]] ValueReading<Reports>::Reader reader(const QString &server);
    [[nodiscard]] const monitor::detail::StatementReport *report() const;
    [[nodiscard]] const monitor::detail::StatementFact *chosen() const;
    void refresh();
    void refreshComparison();

    ClusterSession &m_session;
    std::shared_ptr<monitor::detail::FleetStatements> m_statements; // worker's thread
    QString m_schemaPattern;
    ValueReading<Reports> m_reading;
    FactView *m_view;
    ChoiceButton *m_span;
    Label *m_heading;
    Label *m_sentence;
    MeanStrip *m_strip;
    Label *m_text;
    Button *m_copy;
};

} // namespace shardhelm::ui
