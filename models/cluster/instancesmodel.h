// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/fleet.h"
#include "export/table.h"

#include <QAbstractTableModel>

namespace shardhelm {

/// The servers of the fleet, one row each, in the monitor's order. Rows stay where they are from sample to sample; only
/// a change of the fleet itself inserts or removes some.
class InstancesModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        Name,
        State,
        Role,
        Zone,
        P99,
        VersusMedian,
        Transactions,
        Writes,
        Connections,
        LongestTransaction,
        Blocked,
        Lag,
        CacheHit,
        Size,
        Shards,
        RoundTrip,
        Version,
        Host,
        Sampled,
        ColumnCount, ///< from here on: a column for each of furtherMetrics()
    };
    Q_ENUM(Column)

    enum DataRole {
        SortRole = Qt::UserRole, ///< double or string; unknown figures sort last
        ServerRole, ///< name of the server
        ConditionRole, ///< Condition
        CurveRole, ///< QList<double>: the last values for a small curve; empty where a column has none
        ShareRole, ///< double 0 to 1: fill of a bar; absent where a column has none
        MarkedRole, ///< bool: the figure is one of the server's findings
        NotPermittedRole, ///< bool: hidden from our role
        FadedRole, ///< bool: old or unknown, shown grey
    };

    /// `fleet` outlives the model.
    explicit InstancesModel(const Fleet &fleet, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    [[nodiscard]] const monitor::ServerSample *server(int row) const;
    [[nodiscard]] int rowOf(const QString &server) const;
    /// The facts of rows, in that order, with the keys of `shardhelmctl status`; behind them `further` metrics.
    [[nodiscard]] Table table(const std::vector<int> &rows, const std::vector<Metric> &further = {}) const;
    /// Metrics without a column of the enumeration, in the order of their columns behind it.
    [[nodiscard]] static const std::vector<Metric> &furtherMetrics();
    /// The metric a column shows; nullopt for words.
    [[nodiscard]] static std::optional<Metric> metricOf(int column);
    /// Stable name of a column for settings and filters, e.g. "p99".
    [[nodiscard]] static QString columnKey(int column);

Q_SIGNALS:
    /// The condition of at least one server is another than before: a reason to sort again.
    void conditionsChanged();

private:
    void update();
    [[nodiscard]] QString text(const monitor::ServerSample &server, int column) const;
    [[nodiscard]] QVariant sortKey(const monitor::ServerSample &server, int column) const;
    [[nodiscard]] QString toolTip(const monitor::ServerSample &server, int column) const;

    const Fleet &m_fleet;
    std::vector<monitor::ServerSample> m_rows;
    std::vector<Condition> m_conditions;
};

/// Lag in words: "318 MB · 42 s"; the age of the last applied transaction when it adds something. Empty when unknown.
QString lagText(const monitor::ServerSample &server);

} // namespace shardhelm
