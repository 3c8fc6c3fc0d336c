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

StatementReading statementReading(const pg::Rows &state, const pg::Rows &entries)
{
    StatementReading reading;
    if (!state.isEmpty()) {
        reading.atSeconds = state.number(0, state.column("now"));
        reading.evictions = state.integer(0, state.column("evictions"));
    }
    const int userid = entries.column("userid");
    const int dbid = entries.column("dbid");
    const int queryid = entries.column("queryid");
    const int calls = entries.column("calls");
    const int total = entries.column("total");
    const int shortest = entries.column("shortest");
    const int longest = entries.column("longest");
    const int stddev = entries.column("stddev");
    // -1 where planning is not timed: all of these are 0 then.
    const int plans = entries.column("plans");
    const int planTotal = entries.column("plan_total");
    const int planShortest = entries.column("plan_shortest");
    const int planLongest = entries.column("plan_longest");
    const int planStddev = entries.column("plan_stddev");
    for (int row = 0; row < entries.count(); ++row) {
        const StatementKey key{quint32(entries.integer(row, userid)), quint32(entries.integer(row, dbid)),
                               entries.integer(row, queryid)};
        StatementCounters counters{entries.integer(row, calls), entries.number(row, total),
                                   entries.number(row, shortest), entries.number(row, longest),
                                   entries.number(row, stddev)};
        if (plans >= 0) {
            counters.plans = entries.integer(row, plans);
            counters.planTotalMs = entries.number(row, planTotal);
            counters.planMinMs = entries.number(row, planShortest);
            counters.planMaxMs = entries.number(row, planLongest);
            counters.planStddevMs = entries.number(row, planStddev);
        }
        StatementSnapshot &snapshot = reading.databases[key.database];
        snapshot.atSeconds = reading.atSeconds;
        snapshot.evictions = reading.evictions;
        snapshot.statements.insert(key, counters);
    }
    return reading;
}

MomentSource::MomentSource(double windowSeconds)
    : ExtensionSource("monitor/latency_statements_access")
    , m_windowSeconds(windowSeconds)
{
}

std::vector<pg::Statement> MomentSource::readings()
{
    std::vector<pg::Statement> statements{
        ofExtension("monitor/latency_statements_state"),
        ofExtension(m_planning ? "monitor/latency_statements_planned" : "monitor/latency_statements")};
    m_askedAside = m_readingsToAside <= 0;
    if (m_askedAside)
        statements.push_back(ofExtension("monitor/latency_statements_aside"));
    return statements;
}

void MomentSource::found(const pg::Rows &access)
{
    m_planning = access.boolean(0, access.column("planning"));
    m_database = quint32(access.integer(0, access.column("database")));
}

void MomentSource::read(std::span<const pg::Rows> answers)
{
    if (answers.size() < 2)
        return;
    auto reading = std::make_shared<StatementReading>(statementReading(answers[0], answers[1]));
    reading->aside = m_aside;
    if (m_askedAside && answers.size() > 2) {
        reading->aside.clear();
        for (int row = 0; row < answers[2].count(); ++row)
            reading->aside.insert(answers[2].integer(row, 0));
        m_readingsToAside = m_asidePause;
        m_asidePause = std::min(2 * m_asidePause, longestAsidePause);
    }
    --m_readingsToAside;
    take(*reading, m_database);
    m_reading = std::move(reading);
}

void MomentSource::take(const StatementReading &reading, quint32 database)
{
    if (reading.aside != m_aside)
        setAside(reading.aside);
    StatementSnapshot none;
    none.atSeconds = reading.atSeconds;
    none.evictions = reading.evictions;
    const auto own = reading.databases.constFind(database);
    take(own == reading.databases.cend() ? none : *own, 0);
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
