// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <optional>

namespace shardhelm {

class Fleet;

/// The stretch of time that the charts of a page share. Live, it ends at the newest sample and reaches back as far as
/// the fleet's span; zoomed or scrubbed, it stands still while samples go on. Times are seconds since the epoch. GUI
/// thread.
class TimeWindow : public QObject
{
    Q_OBJECT
public:
    /// `fleet` outlives the window.
    explicit TimeWindow(const Fleet &fleet, QObject *parent = nullptr);

    [[nodiscard]] double from() const { return m_from; }
    [[nodiscard]] double to() const { return m_to; }
    [[nodiscard]] bool isLive() const { return !m_held; }

    /// Shows this stretch and stands still. Cut to what is known; at least shortestSeconds long.
    void hold(double from, double to);
    /// Shorter (factor below 1) or longer around a moment, which keeps its place.
    void zoom(double factor, double around);
    /// Earlier (below 0) or later by a share of the length. At the newest sample it is live again.
    void pan(double share);
    /// Follows the newest sample again.
    void release();

    /// The moment under the mouse, in any of the charts.
    [[nodiscard]] std::optional<double> cursor() const { return m_cursor; }
    void setCursor(std::optional<double> seconds);

    /// "15:02:10 to 15:04:00, standing still"; why a live window is shorter than the span; else empty.
    [[nodiscard]] QString note() const;

    static constexpr double shortestSeconds = 10;

    /// Where a live window that ends at `to` begins: the fleet's span before, or the first sample when there is less,
    /// at least a minute.
    static double liveStart(const Fleet &fleet, double to);

Q_SIGNALS:
    void changed();
    void cursorChanged();

private:
    void follow();
    [[nodiscard]] double newest() const;
    [[nodiscard]] double oldest() const;

    const Fleet &m_fleet;
    double m_from = 0;
    double m_to = 1;
    bool m_held = false;
    std::optional<double> m_cursor;
};

} // namespace shardhelm
