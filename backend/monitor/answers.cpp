// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/answers.h"

namespace shardhelm::monitor {

Result<Facts> readFacts(const pg::Rows &rows)
{
    if (rows.count() != 1)
        return fail(ErrorCode::AnswerUnexpected, {}, QStringLiteral("monitor/facts"));
    const auto column = [&](const char *name) { return rows.column(name); };
    Facts facts;
    facts.inRecovery = rows.boolean(0, column("in_recovery"));
    // Distributions add their package version after a space.
    facts.version = rows.text(0, column("version")).section(u' ', 0, 0);
    facts.maxConnections = static_cast<int>(rows.integer(0, column("max_connections")));
    facts.seesAll = rows.boolean(0, column("sees_all"));
    facts.counters.at = rows.number(0, column("now"));
    facts.counters.started = rows.number(0, column("started"));
    facts.counters.statsReset = rows.optionalNumber(0, column("stats_reset"));
    facts.counters.transactions = rows.integer(0, column("transactions"));
    facts.counters.rowsWritten = rows.integer(0, column("rows_written"));
    facts.counters.blocksHit = rows.integer(0, column("blocks_hit"));
    facts.counters.blocksRead = rows.integer(0, column("blocks_read"));
    facts.written = rows.optionalInteger(0, column("written_position"));
    facts.replica.received = rows.optionalInteger(0, column("received_position"));
    facts.replica.applied = rows.optionalInteger(0, column("applied_position"));
    facts.replica.clusterName = rows.text(0, column("cluster_name"));
    facts.replica.slotName = rows.text(0, column("slot_name"));
    facts.lastAppliedAge = rows.optionalNumber(0, column("last_applied_age"));
    facts.receiving = rows.boolean(0, column("receiving"));
    return facts;
}

Result<Activity> readActivity(const pg::Rows &rows)
{
    if (rows.count() != 1)
        return fail(ErrorCode::AnswerUnexpected, {}, QStringLiteral("monitor/activity"));
    return Activity{static_cast<int>(rows.integer(0, rows.column("connections"))),
                    static_cast<int>(rows.integer(0, rows.column("active"))),
                    static_cast<int>(rows.integer(0, rows.column("blocked"))),
                    rows.number(0, rows.column("longest_transaction"))};
}

std::vector<Sender> readSenders(const pg::Rows &rows)
{
    std::vector<Sender> senders;
    for (int row = 0; row < rows.count(); ++row) {
        senders.push_back({rows.text(row, rows.column("application_name")), rows.text(row, rows.column("slot_name")),
                           rows.text(row, rows.column("state")), rows.optionalInteger(row, rows.column("lag_bytes")),
                           rows.optionalNumber(row, rows.column("lag_seconds"))});
    }
    return senders;
}

StatementReading readStatements(const pg::Rows &rows)
{
    StatementReading reading;
    const int key = rows.column("key");
    const int calls = rows.column("calls");
    const int total = rows.column("total_ms");
    const int squares = rows.column("square_sum");
    if (!rows.isEmpty())
        reading.statsReset = rows.optionalNumber(0, rows.column("stats_reset"));
    reading.statements.reserve(static_cast<size_t>(rows.count()));
    for (int row = 0; row < rows.count(); ++row) {
        // The bytes are a view into the answer and have to outlive it.
        const QByteArray view = rows.bytes(row, key);
        reading.statements.push_back({QByteArray(view.constData(), view.size()), rows.integer(row, calls),
                                      rows.number(row, total), rows.number(row, squares)});
    }
    return reading;
}

QSet<QByteArray> readOwnStatements(const pg::Rows &rows)
{
    QSet<QByteArray> keys;
    for (int row = 0; row < rows.count(); ++row) {
        const QByteArray view = rows.bytes(row, rows.column("key"));
        keys.insert(QByteArray(view.constData(), view.size()));
    }
    return keys;
}

} // namespace shardhelm::monitor
