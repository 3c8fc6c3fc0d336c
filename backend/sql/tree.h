// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <memory>
#include <memory_resource>
#include <vector>

#include <pg_query/pg_query.pb-c.h>

/// Inside of backend/sql: libpg_query's trees. Everything here runs on a Parser's thread, whose stack is large enough
/// for the recursion. pg_query_exit() is never called: it frees what the end of the thread frees again.
namespace shardhelm::sql {

/// Largest statement taken, in bytes of UTF-8.
inline constexpr qsizetype maximumStatementBytes = 1 << 20;

/// A token of a statement, by byte offsets.
struct Token
{
    int start = 0;
    int end = 0;
    PgQuery__Token kind = PG_QUERY__TOKEN__NUL;
};

/// A syntax error at a 1-based character position.
Failure syntaxError(const QByteArray &sql, const QString &message, int position, const char *sqlstate = "42601");

/// Tokens of `sql`, comments among them.
Result<std::vector<Token>> tokens(const QByteArray &sql);

/// A statement's parse tree. The nodes belong to the tree and may be changed and added to.
class Tree
{
public:
    static Result<Tree> parse(const QByteArray &sql);

    [[nodiscard]] PgQuery__ParseResult *root() const { return m_root; }
    /// The tree as SQL again.
    [[nodiscard]] Result<QByteArray> deparse() const;

    /// A node of its own, initialised by `init`, freed with the tree.
    template <typename Message>
    Message *make(void (*init)(Message *))
    {
        auto *message = static_cast<Message *>(m_memory->allocate(sizeof(Message)));
        init(message);
        return message;
    }
    /// An array of `count` nodes, freed with the tree.
    PgQuery__Node **makeList(size_t count)
    {
        return static_cast<PgQuery__Node **>(m_memory->allocate(count * sizeof(PgQuery__Node *)));
    }
    /// A copy of `text` that lives as long as the tree.
    char *copy(const QByteArray &text);

private:
    explicit Tree(std::unique_ptr<std::pmr::monotonic_buffer_resource> memory, PgQuery__ParseResult *root);

    std::unique_ptr<std::pmr::monotonic_buffer_resource> m_memory;
    PgQuery__ParseResult *m_root;
};

/// Calls `enter` for `message` and every message below it, parents first; where it returns false, what lies below is
/// left out.
void visit(ProtobufCMessage *message, const std::function<bool(ProtobufCMessage *)> &enter);

/// `message` as a `Message` when it is one (`descriptor` is the type's), else null.
template <typename Message>
Message *as(ProtobufCMessage *message, const ProtobufCMessageDescriptor &descriptor)
{
    return message->descriptor == &descriptor ? reinterpret_cast<Message *>(message) : nullptr;
}

} // namespace shardhelm::sql
