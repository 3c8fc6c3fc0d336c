// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/latency/momentsource.h"

#include "monitor/latency/mixture.h"

#include <algorithm>

namespace shardhelm::monitor::latency {

namespace {

// Reading texts loads a file on the server. Soon after the beginning, when the console's own statements have just
// become entries, they are read again; then ever more seldom, up to this many readings apart.
constexpr int longestAsidePause = 40;

} // namespace

StatementSnapshot snapshotOf(const pg::Rows &rows)
{
    StatementSnapshot snapshot;
    const int userid = rows.column("userid");
    const int dbid = rows.column("dbid");
    const int queryid = rows.column("queryid");
    const int calls = rows.column("calls");
    const int total = rows.column("total");
    const int shortest = rows.column("shortest");
    const int longest = rows.column("longest");
    const int stddev = rows.column("stddev");
    const int plans = rows.column("plans");
    const int planTotal = rows.column("plan_total");
    const int planShortest = rows.column("plan_shortest");
    const int planLongest = rows.column("plan_longest");
    const int planStddev = rows.column("plan_stddev");
    snapshot.statements.reserve(rows.count());
    for (int row = 0; row < rows.count(); ++row) {
        if (row == 0) {
            snapshot.atSeconds = rows.number(0, rows.column("now"));
            snapshot.evictions = rows.integer(0, rows.column("evictions"));
        }
        const StatementKey key{quint32(rows.integer(row, userid)), quint32(rows.integer(row, dbid)),
                               rows.integer(row, queryid)};
        snapshot.statements.insert(key,
                                   {rows.integer(row, calls), rows.number(row, total), rows.number(row, shortest),
                                    rows.number(row, longest), rows.number(row, stddev), rows.integer(row, plans),
                                    rows.number(row, planTotal), rows.number(row, planShortest),
                                    rows.number(row, planLongest), rows.number(row, planStddev)});
    }
    return snapshot;
}

MomentSource::MomentSource(double windowSeconds)
    : ExtensionSource("monitor/latency_statements_access")
    , m_windowSeconds(windowSeconds)
{
}

std::vector<pg::Statement> MomentSource::readings()
{
    std::vector<pg::Statement> statements{ofExtension("monitor/latency_statements")};
    m_askedAside = m_readingsToAside <= 0;
    if (m_askedAside)
        statements.push_back(ofExtension("monitor/latency_statements_aside"));
    return statements;
}

void MomentSource::found(const pg::Rows &access)
{
    m_database = quint32(access.integer(0, access.column("database")));
}

void MomentSource::read(std::span<const pg::Rows> answers)
{
    if (m_askedAside && answers.size() > 1) {
        QSet<qint64> queries;
        for (int row = 0; row < answers[1].count(); ++row)
            queries.insert(answers[1].integer(row, 0));
        setAside(queries);
        m_readingsToAside = m_asidePause;
        m_asidePause = std::min(2 * m_asidePause, longestAsidePause);
    }
    --m_readingsToAside;
    take(snapshotOf(answers.front()), m_database);
}

void MomentSource::restart()
{
    *this = MomentSource(m_windowSeconds);
}

void MomentSource::setAside(const QSet<qint64> &queries)
{
    m_aside = queries;
    for (MomentWindow &window : m_windows)
        window.slices.removeIf([&](auto it) { return queries.contains(it.key().query); });
}

void MomentSource::take(const StatementSnapshot &snapshot, quint32 database)
{
    StatementSnapshot kept;
    kept.atSeconds = snapshot.atSeconds;
    kept.evictions = snapshot.evictions;
    for (auto it = snapshot.statements.cbegin(); it != snapshot.statements.cend(); ++it) {
        if ((database == 0 || it.key().database == database) && !m_aside.contains(it.key().query))
            kept.statements.insert(it.key(), it.value());
    }
    if (m_last && kept.atSeconds <= m_last->atSeconds)
        m_windows.clear(); // the clock went back: no window can be told
    else if (m_last)
        m_windows.push_back(difference(*m_last, kept));
    m_last = std::move(kept);
    double seconds = 0;
    for (const MomentWindow &window : m_windows)
        seconds += window.seconds;
    while (m_windows.size() > 1 && seconds - m_windows.front().seconds >= m_windowSeconds) {
        seconds -= m_windows.front().seconds;
        m_windows.pop_front();
    }
}

qint64 MomentSource::calls() const
{
    qint64 sum = 0;
    for (const MomentWindow &window : m_windows) {
        for (const MomentSlice &slice : window.slices)
            sum += slice.calls + qint64(slice.exactMs.size());
    }
    return sum;
}

Figures MomentSource::figures() const
{
    if (m_windows.empty())
        return {};
    const std::vector<MomentWindow> windows(m_windows.begin(), m_windows.end());
    return estimate(windows);
}

} // namespace shardhelm::monitor::latency
