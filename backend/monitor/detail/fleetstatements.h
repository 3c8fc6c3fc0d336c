// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/detail/asker.h"
#include "monitor/detail/statementcatalogue.h"
#include "monitor/detail/statements.h"
#include "monitor/latency/moments.h"
#include "monitor/latency/source.h"

#include <QSet>

#include <deque>

namespace shardhelm::monitor::detail {

/// A server whose statements are read. Several databases of one running server share a key and are read at once.
struct StatementMember
{
    Target target;
    QString serverKey; ///< empty: unknown
};

/// Statements of the servers of a fleet, read again and again: one counted in full (moments, for its percentiles), the
/// others by calls and time. Blocking; used by one thread at a time.
class FleetStatements
{
public:
    explicit FleetStatements(const QString &schemaPattern = {}, double windowSeconds = 180);

    /// One reading of all `members`. Fails when `server`, which is one of them, gave no answer, has no extension
    /// (`found` "pg_stat_statements") or does not let the role see it (NotPermitted).
    Result<void> read(Asker &asker, const std::vector<StatementMember> &members, const QString &server,
                      const Wait &wait);
    /// What is known of the server that was read last.
    [[nodiscard]] StatementReport report(StatementSpan span) const;

private:
    struct Sum
    {
        qint64 calls = 0;
        double totalMs = 0;
        qint64 rows = 0;
    };
    using Sums = QHash<int, Sum>; ///< by statement
    struct Slice
    {
        double seconds = 0;
        Sums sums;
    };
    struct Server
    {
        latency::Presence presence = latency::Presence::Unknown;
        QByteArray schema;
        quint32 database = 0;
        std::optional<Error> error; ///< of the newest reading
        QHash<qint64, int> ids; ///< statement by queryid
        QHash<latency::StatementKey, Sum> last;
        double at = 0; ///< server clock of the last reading, 0 before the first
        double resetAt = 0;
        std::deque<Slice> slices;
    };

    void findAccess(Asker &asker, const std::vector<StatementMember> &members, const Wait &wait);
    void readCounters(Asker &asker, const std::vector<StatementMember> &members, const Wait &wait);
    void readTexts(Asker &asker, const std::vector<Question> &askedBefore, const std::vector<Answer> &answers,
                   const std::vector<QStringList> &groups, const Wait &wait);
    void take(Server &server, const pg::Rows &rows) const;
    void takeMoments(const Server &server, const pg::Rows &rows);
    [[nodiscard]] Sums counted(const Server &server, StatementSpan span) const;
    [[nodiscard]] QHash<int, latency::Value> p99s(StatementSpan span) const;

    double m_windowSeconds;
    StatementCatalogue m_catalogue;
    QMap<QString, Server> m_servers;
    QString m_chosen;
    std::optional<latency::StatementSnapshot> m_snapshot; ///< of the chosen server
    std::deque<latency::MomentWindow> m_windows; ///< of the chosen server
};

} // namespace shardhelm::monitor::detail
