// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/latency/extensionsource.h"
#include "monitor/latency/moments.h"

#include <QSet>

#include <deque>
#include <memory>

namespace shardhelm::monitor::latency {

/// One reading of a server's statement statistics, apart by database: serves all databases of the server.
struct StatementReading
{
    double atSeconds = 0; ///< server clock
    qint64 evictions = 0; ///< pg_stat_statements_info.dealloc
    QHash<quint32, StatementSnapshot> databases; ///< by oid; absent: no statement ran there
    QSet<qint64> aside; ///< queries that are no latency of the application
};

/// A reading of latency_statements_state.sql and latency_statements.sql or latency_statements_planned.sql; both may be
/// the same rows. Columns about planning may be absent.
StatementReading statementReading(const pg::Rows &state, const pg::Rows &entries);

/// Estimates from the moments in pg_stat_statements. The more often they are read, the more they say: a window holds
/// the differences between all consecutive readings in it.
class MomentSource : public ExtensionSource
{
public:
    explicit MomentSource(double windowSeconds = 60);

    [[nodiscard]] Source source() const override { return Source::Estimate; }
    void restart() override;
    [[nodiscard]] Figures figures() const override;

    /// The last reading, for other databases of the server; null before the first.
    [[nodiscard]] std::shared_ptr<const StatementReading> reading() const { return m_reading; }
    /// A reading made by another database of the server, of which `database` is this one's part.
    void take(const StatementReading &reading, quint32 database);
    /// A reading made elsewhere, reduced to `database`; 0 for all.
    void take(const StatementSnapshot &snapshot, quint32 database);
    /// Finds out once more whether the statistics are there, if they were not.
    void lookAgain()
    {
        if (presence() != Presence::Present)
            setPresence(Presence::Unknown);
    }
    /// The next reading looks at the texts once more: the console has asked something new.
    void lookAtTexts() { m_readingsToAside = 0; }
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
    bool m_planning = false; ///< the server times planning
    std::shared_ptr<const StatementReading> m_reading;
    int m_readingsToAside = 0; ///< readings until the texts are looked at again
    int m_asidePause = 1; ///< the pause after that, in readings
    bool m_askedAside = false;
    QSet<qint64> m_aside;
    std::optional<StatementSnapshot> m_last;
    std::deque<MomentWindow> m_windows;
};

} // namespace shardhelm::monitor::latency
