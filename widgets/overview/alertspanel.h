// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/alertsmodel.h"
#include "cluster/clustersession.h"
#include "common/panel.h"

class QListView;

namespace shardhelm::ui {

class Button;
class Label;

/// The raised alerts, who looks after them, and what is to be said about the fleet as a whole. An alert is acknowledged
/// or muted with a reason, and its runbook opened. Enter or a double click chooses the server.
class AlertsPanel : public Panel
{
    Q_OBJECT
public:
    /// `session` outlives the panel.
    explicit AlertsPanel(ClusterSession &session, QWidget *parent = nullptr);

Q_SIGNALS:
    void serverChosen(const QString &server);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void refresh();
    void refreshButtons();
    void acknowledge();
    void mute();
    void openRunbook() const;
    [[nodiscard]] QModelIndex current() const;

    ClusterSession &m_session;
    AlertsModel m_model;
    QListView *m_list;
    Label *m_notes;
    Label *m_nothing;
    Button *m_acknowledge;
    Button *m_mute;
    Button *m_runbook;
};

} // namespace shardhelm::ui
