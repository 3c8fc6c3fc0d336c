// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clustersession.h"
#include "common/panel.h"
#include "instances/detailworker.h"

#include <array>

class QStackedWidget;
class QTabBar;

namespace shardhelm {
class Settings;
}

namespace shardhelm::ui {

class Button;
class DetailTab;
class FactView;
class Label;
class PipWidget;

/// The tabs of an instance's detail, in their order.
enum class DetailPage { Facts, Curves, Statements, Sessions, Locks, Replication, Errors, Tenants, Sizes, Settings };
inline constexpr std::array allDetailPages{
    DetailPage::Facts,       DetailPage::Curves, DetailPage::Statements, DetailPage::Sessions, DetailPage::Locks,
    DetailPage::Replication, DetailPage::Errors, DetailPage::Tenants,    DetailPage::Sizes,    DetailPage::Settings};

/// Stable name for settings and pictures: "facts", "statements".
QString detailKey(DetailPage page);

/// Everything about one server: how it stands in words with advice, and tabs that each read what they show while they
/// are shown. The chosen tab is kept in the settings.
class InstanceDetail : public Panel
{
    Q_OBJECT
public:
    /// `session` and `settings` outlive the widget.
    InstanceDetail(ClusterSession &session, Settings &settings, QWidget *parent = nullptr);
    ~InstanceDetail() override;

    /// Empty: nothing is chosen.
    void present(const QString &server);
    [[nodiscard]] QString server() const { return m_server; }
    void showDetail(DetailPage page);
    [[nodiscard]] DetailPage page() const;
    /// DetailTab::isSettled() of the tab shown.
    [[nodiscard]] bool isSettled() const;
    /// Puts the focus into the tab shown.
    void focusContent();
    /// The table of facts that is shown, null when the tab has none.
    [[nodiscard]] FactView *factView() const;
    /// Copies the chosen rows of the tab shown; false: it has none.
    bool copyRows();
    /// Puts the focus into the filter of the tab shown; false: it has none.
    bool focusFilter();

Q_SIGNALS:
    void sessionsChosen(const QString &server);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void refresh();
    void refreshTabs();
    void openTab();
    [[nodiscard]] DetailTab *makeTab(DetailPage page);
    [[nodiscard]] QString title(DetailPage page) const;

    ClusterSession &m_session;
    Settings &m_settings;
    DetailWorker m_worker;
    QString m_server;
    PipWidget *m_pip;
    Label *m_name;
    Label *m_state;
    Label *m_advice;
    Label *m_technical;
    Button *m_sessions;
    Button *m_copy;
    QTabBar *m_bar;
    Label *m_note;
    QStackedWidget *m_stack;
    std::array<DetailTab *, allDetailPages.size()> m_tabs{}; // null: not opened yet
};

} // namespace shardhelm::ui
