// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clustersession.h"

#include <QWidget>

namespace shardhelm {
class RecentClusters;
class Settings;
} // namespace shardhelm

namespace shardhelm::ui {

class Badge;
class Button;
class ChoiceButton;
class Label;
class LocateBox;
class PipWidget;

/// The 40 px head of every page: environment, cluster and switcher, how the connection stands, how old the figures are,
/// pause, interval, span of the charts, and the box that locates.
class Header : public QWidget
{
    Q_OBJECT
public:
    /// All arguments outlive the widget.
    Header(ClusterSession &session, RecentClusters &recent, Settings &settings, QWidget *parent = nullptr);

    [[nodiscard]] LocateBox *locateBox() const { return m_locate; }
    /// The connection state in words, e.g. "connected, 8 of 9 servers answer".
    [[nodiscard]] QString stateText() const;
    /// Chooses the next longer (+1) or shorter (-1) interval.
    void stepInterval(int step);

Q_SIGNALS:
    void openRequested(const QString &path); ///< empty: ask for a file
    void closeRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();
    void refreshAge();
    void fillSwitcher();

    ClusterSession &m_session;
    RecentClusters &m_recent;
    Settings &m_settings;
    Badge *m_badge;
    Button *m_name;
    PipWidget *m_pip;
    Label *m_state;
    Label *m_answering;
    Label *m_sampled;
    Button *m_pause;
    ChoiceButton *m_interval;
    ChoiceButton *m_span;
    LocateBox *m_locate;
};

} // namespace shardhelm::ui
