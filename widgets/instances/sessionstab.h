// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clustersession.h"
#include "instances/detailtab.h"

namespace shardhelm {
class Settings;
}

namespace shardhelm::ui {

class SessionsPage;

/// The sessions of a server, or its lock trees, with everything that can be done about them.
class SessionsTab : public DetailTab
{
    Q_OBJECT
public:
    enum class Show { Sessions, Locks };

    /// Both outlive the tab.
    SessionsTab(ClusterSession &session, Settings &settings, Show show, QWidget *parent = nullptr);

    void setServer(const QString &server) override;
    void focusContent() override;
    [[nodiscard]] bool copyRows() override;
    [[nodiscard]] bool focusFilter() override;
    [[nodiscard]] bool isSettled() const override;

private:
    SessionsPage *m_page;
};

} // namespace shardhelm::ui
