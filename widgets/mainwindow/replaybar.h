// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "replay/replay.h"

#include <QWidget>

namespace shardhelm::ui {

class Button;
class ChoiceButton;
class Label;
class ScrubSlider;

/// The bar under the head while a recording is open: says in words and colour that nothing here is live, and plays,
/// speeds up, scrubs and goes from marker to marker.
class ReplayBar : public QWidget
{
    Q_OBJECT
public:
    /// `replay` outlives the widget.
    explicit ReplayBar(Replay &replay, QWidget *parent = nullptr);

    /// What the button at the right does: back to the cluster that was open, or just close.
    void setLeavesToLive(bool toLive);

Q_SIGNALS:
    void leaveRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();
    void refreshTime();

    Replay &m_replay;
    QWidget *m_mark;
    Button *m_play;
    Button *m_before;
    Button *m_next;
    ChoiceButton *m_speed;
    ScrubSlider *m_scrub;
    Label *m_time;
    Button *m_leave;
};

} // namespace shardhelm::ui
