// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/computerchecks.h"
#include "cluster/democontroller.h"
#include "cluster/recentclusters.h"

#include <QWidget>

class QGridLayout;
class QLineEdit;
class QProgressBar;
class QVBoxLayout;

namespace shardhelm::ui {

class Banner;
class Button;
class ChoiceButton;
class Label;
class LinkButton;
class Panel;

/// What one sees without a cluster: open a file, connect to a directory, try the demo; what was open lately; what this
/// computer has.
class FirstRunPage : public QWidget
{
    Q_OBJECT
public:
    /// All arguments outlive the page.
    FirstRunPage(RecentClusters &recent, DemoController &demo, QWidget *parent = nullptr);

    /// A failure in words above the cards; values typed stay.
    void showError(const Error &error);
    void clearError();

Q_SIGNALS:
    void openRequested(const QString &path); ///< empty: ask for a file
    void newRequested(); ///< a cluster file from the example
    void connectRequested(const QString &conninfo, shardhelm::cluster::Environment environment);
    void adoptRequested();
    void demoOptionsRequested();
    void demoRequested();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void buildCards(QVBoxLayout *column);
    Panel *card(const QString &icon, const QString &title, const QString &text);
    void refreshRecent();
    void refreshChecks();
    void refreshDemo();

    RecentClusters &m_recent;
    DemoController &m_demo;
    ComputerChecks m_checks;
    Banner *m_error;
    QLineEdit *m_conninfo;
    ChoiceButton *m_environment;
    Button *m_connect;
    Label *m_demoState;
    QProgressBar *m_demoBar;
    Button *m_demoStart;
    Button *m_demoOptions;
    Panel *m_recentPanel;
    QVBoxLayout *m_recentRows;
    Panel *m_checksPanel;
    QVBoxLayout *m_checkRows;
    LinkButton *m_checkAgain;
    bool m_checked = false;
};

} // namespace shardhelm::ui
