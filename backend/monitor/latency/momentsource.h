// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/latency/extensionsource.h"
#include "monitor/latency/moments.h"

#include <QSet>

#include <deque>

namespace shardhelm::monitor::latency {

/// A reading of latency_statements.sql.
StatementSnapshot snapshotOf(const pg::Rows &rows);

/// Estimates from the moments in pg_stat_statements. The more often they are read, the more they say: a window holds
/// the differences between all consecutive readings in it.
class MomentSource : public ExtensionSource
{
public:
    explicit MomentSource(double windowSeconds = 60);

    [[nodiscard]] Source source() const override { return Source::Estimate; }
    void restart() override;
    [[nodiscard]] Figures figures() const override;

    /// A reading made elsewhere (one per server serves all its databases), reduced to `database`; 0 for all.
    void take(const StatementSnapshot &snapshot, quint32 database);
    /// Queries that are no latency of the application; taken out of what was read before, too.
    void setAside(const QSet<qint64> &queries);
    /// All calls in the window, for a log that times only long ones.
    [[nodiscard]] qint64 calls() const;

protected:
    [[nodiscard]] std::vector<pg::Statement> readings() override;
    void read(std::span<const pg::Rows> answers) override;
    void found(const pg::Rows &access) override;

private:
    double m_windowSeconds;
    quint32 m_database = 0;
    int m_readingsToAside = 0; ///< readings until the texts are looked at again
    int m_asidePause = 1; ///< the pause after that, in readings
    bool m_askedAside = false;
    QSet<qint64> m_aside;
    std::optional<StatementSnapshot> m_last;
    std::deque<MomentWindow> m_windows;
};

} // namespace shardhelm::monitor::latency
