// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/outliers/metrics.h"

#include <cmath>
#include <random>

namespace shardhelm::test {

/// A healthy fleet as monitors see one: instances differ, samples scatter, and now and then one of them is odd.
class NoisyFleet
{
public:
    NoisyFleet(int size, quint64 seed)
        : m_random(seed)
    {
        for (int i = 0; i < size; ++i)
            m_base.push_back(std::exp(0.25 * m_normal(m_random)));
    }

    monitor::outliers::FleetObservation sample(double at)
    {
        using monitor::outliers::Metric;
        monitor::outliers::FleetObservation fleet;
        fleet.atSeconds = at;
        for (size_t i = 0; i < m_base.size(); ++i) {
            monitor::outliers::Observation one;
            one.instance = QStringLiteral("i%1").arg(i, 2, 10, QLatin1Char('0'));
            one.p99Source = QStringLiteral("estimate");
            const double odd = m_uniform(m_random) < 0.01 ? 4 : 1;
            one.set(Metric::P99Ms, 12 * m_base[i] * odd * scatter(0.25));
            one.set(Metric::BlockedSessions, m_uniform(m_random) < 0.05 ? 1 : 0);
            one.set(Metric::LongestTransactionSeconds, 0.4 * scatter(1));
            one.set(Metric::LongestStatementSeconds, 0.3 * scatter(0.7));
            one.set(Metric::IdleInTransactionSeconds, 0.1 * scatter(0.7));
            one.set(Metric::ActiveSessions, std::floor(5 * m_base[i] * scatter(0.4)));
            one.set(Metric::ConnectionShare, 0.3 * m_base[i] * scatter(0.05));
            one.set(Metric::CacheMissShare, 0.004 * scatter(0.8));
            one.set(Metric::ErrorsPerSecond, m_uniform(m_random) < 0.1 ? 0.4 : 0);
            one.set(Metric::LagBytes, 4e5 * scatter(1.2));
            one.set(Metric::LagSeconds, 0.05 * scatter(1));
            one.set(Metric::CpuShare, std::min(0.9, 0.25 * m_base[i] * scatter(0.2)));
            one.set(Metric::DiskShare, 0.4 * m_base[i]);
            fleet.instances.push_back(one);
        }
        return fleet;
    }

private:
    double scatter(double deviation) { return std::exp(deviation * m_normal(m_random)); }

    std::mt19937_64 m_random;
    std::normal_distribution<double> m_normal{0, 1};
    std::uniform_real_distribution<double> m_uniform{0, 1};
    std::vector<double> m_base;
};

} // namespace shardhelm::test
