// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/checkverdict.h"

#include "demo/dataset.h"

#include <algorithm>

namespace shardhelm::demo {

namespace {

/// What one operation's rows came to: expected and found, per table.
struct Finding
{
    bool lost = false;
    qint64 doubled = 0;
    bool phantom = false;
    const char *table = "audit_events";
    qint64 expected = 1;
    qint64 found = 0;

    void lose(const char *where, qint64 wanted, qint64 seen)
    {
        lost = true;
        note(where, wanted, seen);
    }
    void repeat(const char *where, qint64 wanted, qint64 seen)
    {
        doubled = std::max(doubled, seen - wanted);
        note(where, wanted, seen);
    }
    void note(const char *where, qint64 wanted, qint64 seen)
    {
        table = where;
        expected = wanted;
        found = seen;
    }
};

class Judge
{
public:
    Judge(const CheckSnapshot &snapshot, LedgerFacts &facts, const OffenceSink &sink, CheckResult &result)
        : m_snapshot(snapshot)
        , m_facts(facts)
        , m_sink(sink)
        , m_result(result)
    {
    }

    void judgeRun(RunFacts &run)
    {
        m_run = &run;
        for (size_t i = 0; i < run.writes.size(); ++i)
            judgeOperation(i);
        // Counters last: lost and doubled increments have been found by their marks before.
        for (size_t i = 0; i < run.writes.size(); ++i) {
            if (run.writes[i].row != WriteFacts::none && isVerified(run.writes[i]))
                judgeCounter(i);
        }
    }

private:
    [[nodiscard]] int shardOf(const WriteFacts &write) const
    {
        return m_snapshot.shardOf(m_facts.tenants[write.tenant]);
    }
    [[nodiscard]] bool isVerified(const WriteFacts &write) const
    {
        return !m_snapshot.unreachable().contains(m_snapshot.ownerOf(shardOf(write)));
    }
    static const char *nameOf(DemoTable table) { return tableShapes[static_cast<size_t>(table)].name; }

    void judgeOperation(size_t index)
    {
        const WriteFacts &write = m_run->writes[index];
        ShardFigures &shard = m_result.byShard[shardOf(write)];
        if (write.outcome == Outcome::Acknowledged)
            ++shard.acknowledged;
        else if (write.outcome == Outcome::Unknown)
            ++shard.unknown;
        else
            ++m_result.refused;
        if (!isVerified(write)) {
            ++m_result.unverified;
            return;
        }
        Finding finding;
        judgeMark(write, finding);
        if (write.kind == OperationKind::Insert)
            judgeRow(write, m_run->rows[write.row], finding);
        else if (write.kind == OperationKind::Delete)
            judgeDeletion(index, write, finding);
        else
            creditIncrement(write, finding);
        report(index, finding);
    }

    /// Every committed operation has left one audit event with its UUID.
    static void judgeMark(const WriteFacts &write, Finding &finding)
    {
        if (write.outcome == Outcome::Refused) {
            finding.phantom = write.marks > 0;
            finding.note("audit_events", 0, write.marks);
            return;
        }
        if (write.outcome == Outcome::Acknowledged && write.marks + write.marksElsewhere == 0)
            finding.lose("audit_events", 1, 0);
        if (write.marks > 1)
            finding.repeat("audit_events", 1, write.marks);
    }

    void judgeRow(const WriteFacts &write, const RowFacts &row, Finding &finding) const
    {
        const char *table = nameOf(write.table);
        if (write.outcome == Outcome::Refused) {
            if (row.copies + row.items > 0) {
                finding.phantom = true;
                finding.note(table, 0, row.copies);
            }
            return;
        }
        const bool acknowledged = write.outcome == Outcome::Acknowledged;
        const bool deleted = row.deletion != WriteFacts::none;
        const bool mayBeGone = !acknowledged || deleted || row.maybeDeleted;
        if (row.copies + row.copiesElsewhere == 0 && !mayBeGone)
            finding.lose(table, 1, 0);
        if (row.copies > 1)
            finding.repeat(table, 1, row.copies);
        // An insert is one transaction: its order, its items and its mark are all there or none is.
        if (row.copies > 0 && row.items + row.itemsElsewhere < write.items)
            finding.lose("order_items", write.items, row.items);
        if (row.items > write.items && row.copies <= 1)
            finding.repeat("order_items", write.items, row.items);
        const bool halfDone =
            row.copies + row.copiesElsewhere > 0 ? write.marks + write.marksElsewhere == 0 : write.marks > 0;
        if (write.outcome == Outcome::Unknown && halfDone)
            finding.lose(write.marks > 0 ? table : "audit_events", 1, 0);
    }

    void judgeDeletion(size_t index, const WriteFacts &write, Finding &finding) const
    {
        const WriteFacts &inserted = m_run->writes[write.targets[0]];
        const RowFacts &row = m_run->rows[inserted.row];
        if (write.outcome == Outcome::Acknowledged && row.deletion == index && row.copies + row.items > 0)
            finding.lose(nameOf(inserted.table), 0, std::max<qint64>(1, row.copies));
    }

    void creditIncrement(const WriteFacts &write, const Finding &finding)
    {
        for (const quint32 target : write.targets) {
            if (target == WriteFacts::none)
                continue;
            RowFacts &row = m_run->rows[m_run->writes[target].row];
            row.incrementsLost += finding.lost ? 1 : 0;
            row.incrementsDoubled += static_cast<quint32>(finding.doubled);
        }
    }

    void judgeCounter(size_t index)
    {
        const WriteFacts &write = m_run->writes[index];
        const RowFacts &row = m_run->rows[write.row];
        if (row.copies == 0 || write.outcome == Outcome::Refused || row.deletion != WriteFacts::none)
            return;
        const qint64 least = std::max<qint64>(row.acknowledged, row.highestVersion);
        const qint64 most = static_cast<qint64>(row.acknowledged) + row.unknown;
        Offence offence = offenceOf(index, nameOf(write.table));
        offence.found = row.version;
        if (const qint64 lost = least - row.version - row.incrementsLost; lost > 0) {
            offence.kind = OffenceKind::Lost;
            offence.count = lost;
            offence.expected = least;
            m_sink(offence);
        }
        if (const qint64 doubled = row.version - most - row.incrementsDoubled; doubled > 0) {
            offence.kind = OffenceKind::Duplicated;
            offence.count = doubled;
            offence.expected = most;
            m_sink(offence);
        }
    }

    [[nodiscard]] Offence offenceOf(size_t index, const char *table) const
    {
        const WriteFacts &write = m_run->writes[index];
        Offence offence;
        offence.operation = OperationId{m_run->begin.run, index + 1}.toUuid();
        offence.table = QLatin1StringView(table);
        offence.tenant = m_facts.tenants[write.tenant];
        offence.shard = shardOf(write);
        offence.instance = m_snapshot.ownerOf(offence.shard);
        if (offence.shard >= 0)
            offence.schema = tableSchema(m_snapshot.map(), offence.shard);
        return offence;
    }

    void report(size_t index, const Finding &finding)
    {
        if (!finding.lost && finding.doubled == 0 && !finding.phantom)
            return;
        Offence offence = offenceOf(index, finding.table);
        offence.expected = finding.expected;
        offence.found = finding.found;
        if (finding.phantom) {
            offence.kind = OffenceKind::Phantom;
            m_sink(offence);
        }
        if (finding.lost) {
            offence.kind = OffenceKind::Lost;
            m_sink(offence);
        }
        if (finding.doubled > 0) {
            offence.kind = OffenceKind::Duplicated;
            offence.count = finding.doubled;
            m_sink(offence);
        }
    }

    const CheckSnapshot &m_snapshot;
    LedgerFacts &m_facts;
    const OffenceSink &m_sink;
    CheckResult &m_result;
    RunFacts *m_run = nullptr;
};

} // namespace

void judge(const CheckSnapshot &snapshot, LedgerFacts &facts, const OffenceSink &sink, CheckResult &result)
{
    Judge judge(snapshot, facts, sink, result);
    for (RunFacts &run : facts.runs)
        judge.judgeRun(run);
}

} // namespace shardhelm::demo
