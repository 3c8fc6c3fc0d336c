// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/checkrows.h"

#include <limits>

namespace shardhelm::demo {

namespace {

template <typename Count>
void raise(Count &count, qint64 by)
{
    count = static_cast<Count>(std::min<qint64>(std::numeric_limits<Count>::max(), count + by));
}

/// Condition on op that is true for the operations of the ledger's runs.
QByteArray ofOurRuns(const LedgerFacts &facts)
{
    QByteArrayList ranges;
    for (const RunFacts &run : facts.runs) {
        const QByteArray first = OperationId{run.begin.run, 0}.toUuid();
        const QByteArray last = OperationId{run.begin.run, ~quint64(0)}.toUuid();
        ranges.append("op BETWEEN '" + first + "' AND '" + last + '\'');
    }
    return '(' + ranges.join(" OR ") + ')';
}

/// The rows of one table of one copy on their way into the facts.
class RowCounter
{
public:
    RowCounter(const CheckSnapshot &snapshot, const Copy &copy, const QString &table, LedgerFacts &facts,
               const OffenceSink &sink)
        : m_snapshot(snapshot)
        , m_copy(copy)
        , m_table(table)
        , m_facts(facts)
        , m_sink(sink)
    {
    }

    /// COPY statement whose rows take() reads: op, tenant, and a figure (version; number of items).
    [[nodiscard]] QByteArray statement() const
    {
        const QByteArray from = " FROM " + pg::Connection::identifier(m_copy.schema) + '.'
            + pg::Connection::identifier(m_table) + " WHERE " + ofOurRuns(m_facts);
        if (m_table == u"order_items")
            return "COPY (SELECT op, tenant_id, count(*)" + from + " GROUP BY 1, 2) TO STDOUT";
        const QByteArray figure = m_table == u"audit_events" ? "1" : "version";
        return "COPY (SELECT op, tenant_id, " + figure + from + ") TO STDOUT";
    }

    /// One line of COPY text; false when it is none of ours, which ends the copy.
    bool take(const QByteArray &line)
    {
        const QByteArrayList fields = line.trimmed().split('\t');
        const auto id = fields.size() == 3 ? OperationId::fromUuid(fields[0]) : std::nullopt;
        if (!id)
            return false;
        const qint64 tenant = fields[1].toLongLong();
        const qint64 figure = fields[2].toLongLong();
        const Standing standing = m_snapshot.standing(m_copy, tenant);
        if (standing == Standing::Accounted)
            return true;
        RunFacts &run = m_facts.runs[m_facts.runIndex.value(id->run)];
        if (id->number == 0 || id->number > run.writes.size()
            || !count(run, run.writes[id->number - 1], tenant, figure, standing == Standing::Right))
            reportPhantom(fields[0], tenant, standing);
        return true;
    }

private:
    /// False when the operation cannot have made such a row.
    bool count(RunFacts &run, WriteFacts &write, qint64 tenant, qint64 figure, bool right)
    {
        if (m_facts.tenants[write.tenant] != tenant)
            return false;
        if (m_table == u"audit_events") {
            raise(right ? write.marks : write.marksElsewhere, 1);
            return true;
        }
        if (write.row == WriteFacts::none)
            return false;
        RowFacts &row = run.rows[write.row];
        if (m_table == u"order_items") {
            if (write.table != DemoTable::Orders)
                return false;
            raise(right ? row.items : row.itemsElsewhere, figure);
            return true;
        }
        if (m_table != QLatin1StringView(tableShapes[static_cast<size_t>(write.table)].name))
            return false;
        raise(right ? row.copies : row.copiesElsewhere, 1);
        if (right)
            row.version = std::max(row.version, figure);
        return true;
    }

    void reportPhantom(const QByteArray &uuid, qint64 tenant, Standing standing) const
    {
        if (standing == Standing::Misplaced)
            return; // has been reported as that
        Offence offence;
        offence.kind = OffenceKind::Phantom;
        offence.operation = uuid;
        offence.table = m_table;
        offence.tenant = tenant;
        offence.shard = m_snapshot.shardOf(tenant);
        offence.instance = m_copy.instance;
        offence.schema = m_copy.schema;
        offence.found = 1;
        m_sink(offence);
    }

    const CheckSnapshot &m_snapshot;
    const Copy &m_copy;
    const QString &m_table;
    LedgerFacts &m_facts;
    const OffenceSink &m_sink;
};

} // namespace

Result<void> collectRows(CheckSnapshot &snapshot, const std::vector<Copy> &copies, LedgerFacts &facts,
                         const OffenceSink &sink, const Wait &wait)
{
    for (const Copy &copy : copies) {
        for (const QString &table : copy.tables) {
            RowCounter counter(snapshot, copy, table, facts, sink);
            bool understood = true;
            const auto copied = snapshot.connection(copy.instance)
                                    .copyOut(
                                        counter.statement(),
                                        [&](const QByteArray &line) { return understood = counter.take(line); }, wait);
            if (!understood)
                return fail(ErrorCode::AnswerUnexpected, copy.instance, table);
            if (!copied)
                return Failure(copied.error());
        }
    }
    return {};
}

} // namespace shardhelm::demo
