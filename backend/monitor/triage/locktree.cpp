// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/triage/locktree.h"

#include <QHash>

#include <algorithm>

namespace shardhelm::monitor {

namespace {

/// A session or prepared transaction that waits or is waited for.
struct Vertex
{
    int pid = 0;
    QString prepared;
    double transactionAge = 0;
    std::vector<size_t> blockers;
    std::vector<size_t> waiters;
    size_t open = 0; ///< blockers whose level is not known yet
    int level = -1; ///< -1: not known yet
    bool inCycle = false;
};

class Graph
{
public:
    explicit Graph(const SessionList &list);
    void findLevels();
    [[nodiscard]] const std::vector<Vertex> &vertices() const { return m_vertices; }
    /// The blocker that stands deepest; nothing for a root.
    [[nodiscard]] std::optional<size_t> parentOf(size_t vertex) const;

private:
    size_t vertex(const SessionList &list, int pid, const QString &prepared = {});
    void settle(size_t vertex, int level);
    [[nodiscard]] size_t cycleMember() const;

    std::vector<Vertex> m_vertices;
    QHash<std::pair<int, QString>, size_t> m_indexes;
};

size_t Graph::vertex(const SessionList &list, int pid, const QString &prepared)
{
    const auto found = m_indexes.constFind({pid, prepared});
    if (found != m_indexes.constEnd())
        return *found;
    const Session *session = list.session(pid);
    Vertex made;
    made.pid = pid;
    made.prepared = prepared;
    made.transactionAge = session ? session->transactionAge.value_or(0) : 0;
    m_vertices.push_back(std::move(made));
    m_indexes.insert({pid, prepared}, m_vertices.size() - 1);
    return m_vertices.size() - 1;
}

/// Names of the prepared transactions that a waiting session may be waiting for; one empty name when none is known.
QStringList preparedHolders(const LockWait *wait)
{
    QStringList names;
    if (wait) {
        for (const LockHolder &holder : wait->holders) {
            if (holder.pid == 0 && !names.contains(holder.prepared))
                names.append(holder.prepared);
        }
    }
    return names.isEmpty() ? QStringList(QString()) : names;
}

Graph::Graph(const SessionList &list)
{
    for (const Session &session : list.sessions) {
        if (session.blockedBy.empty())
            continue;
        const size_t waiter = vertex(list, session.key.pid);
        const auto add = [&](size_t blocker) {
            if (blocker == waiter)
                return;
            m_vertices[waiter].blockers.push_back(blocker);
            m_vertices[blocker].waiters.push_back(waiter);
        };
        for (const int pid : session.blockedBy) {
            if (pid != 0) {
                add(vertex(list, pid));
                continue;
            }
            for (const QString &name : preparedHolders(list.wait(session.key.pid)))
                add(vertex(list, 0, name));
        }
    }
}

/// Gives a vertex its level, and those that waited for nothing else theirs.
void Graph::settle(size_t first, int level)
{
    m_vertices[first].level = level;
    std::vector<size_t> settled{first};
    while (!settled.empty()) {
        const size_t index = settled.back();
        settled.pop_back();
        for (const size_t waiter : m_vertices[index].waiters) {
            Vertex &one = m_vertices[waiter];
            if (one.level >= 0 || --one.open > 0)
                continue;
            for (const size_t blocker : one.blockers)
                one.level = std::max(one.level, m_vertices[blocker].level + 1);
            settled.push_back(waiter);
        }
    }
}

/// Of a circle of sessions that wait for each other, the one whose transaction is oldest.
size_t Graph::cycleMember() const
{
    const auto unsettled = [this](size_t index) { return m_vertices[index].level < 0; };
    size_t at = 0;
    while (!unsettled(at))
        ++at;
    std::vector<size_t> path;
    while (std::ranges::find(path, at) == path.end()) {
        path.push_back(at);
        at = *std::ranges::find_if(m_vertices[at].blockers, unsettled);
    }
    return *std::max_element(std::ranges::find(path, at), path.end(), [this](size_t a, size_t b) {
        return m_vertices[a].transactionAge < m_vertices[b].transactionAge;
    });
}

void Graph::findLevels()
{
    size_t left = m_vertices.size();
    for (Vertex &one : m_vertices)
        one.open = one.blockers.size();
    for (size_t index = 0; index < left; ++index) {
        if (m_vertices[index].blockers.empty())
            settle(index, 0);
    }
    const auto unsettled = [](const Vertex &one) { return one.level < 0; };
    while (std::ranges::any_of(m_vertices, unsettled)) {
        const size_t root = cycleMember();
        m_vertices[root].inCycle = true;
        settle(root, 0);
    }
}

std::optional<size_t> Graph::parentOf(size_t index) const
{
    const Vertex &one = m_vertices[index];
    if (one.blockers.empty() || one.inCycle)
        return std::nullopt;
    return *std::ranges::max_element(one.blockers, {}, [this](size_t blocker) {
        return std::pair(m_vertices[blocker].level, -m_vertices[blocker].pid);
    });
}

/// The tree of one vertex and below, for the order of siblings.
struct Branch
{
    size_t vertex;
    int behind = 0;
    std::vector<size_t> children; ///< vertices
};

void nameHeldLock(const SessionList &list, const Vertex &vertex, int firstChildPid, LockNode &node)
{
    const LockWait *wait = list.wait(firstChildPid);
    if (!wait)
        return;
    const auto held = std::ranges::find_if(wait->holders, [&](const LockHolder &holder) {
        return holder.pid == vertex.pid && holder.prepared == vertex.prepared;
    });
    if (held == wait->holders.end())
        return;
    node.holds = *held;
    node.heldRelation = wait->relation;
}

} // namespace

LockTree lockTree(const SessionList &list)
{
    Graph graph(list);
    graph.findLevels();
    const std::vector<Vertex> &vertices = graph.vertices();
    std::vector<Branch> branches;
    std::vector<size_t> roots;
    for (size_t index = 0; index < vertices.size(); ++index)
        branches.push_back({index, 0, {}});
    std::vector<size_t> deepestFirst(vertices.size());
    for (size_t index = 0; index < vertices.size(); ++index)
        deepestFirst[index] = index;
    std::ranges::stable_sort(deepestFirst, std::greater(), [&](size_t index) { return vertices[index].level; });
    for (const size_t index : deepestFirst) {
        if (const auto parent = graph.parentOf(index)) {
            branches[*parent].behind += branches[index].behind + 1;
            branches[*parent].children.push_back(index);
        } else {
            roots.push_back(index);
        }
    }
    const auto order = [&](std::vector<size_t> &siblings) {
        std::ranges::sort(siblings, {}, [&](size_t index) {
            const Vertex &one = vertices[index];
            return std::tuple(-branches[index].behind, -one.transactionAge, one.pid, one.prepared);
        });
    };

    LockTree tree;
    tree.server = list.server;
    order(roots);
    std::vector<std::pair<size_t, std::optional<size_t>>> next; // vertex, parent's node
    for (const size_t root : roots)
        next.emplace_back(root, std::nullopt);
    for (size_t at = 0; at < next.size(); ++at) {
        const auto [index, parent] = next[at];
        const Vertex &vertex = vertices[index];
        Branch &branch = branches[index];
        order(branch.children);
        LockNode node;
        node.pid = vertex.pid;
        node.prepared = vertex.prepared;
        node.parent = parent;
        node.behind = branch.behind;
        node.inCycle = vertex.inCycle;
        node.level = parent ? tree.nodes[*parent].level + 1 : 0;
        for (const size_t blocker : vertex.blockers) {
            if (!parent || vertices[blocker].pid != tree.nodes[*parent].pid)
                node.alsoBlockedBy.push_back(vertices[blocker].pid);
        }
        if (!branch.children.empty())
            nameHeldLock(list, vertex, vertices[branch.children.front()].pid, node);
        for (const size_t child : branch.children)
            next.emplace_back(child, at);
        if (parent)
            tree.nodes[*parent].children.push_back(at);
        else
            tree.roots.push_back(at);
        tree.nodes.push_back(std::move(node));
    }
    return tree;
}

} // namespace shardhelm::monitor
