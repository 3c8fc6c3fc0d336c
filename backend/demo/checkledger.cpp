// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/checkledger.h"

#include "demo/ledgerreader.h"

namespace shardhelm::demo {

namespace {

/// Takes records in order; each take() is false when the record does not fit to what came before.
class Collector
{
public:
    bool take(const RunBegin &begin)
    {
        if (m_facts.runIndex.contains(begin.run))
            return false;
        m_facts.runIndex.insert(begin.run, m_facts.runs.size());
        m_facts.runs.push_back({begin, {}, {}});
        m_reads = 0;
        return true;
    }

    bool take(const RunEnd &) { return !m_facts.runs.empty(); }

    bool take(const Intent &intent)
    {
        if (m_facts.runs.empty())
            return false;
        RunFacts &run = m_facts.runs.back();
        if (intent.kind == OperationKind::Read)
            return intent.number == (++m_reads | readBit);
        if (intent.number != run.writes.size() + 1 || run.writes.size() >= WriteFacts::none - 1)
            return false;
        WriteFacts facts;
        facts.kind = intent.kind;
        facts.table = intent.table;
        facts.items = intent.items;
        facts.tenant = tenantIndex(intent.tenant);
        if (intent.kind == OperationKind::Insert) {
            facts.row = static_cast<quint32>(run.rows.size());
            run.rows.emplace_back();
        } else if (!takeTargets(intent, run, facts)) {
            return false;
        }
        run.writes.push_back(facts);
        return true;
    }

    bool take(const Ended &ended)
    {
        if (m_facts.runs.empty())
            return false;
        ShardFigures &sent = m_facts.sent[ended.shard];
        if (ended.outcome == Outcome::Acknowledged) {
            sent.longestGapUs = std::max(sent.longestGapUs, ended.gapUs);
            m_facts.settled += ended.settled ? 1 : 0;
        }
        if (ended.outcome != Outcome::Unknown)
            sent.retries += ended.retries;
        if (ended.number & readBit) {
            m_facts.reads += ended.outcome == Outcome::Acknowledged ? 1 : 0;
            sent.readsStale += ended.stale ? 1 : 0;
            return (ended.number & ~readBit) <= m_reads;
        }
        return takeOutcome(ended, m_facts.runs.back());
    }

    LedgerFacts finish()
    {
        for (RunFacts &run : m_facts.runs) {
            for (size_t i = 0; i < run.writes.size(); ++i)
                credit(run, static_cast<quint32>(i));
        }
        return std::move(m_facts);
    }

private:
    quint32 tenantIndex(qint64 tenant)
    {
        const auto found = m_tenantIndex.constFind(tenant);
        if (found != m_tenantIndex.cend())
            return *found;
        const auto index = static_cast<quint32>(m_facts.tenants.size());
        m_facts.tenants.push_back(tenant);
        m_tenantIndex.insert(tenant, index);
        return index;
    }

    static bool takeTargets(const Intent &intent, const RunFacts &run, WriteFacts &facts)
    {
        for (size_t i = 0; i < intent.targets.size(); ++i) {
            const quint64 target = intent.targets[i];
            if (target == 0 && i > 0)
                continue;
            if (target == 0 || target > run.writes.size() || run.writes[target - 1].kind != OperationKind::Insert
                || run.writes[target - 1].tenant != facts.tenant)
                return false;
            facts.targets[i] = static_cast<quint32>(target - 1);
        }
        return intent.kind == OperationKind::Increment || facts.targets[1] == WriteFacts::none;
    }

    static bool takeOutcome(const Ended &ended, RunFacts &run)
    {
        if (ended.number == 0 || ended.number > run.writes.size())
            return false;
        WriteFacts &facts = run.writes[ended.number - 1];
        if (facts.outcome != Outcome::Unknown) // only an unknown outcome may be followed by another
            return false;
        facts.outcome = ended.outcome;
        for (size_t i = 0; i < ended.versions.size(); ++i) {
            if (ended.outcome != Outcome::Acknowledged || facts.targets[i] == WriteFacts::none)
                continue;
            RowFacts &row = run.rows[run.writes[facts.targets[i]].row];
            row.highestVersion = std::max(row.highestVersion, ended.versions[i]);
        }
        return true;
    }

    /// Adds what one operation did to the rows that it did it to.
    static void credit(RunFacts &run, quint32 index)
    {
        const WriteFacts &write = run.writes[index];
        if (write.outcome == Outcome::Refused)
            return;
        const bool acknowledged = write.outcome == Outcome::Acknowledged;
        for (const quint32 target : write.targets) {
            if (target == WriteFacts::none)
                continue;
            RowFacts &row = run.rows[run.writes[target].row];
            if (write.kind == OperationKind::Increment)
                ++(acknowledged ? row.acknowledged : row.unknown);
            else if (acknowledged)
                row.deletion = index;
            else
                row.maybeDeleted = true;
        }
    }

    LedgerFacts m_facts;
    QHash<qint64, quint32> m_tenantIndex;
    quint64 m_reads = 0;
};

} // namespace

QStringList clusterIds(const cluster::ShardMap &map)
{
    QStringList ids;
    for (const cluster::Instance &instance : map.instances) {
        if (!instance.identity.instanceId.isEmpty())
            ids.append(instance.identity.instanceId);
    }
    return ids;
}

Result<LedgerFacts> readLedger(const QString &path, const Wait &wait)
{
    auto reader = LedgerReader::open(path);
    if (!reader)
        return Failure(reader.error());
    if (reader->isBeingWritten())
        return fail(ErrorCode::LedgerInUse, path);
    Collector collector;
    for (qint64 count = 0;; ++count) {
        if (count % 4096 == 0 && (wait.expired() || wait.stopRequested()))
            return fail(wait.stopRequested() ? ErrorCode::Cancelled : ErrorCode::TimedOut, path);
        const auto record = reader->next();
        if (!record)
            return Failure(record.error());
        if (!*record)
            break;
        if (!std::visit([&collector](const auto &value) { return collector.take(value); }, **record))
            return fail(ErrorCode::LedgerBad, path, QString::number(reader->wholeSize()));
    }
    LedgerFacts facts = collector.finish();
    if (facts.runs.empty())
        return fail(ErrorCode::LedgerBad, path, QString::number(reader->wholeSize()));
    return facts;
}

Result<QString> clusterFileOfLedger(const QString &ledger)
{
    auto reader = LedgerReader::open(ledger);
    if (!reader)
        return Failure(reader.error());
    const auto record = reader->next();
    if (!record)
        return Failure(record.error());
    if (const auto *begin = *record ? std::get_if<RunBegin>(&**record) : nullptr)
        return begin->clusterFile;
    return fail(ErrorCode::LedgerBad, ledger, QString::number(reader->wholeSize()));
}

} // namespace shardhelm::demo
