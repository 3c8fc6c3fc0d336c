// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <optional>
#include <vector>

class QKeyEvent;

namespace shardhelm {
class TimeWindow;
}

namespace shardhelm::ui {

/// A moment with a name, as a vertical line across a chart.
struct TimeMark
{
    double seconds = 0; ///< since the epoch
    QString text;
    bool marker = true; ///< dropped by a person; else the moment since which the worst is worst

    bool operator==(const TimeMark &) const = default;
};

/// Lies over the plot of a chart whose width is the time of a TimeWindow: draws the marks, the moment under the mouse
/// (in every chart that shares the window) and the stretch being dragged, and turns the mouse into changes of the
/// window. Dragging zooms in, the wheel zooms, Shift and wheel go along, a double click goes back to now.
class TimeOverlay : public QWidget
{
    Q_OBJECT
public:
    /// `window` outlives the overlay.
    TimeOverlay(TimeWindow &window, QWidget *parent);

    void setMarks(std::vector<TimeMark> marks);
    /// The name beside the mouse, e.g. of the nearest curve; empty: none.
    void setPointedText(const QString &text, const QPointF &at);
    /// Whether the words of the marks are written here, too; the lines always are.
    void setMarkTexts(bool shown) { m_markTexts = shown; }

    /// Keys that every chart over time understands: Left and Right go along, Shift with Up and Down zoom, Home and End
    /// go to the oldest and back to now, Escape back to now. False: not one of them.
    static bool handleKey(const QKeyEvent &event, TimeWindow &window);

Q_SIGNALS:
    void pointed(const QPointF &at);
    void left();
    void clicked(const QPointF &at);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    [[nodiscard]] double xAt(double seconds) const;
    [[nodiscard]] double secondsAt(double x) const;
    void paintMarks(QPainter &painter) const;

    TimeWindow &m_window;
    std::vector<TimeMark> m_marks;
    bool m_markTexts = true;
    QString m_pointedText;
    QPointF m_pointedAt;
    std::optional<QPointF> m_pressed;
    std::optional<double> m_dragged; // x where a drag has come to
};

} // namespace shardhelm::ui
