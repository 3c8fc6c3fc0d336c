// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/latency/mixture.h"

#include "monitor/latency/tails.h"

#include <QHash>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace shardhelm::monitor::latency {

namespace {

// Above this many slices those of one statement are merged, fewest calls first: resolution in time is given up where
// it says least, and the cost of a quantile stays bounded.
constexpr size_t mostComponents = 400;

// Steps of the grid on which quantiles are searched, as a factor; between two nodes curves are interpolated.
constexpr double gridStep = 1.02;

// Durations start somewhat below the shortest one ever seen.
constexpr double startOfShortest = 0.9;

// Coefficient of variation of a narrow body: measured statements without any rare slow calls have 0.3 to 0.6.
constexpr double narrowBody = 0.25;

// A point is shown when the hard bounds stay within the first factor, or within the second while the doubt around the
// fit stays within the third. Chosen on recorded workloads and on synthetic mixtures with rare slow calls.
constexpr double narrowBounds = 1.6;
constexpr double widestBounds = 5;
constexpr double narrowDoubt = 1.6;

// Where even one slice per statement is too many, statements with means this close are taken as one.
constexpr double alike = 1.1;

MomentSlice mergedAll(const std::vector<MomentSlice> &slices)
{
    MomentSlice sum = slices.front();
    for (size_t i = 1; i < slices.size(); ++i)
        sum = merged(sum, slices[i]);
    return sum;
}

qint64 callsOf(const std::vector<MomentSlice> &slices)
{
    qint64 sum = 0;
    for (const MomentSlice &slice : slices)
        sum += slice.calls;
    return sum;
}

/// The slices of each statement, reduced to about mostComponents in all.
std::vector<std::vector<MomentSlice>> thinned(QHash<StatementKey, std::vector<MomentSlice>> byStatement)
{
    std::vector<std::vector<MomentSlice>> statements;
    size_t slices = 0;
    for (auto it = byStatement.begin(); it != byStatement.end(); ++it) {
        slices += it.value().size();
        statements.push_back(std::move(it.value()));
    }
    std::sort(statements.begin(), statements.end(),
              [](const auto &a, const auto &b) { return callsOf(a) < callsOf(b); });
    for (auto &list : statements) {
        if (slices <= mostComponents)
            break;
        slices -= list.size() - 1;
        list = {mergedAll(list)};
    }
    if (statements.size() <= mostComponents)
        return statements;

    std::map<int, std::vector<MomentSlice>> groups;
    const auto kept = statements.end() - qsizetype(mostComponents / 2);
    for (auto it = statements.begin(); it != kept; ++it) {
        const MomentSlice slice = mergedAll(*it);
        groups[int(std::floor(std::log(std::max(slice.mean, 1e-6)) / std::log(alike)))].push_back(slice);
    }
    std::vector<std::vector<MomentSlice>> result(kept, statements.end());
    for (const auto &[mean, group] : groups)
        result.push_back({mergedAll(group)});
    return result;
}

enum Curve { HardLow, HardHigh, DoubtLow, DoubtHigh, Fit, CurveCount };

} // namespace

struct Mixture::Component
{
    size_t statement = 0;
    double calls = 0;
    TailInput tail;
    double variance = 0;
    double start = 0;
    double body = 0; ///< variance of the narrow body
};

struct Mixture::Curves
{
    std::array<double, CurveCount> longer{};
};

Mixture::Mixture(std::span<const MomentWindow> windows)
{
    QHash<StatementKey, std::vector<MomentSlice>> byStatement;
    for (const MomentWindow &window : windows) {
        for (auto it = window.slices.cbegin(); it != window.slices.cend(); ++it) {
            const MomentSlice &slice = it.value();
            m_exact.insert(m_exact.end(), slice.exactMs.begin(), slice.exactMs.end());
            if (slice.calls > 0)
                byStatement[it.key()].push_back(slice);
        }
    }
    const std::vector<std::vector<MomentSlice>> statements = thinned(std::move(byStatement));
    std::sort(m_exact.begin(), m_exact.end());
    m_calls = qint64(m_exact.size());
    for (const double ms : m_exact)
        m_total += ms;
    m_shortest = m_exact.empty() ? HUGE_VAL : m_exact.front();
    m_longest = m_exact.empty() ? 0 : m_exact.back();
    for (size_t statement = 0; statement < statements.size(); ++statement) {
        for (const MomentSlice &slice : statements[statement]) {
            Component part;
            part.statement = statement;
            part.calls = double(slice.calls);
            part.tail = {slice.mean, slice.varianceLow, slice.varianceHigh, slice.low, slice.high};
            part.variance = slice.variance;
            part.start = startOfShortest * slice.low;
            part.body = std::min(slice.variance, narrowBody * narrowBody * slice.mean * slice.mean);
            m_components.push_back(part);
            m_calls += slice.calls;
            m_total += part.calls * slice.mean;
            m_shortest = std::min(m_shortest, slice.low);
            m_longest = std::max(m_longest, slice.high);
        }
    }
}

double Mixture::mean() const
{
    return m_calls > 0 ? m_total / double(m_calls) : 0;
}

Mixture::Curves Mixture::at(double x) const
{
    Curves curves;
    double upwards = 0; // sums of squares of the statements' doubts
    double downwards = 0;
    for (size_t i = 0; i < m_components.size();) {
        double fit = 0;
        double highest = 0;
        double lowest = 0;
        const size_t statement = m_components[i].statement;
        for (; i < m_components.size() && m_components[i].statement == statement; ++i) {
            const Component &part = m_components[i];
            const double n = part.calls;
            const double most = std::floor(n * largestTail(std::nextafter(x, HUGE_VAL), part.tail) + 1e-9);
            const double least = std::ceil(n * smallestTail(x, part.tail) - 1e-9);
            curves.longer[HardHigh] += most;
            curves.longer[HardLow] += least;
            const double shifted = n * logNormalTail(x, part.tail.mean, part.variance, part.start);
            const double plain = n * logNormalTail(x, part.tail.mean, part.variance);
            const double gamma = n * gammaTail(x, part.tail.mean, part.variance, part.start);
            const double body = n * logNormalTail(x, part.tail.mean, part.body);
            double beyond = body;
            if (x > part.tail.mean && part.variance > part.body) {
                const double away = x - part.tail.mean;
                const double rare = part.variance - part.body;
                beyond = std::max(body, n * rare / (rare + away * away));
            }
            fit += std::clamp(shifted, least, most);
            highest += std::clamp(std::max({shifted, plain, gamma, beyond}), least, most);
            lowest += std::clamp(std::min({shifted, plain, gamma, body}), least, most);
        }
        curves.longer[Fit] += fit;
        upwards += (highest - fit) * (highest - fit);
        downwards += (fit - lowest) * (fit - lowest);
    }
    curves.longer[DoubtHigh] = curves.longer[Fit] + std::sqrt(upwards);
    curves.longer[DoubtLow] = curves.longer[Fit] - std::sqrt(downwards);
    const auto exact = double(m_exact.end() - std::upper_bound(m_exact.begin(), m_exact.end(), x));
    for (double &count : curves.longer)
        count += exact;
    return curves;
}

std::optional<Value> Mixture::quantile(double q) const
{
    if (m_calls == 0)
        return std::nullopt;
    const double allowed = (1 - q) * double(m_calls) + 1e-9;
    if (m_components.empty()) {
        const size_t rank = m_exact.size() - size_t(allowed) - 1;
        return Value::point(m_exact[rank]);
    }
    const double bottom = std::max(m_shortest, 1e-4) / gridStep;
    const int nodes = 1 + int(std::ceil(std::log(std::max(m_longest, bottom) / bottom) / std::log(gridStep)));
    const auto position = [&](int node) { return bottom * std::pow(gridStep, node); };
    std::map<int, Curves> seen;
    const auto curve = [&](int node, Curve which) {
        auto it = seen.find(node);
        if (it == seen.end())
            it = seen.emplace(node, at(position(node))).first;
        return it->second.longer[which];
    };
    const auto solve = [&](Curve which) {
        if (curve(0, which) <= allowed)
            return position(0);
        int over = 0;
        int under = nodes;
        while (under - over > 1) {
            const int middle = (over + under) / 2;
            (curve(middle, which) > allowed ? over : under) = middle;
        }
        return std::min(position(under), m_longest);
    };

    // The grid's step is given away at both ends so that bounds stay bounds.
    const double low = solve(HardLow) / gridStep;
    const double high = solve(HardHigh);
    if (high <= low * narrowBounds)
        return Value{low, high, std::sqrt(low * high)};
    const double fit = solve(Fit);
    const double doubtLow = solve(DoubtLow);
    const double doubtHigh = solve(DoubtHigh);
    if (high <= low * widestBounds && doubtHigh <= fit * narrowDoubt && fit <= doubtLow * narrowDoubt)
        return Value{low, high, fit / std::sqrt(gridStep)};
    return Value::between(low, high);
}

Figures estimate(std::span<const MomentWindow> windows)
{
    Figures figures;
    figures.source = Source::Estimate;
    figures.scope = Scope::Execution;
    for (const MomentWindow &window : windows) {
        figures.windowSeconds += window.seconds;
        figures.incomplete = figures.incomplete || window.incomplete;
        if (window.planning)
            figures.scope = Scope::PlanningAndExecution;
    }
    const Mixture mixture(windows);
    figures.calls = mixture.calls();
    if (figures.calls == 0)
        return figures;
    figures.p50 = mixture.quantile(0.5);
    figures.p95 = mixture.quantile(0.95);
    figures.p99 = mixture.quantile(0.99);
    figures.mean = Value::point(mixture.mean());
    return figures;
}

} // namespace shardhelm::monitor::latency
