// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/latency/combined.h"

#include <algorithm>
#include <array>

namespace shardhelm::monitor::latency {

std::vector<pg::Statement> Combined::questions(const Turn &turn)
{
    m_asked.clear();
    std::vector<pg::Statement> all;
    const auto ask = [&](LatencySource &source) {
        const std::vector<pg::Statement> some = source.questions();
        if (some.empty())
            return;
        m_asked.emplace_back(&source, some.size());
        all.insert(all.end(), some.begin(), some.end());
    };
    ask(m_histogram);
    // Whether a source is there is found out in any case.
    if (turn.log || m_log.presence() == Presence::Unknown)
        ask(m_log);
    if (turn.statements || m_moments.presence() == Presence::Unknown)
        ask(m_moments);
    return all;
}

void Combined::answered(std::span<const Result<pg::Rows>> results)
{
    for (const auto &[source, count] : m_asked) {
        if (results.size() < count)
            break;
        const auto own = results.first(count);
        results = results.subspan(count);
        const auto failed = std::ranges::find_if(own, [](const auto &result) { return !result; });
        if (failed != own.end()) {
            source->failed(failed->error());
            continue;
        }
        std::vector<pg::Rows> rows;
        for (const Result<pg::Rows> &result : own)
            rows.push_back(*result);
        source->answered(rows);
    }
    if (!m_asked.empty())
        compute();
    m_asked.clear();
}

void Combined::take(const StatementReading &reading, quint32 database)
{
    m_moments.take(reading, database);
    compute();
}

void Combined::restart()
{
    m_asked.clear();
    m_histogram.restart();
    m_log.restart();
    m_moments.restart();
    m_figures = Figures();
    m_statementsPerSecond.reset();
}

void Combined::lookAgain()
{
    for (LatencySource *source : std::array<LatencySource *, 2>{&m_histogram, &m_log}) {
        if (source->presence() != Presence::Present)
            source->restart();
    }
    // What other databases of the server have read stays.
    m_moments.lookAgain();
}

bool Combined::notPermitted() const
{
    const std::array presences{m_histogram.presence(), m_log.presence(), m_moments.presence()};
    return std::ranges::count(presences, Presence::Present) == 0
        && std::ranges::count(presences, Presence::NotPermitted) > 0;
}

void Combined::compute()
{
    const Figures estimated = m_moments.figures();
    m_statementsPerSecond.reset();
    m_log.setTotalCalls(std::nullopt);
    if (estimated.windowSeconds > 0) {
        m_statementsPerSecond = static_cast<double>(estimated.calls) / estimated.windowSeconds;
        // Both look back about as long; what the log hides is told by the rate.
        m_log.setTotalCalls(*m_statementsPerSecond * m_log.figures().windowSeconds);
    }
    const std::array candidates{m_histogram.figures(), m_log.figures(), estimated};
    m_figures = best(candidates);
}

} // namespace shardhelm::monitor::latency
