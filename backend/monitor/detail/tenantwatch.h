// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "monitor/detail/asker.h"
#include "monitor/detail/tenants.h"

#include <QHash>

#include <deque>

namespace shardhelm::pg {
class PasswordSource;
}

namespace shardhelm::monitor::detail {

/// Tenants of one instance, read again and again: rows by the planner's statistics; load by counters of schemas, and by
/// the keys that stand in the texts of running statements. Keys are routed once, by the directory. Blocking; used by
/// one thread at a time.
class TenantWatch
{
public:
    /// `passwords` outlives the object, may be null.
    TenantWatch(cluster::ClusterFile file, cluster::ShardMap map, pg::PasswordSource *passwords);

    /// One reading of `target`; `secondsBetween` readings, over which statements are looked for.
    Result<TenantReport> read(Asker &asker, const Target &target, double secondsBetween, const Wait &wait);

private:
    struct Activity
    {
        double at = 0; ///< server clock
        QHash<QString, QPair<double, double>> counters; ///< rows read and written by schema
    };

    [[nodiscard]] pg::Statement frequencyQuestion(const QString &instance) const;
    void takeActivity(const pg::Rows &rows);
    void takeStatements(const pg::Rows &rows);
    void route(const QStringList &keys, const Wait &wait);
    void addLoad(TenantReport &report) const;

    cluster::ClusterFile m_file;
    cluster::ShardMap m_map;
    pg::PasswordSource *m_passwords;
    QString m_server;
    QMap<QString, int> m_routes;
    QStringList m_unroutable;
    std::optional<Error> m_unrouted;
    std::deque<Activity> m_activity;
    QHash<QString, int> m_samples; ///< by key
    int m_sampled = 0;
    int m_visible = 0;
    bool m_textsHidden = false;
};

} // namespace shardhelm::monitor::detail
