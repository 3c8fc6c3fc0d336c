// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/metric.h"

#include <QStringList>

#include <deque>
#include <optional>
#include <vector>

namespace shardhelm {

class Fleet;

/// One figure of every server of a kind over time: a cell per server and stretch of time, holding the worst value in
/// it, so that a short peak is never averaged away. Columns begin at multiples of their width, so that they keep their
/// contents while time goes on; an update reads only what is new. GUI thread.
class FleetGrid
{
public:
    struct Column
    {
        double begin = 0; ///< seconds since the epoch
        std::vector<float> cells; ///< by server; NaN: no value
        std::optional<double> low; ///< of the cells: a tenth is below
        std::optional<double> median;
        std::optional<double> high; ///< a tenth is above
    };

    void setMetric(Metric metric);
    [[nodiscard]] Metric metric() const { return m_metric; }

    /// Brings the grid up to date with the fleet's history. About `columns` columns cover `from` to `to`; they are
    /// wider when samples come more seldom.
    void update(const Fleet &fleet, double from, double to, int columns);
    void clear();

    [[nodiscard]] const QStringList &servers() const { return m_servers; }
    [[nodiscard]] const std::deque<Column> &columns() const { return m_columns; }
    /// Seconds per column.
    [[nodiscard]] double width() const { return m_width; }
    /// The column that a moment falls into; nullptr outside.
    [[nodiscard]] const Column *columnAt(double seconds) const;

private:
    /// Reads the cells of the columns from `firstNew` on, each server's curve once.
    void fill(const Fleet &fleet, size_t firstNew);

    Metric m_metric = Metric::P99;
    QStringList m_servers;
    std::deque<Column> m_columns;
    double m_width = 0;
};

} // namespace shardhelm
