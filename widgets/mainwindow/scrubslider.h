// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "replay/replay.h"

#include <QAbstractSlider>

namespace shardhelm::ui {

/// The time of a recording from its beginning to its end, with its markers; the handle is the moment shown. A click
/// goes there, dragging scrubs, the arrow keys go 1 %, page keys 10 %.
class ScrubSlider : public QAbstractSlider
{
    Q_OBJECT
public:
    /// `replay` outlives the widget.
    explicit ScrubSlider(Replay &replay, QWidget *parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override { return {400, 24}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {120, 24}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    bool event(QEvent *event) override;

private:
    void refresh();
    [[nodiscard]] double xAt(qint64 at) const;
    [[nodiscard]] qint64 atX(double x) const;

    Replay &m_replay;
};

} // namespace shardhelm::ui
