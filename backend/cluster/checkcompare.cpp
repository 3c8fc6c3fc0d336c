// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/checkcompare.h"

#include <QMap>

#include <algorithm>
#include <tuple>

namespace shardhelm::cluster {

namespace {

constexpr int mostSchemas = 1000;

Finding finding(FindingCode code, FindingSeverity severity, const QString &instance)
{
    return Finding{code, severity, instance};
}

/// The value most have; of several, the one that came first.
QString commonest(const QStringList &values)
{
    QString best;
    qsizetype count = 0;
    for (const QString &value : values) {
        const qsizetype equal = value == best ? 0 : values.count(value);
        if (equal > count) {
            best = value;
            count = equal;
        }
    }
    return best;
}

/// "-line" of `wanted` that is not in `found`, "+line" the other way round.
QStringList differences(const QStringList &wanted, const QStringList &found)
{
    QStringList lines;
    for (const QString &line : wanted) {
        if (!found.contains(line))
            lines << u'-' + line;
    }
    for (const QString &line : found) {
        if (!wanted.contains(line))
            lines << u'+' + line;
    }
    return lines;
}

/// One table at one place.
struct Seen
{
    InstanceProbe *probe = nullptr;
    const TableFacts *facts = nullptr;
};

/// Findings about one registered table, from all the places where it should stand.
class TableComparison
{
public:
    TableComparison(const ShardMap &map, size_t table, std::vector<InstanceProbe> &probes, const Wait &wait)
        : m_map(map)
        , m_table(map.tables[table])
        , m_index(table)
        , m_wait(wait)
    {
        for (InstanceProbe &probe : probes) {
            for (const TableFacts &facts : probe.tables) {
                if (facts.place.table == table)
                    m_seen.push_back({&probe, &facts});
            }
        }
    }

    std::vector<Finding> compare()
    {
        QStringList digests;
        for (const Seen &seen : m_seen) {
            if (!seen.facts->digest.isEmpty())
                digests << seen.facts->digest;
        }
        m_wanted = commonest(digests);
        for (const Seen &seen : m_seen)
            examine(seen);
        if (m_table.kind == TableKind::Reference)
            compareContents();
        return std::move(m_findings);
    }

private:
    void examine(const Seen &seen)
    {
        if (seen.facts->digest.isEmpty()) {
            add(FindingCode::TableMissing, FindingSeverity::Stop, seen, {});
            return;
        }
        if (seen.facts->digest != m_wanted)
            add(FindingCode::TableDiffers, FindingSeverity::Stop, seen, whatDiffers(seen));
        if (m_table.kind != TableKind::Sharded)
            return;
        if (!seen.facts->hasKey)
            add(FindingCode::KeyColumnMissing, FindingSeverity::Stop, seen, {m_table.shardKey});
        else if (!seen.facts->keyInPrimaryKey && m_map.layout == Layout::Rows)
            add(FindingCode::KeyNotInPrimaryKey, FindingSeverity::Stop, seen, {m_table.shardKey});
    }

    /// Shards of one instance that share a finding are counted in one.
    void add(FindingCode code, FindingSeverity severity, const Seen &seen, const QStringList &facts)
    {
        const QString schema = m_table.schema.isEmpty() ? QString() : m_table.schema + u'.';
        const auto same = std::find_if(m_findings.begin(), m_findings.end(), [&](const Finding &known) {
            return known.code == code && known.instance == seen.probe->instance && known.facts == facts;
        });
        if (same != m_findings.end()) {
            ++same->count;
            return;
        }
        Finding made = finding(code, severity, seen.probe->instance);
        made.table = schema + m_table.name;
        made.shard = seen.facts->place.shard;
        made.facts = facts;
        if (code == FindingCode::TableDiffers)
            made.other = placeOf(m_wanted)->probe->instance;
        m_findings.push_back(made);
    }

    /// The first place with a digest, which there is.
    [[nodiscard]] const Seen *placeOf(const QString &digest) const
    {
        const auto place =
            std::find_if(m_seen.begin(), m_seen.end(), [&](const Seen &seen) { return seen.facts->digest == digest; });
        return &*place;
    }

    QStringList whatDiffers(const Seen &seen)
    {
        const QStringList wanted = linesOf(m_wanted);
        const QStringList found = linesOf(seen.facts->digest);
        return wanted.isEmpty() || found.isEmpty() ? QStringList() : differences(wanted, found);
    }

    /// The lines behind a digest, asked from the first place that has it; empty when that fails.
    QStringList linesOf(const QString &digest)
    {
        const auto known = m_lines.constFind(digest);
        if (known != m_lines.cend())
            return *known;
        QStringList lines;
        for (const Seen &seen : m_seen) {
            if (seen.facts->digest != digest || !seen.probe->connection.isOpen())
                continue;
            const auto read = readTableLines(seen.probe->connection, seen.facts->place.schema, m_table.name,
                                             m_wait.atMost(Milliseconds(10'000)));
            if (read) {
                lines = *read;
                break;
            }
        }
        return *m_lines.insert(digest, lines);
    }

    void compareContents()
    {
        std::vector<std::pair<const InstanceProbe *, const TableContents *>> contents;
        QStringList sums;
        const auto text = [](const TableContents &c) { return QStringLiteral("%1 %2").arg(c.rows).arg(c.sum); };
        for (const Seen &seen : m_seen) {
            if (seen.facts->digest != m_wanted) // said already, and other columns give other sums
                continue;
            for (const TableContents &read : seen.probe->contents) {
                if (read.table == m_index) {
                    contents.emplace_back(seen.probe, &read);
                    sums << text(read);
                }
            }
        }
        const QString wanted = commonest(sums);
        const auto model =
            std::find_if(contents.begin(), contents.end(), [&](const auto &c) { return text(*c.second) == wanted; });
        for (const auto &[probe, read] : contents) {
            if (text(*read) == wanted)
                continue;
            Finding made = finding(FindingCode::ReferenceDiffers, FindingSeverity::Stop, probe->instance);
            made.other = model->first->instance;
            made.table = m_table.schema + u'.' + m_table.name;
            made.facts = {QString::number(read->rows), QString::number(model->second->rows)};
            m_findings.push_back(made);
        }
    }

    const ShardMap &m_map;
    const ShardedTable &m_table;
    const size_t m_index;
    const Wait &m_wait;
    std::vector<Seen> m_seen;
    QString m_wanted;
    QMap<QString, QStringList> m_lines;
    std::vector<Finding> m_findings;
};

} // namespace

std::vector<Finding> instanceFindings(const ShardMap &map, const std::vector<InstanceProbe> &probes)
{
    std::vector<Finding> findings;
    for (const InstanceProbe &probe : probes) {
        if (probe.unreachable) {
            findings.push_back(finding(FindingCode::InstanceUnreachable, FindingSeverity::Stop, probe.instance));
            findings.back().error = *probe.unreachable;
            continue;
        }
        findings.insert(findings.end(), probe.unchecked.begin(), probe.unchecked.end());
        if (probe.facts.inRecovery)
            findings.push_back(finding(FindingCode::InstanceReadOnly, FindingSeverity::Stop, probe.instance));
        if (probe.pooler) {
            const bool lossy = *probe.pooler == FindingCode::PoolerBetween;
            findings.push_back(
                finding(*probe.pooler, lossy ? FindingSeverity::Stop : FindingSeverity::Info, probe.instance));
        }
        const Instance *registered = map.instance(probe.instance);
        if (registered && !probe.facts.database.isEmpty()) {
            const auto same = requireIdentity(probe.instance, registered->identity, probe.facts.identity);
            if (!same) {
                findings.push_back(finding(FindingCode::IdentityDiffers, FindingSeverity::Stop, probe.instance));
                findings.back().facts = QStringList{same.error().found} + same.error().expected;
            }
        }
        if (probe.schemas > mostSchemas) {
            findings.push_back(finding(FindingCode::ManySchemas, FindingSeverity::Warn, probe.instance));
            findings.back().facts = {QString::number(probe.schemas), QString::number(mostSchemas)};
        }
    }
    return findings;
}

std::vector<Finding> duplicateFindings(std::vector<InstanceProbe> &probes, const Wait &wait)
{
    std::vector<Finding> findings;
    for (size_t i = 0; i < probes.size(); ++i) {
        for (size_t j = 0; j < i; ++j) {
            if (!probes[i].connection.isOpen() || !probes[j].connection.isOpen()
                || probes[i].facts.identity != probes[j].facts.identity)
                continue;
            const auto same =
                sameDatabase(probes[i].connection, probes[j].connection, wait.atMost(Milliseconds(10'000)));
            if (!same) {
                findings.push_back(finding(FindingCode::InstanceUnchecked, FindingSeverity::Stop, probes[i].instance));
                findings.back().error = same.error();
            } else if (*same) {
                findings.push_back(finding(FindingCode::InstanceDuplicate, FindingSeverity::Stop, probes[i].instance));
                findings.back().other = probes[j].instance;
            }
        }
    }
    return findings;
}

std::vector<Finding> shardFindings(const ProbePlan &plan, const std::vector<InstanceProbe> &probes)
{
    const ShardMap &map = *plan.map;
    std::vector<Finding> findings;
    for (int id = 0; id < map.logicalShards; ++id) {
        if (map.shard(id))
            continue;
        findings.push_back(finding(FindingCode::ShardUnplaced, FindingSeverity::Stop, {}));
        findings.back().shard = id;
    }
    if (map.layout != Layout::Schema)
        return findings;
    for (const InstanceProbe &probe : probes) {
        const bool asked = !probe.unreachable && probe.schemas > 0;
        for (const LogicalShard &shard : map.shards) {
            const bool there = probe.shardSchemas.contains(shard.id);
            if (shard.instance == probe.instance && !there && asked) {
                findings.push_back(finding(FindingCode::ShardMissing, FindingSeverity::Stop, probe.instance));
                findings.back().shard = shard.id;
            } else if (there && !plan.mayHold(probe.instance, shard.id)) {
                findings.push_back(finding(FindingCode::ShardTwice, FindingSeverity::Stop, probe.instance));
                findings.back().shard = shard.id;
                findings.back().other = shard.instance;
            }
        }
    }
    return findings;
}

std::vector<Finding> tableFindings(const ShardMap &map, std::vector<InstanceProbe> &probes, const Wait &wait)
{
    std::vector<Finding> findings;
    for (size_t table = 0; table < map.tables.size(); ++table) {
        std::vector<Finding> about = TableComparison(map, table, probes, wait).compare();
        findings.insert(findings.end(), about.begin(), about.end());
    }
    return findings;
}

std::vector<Finding> misplacedFindings(const ShardMap &map, const std::vector<InstanceProbe> &probes)
{
    std::vector<Finding> findings;
    for (const InstanceProbe &probe : probes) {
        for (const MisplacedRows &rows : probe.misplaced) {
            Finding made = finding(FindingCode::RowsMisplaced, FindingSeverity::Stop, probe.instance);
            made.table = rows.place.schema + u'.' + map.tables[rows.place.table].name;
            made.shard = rows.place.shard;
            made.count = rows.count;
            made.facts = rows.keys;
            findings.push_back(made);
        }
    }
    return findings;
}

void sortFindings(std::vector<Finding> &findings)
{
    const auto order = [](const Finding &f) { return std::tie(f.severity, f.code, f.instance, f.table, f.shard); };
    std::stable_sort(findings.begin(), findings.end(),
                     [&](const Finding &a, const Finding &b) { return order(a) < order(b); });
}

} // namespace shardhelm::cluster
