// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/tree.h"

#include <QScopeGuard>

#include <cstring>

#include <pg_query.h>

namespace shardhelm::sql {

namespace {

/// Operators in a row, at all levels of parentheses together, that a tree may hold: measured, the 256 MB stack ends
/// somewhere between 100,000 and 250,000; sanitizers take more per level.
constexpr int maximumChain = 30'000;

void *allocateFrom(void *memory, size_t size)
{
    return static_cast<std::pmr::monotonic_buffer_resource *>(memory)->allocate(size);
}

void keep(void *, void *) { }

Failure errorOf(const QByteArray &sql, const PgQueryError *error)
{
    return syntaxError(sql, QString::fromUtf8(error->message), error->cursorpos);
}

/// Whether a token makes the tree one level deeper when it stands in a chain: everything but operands.
bool deepens(PgQuery__Token kind)
{
    switch (kind) {
    case PG_QUERY__TOKEN__ICONST:
    case PG_QUERY__TOKEN__FCONST:
    case PG_QUERY__TOKEN__SCONST:
    case PG_QUERY__TOKEN__PARAM:
    case PG_QUERY__TOKEN__IDENT:
    case PG_QUERY__TOKEN__SQL_COMMENT:
    case PG_QUERY__TOKEN__C_COMMENT:
        return false;
    default:
        return true;
    }
}

/// Set operations and joins nest to the left over a whole statement, whatever stands between them.
bool deepensStatement(PgQuery__Token kind)
{
    return kind == PG_QUERY__TOKEN__UNION || kind == PG_QUERY__TOKEN__EXCEPT || kind == PG_QUERY__TOKEN__INTERSECT
        || kind == PG_QUERY__TOKEN__JOIN;
}

/// An upper bound of the depth of the tree, without building it: the parser's own recursion has no limit.
int chainLength(const std::vector<Token> &tokens)
{
    std::vector<int> levels{0};
    int outer = 0; // sum of all levels but the last
    int statement = 0;
    int longest = 0;
    for (const Token &token : tokens) {
        switch (token.kind) {
        case PG_QUERY__TOKEN__ASCII_40: // (
            outer += levels.back();
            levels.push_back(0);
            break;
        case PG_QUERY__TOKEN__ASCII_41: // )
            if (levels.size() > 1) {
                levels.pop_back();
                outer -= levels.back();
            }
            break;
        case PG_QUERY__TOKEN__ASCII_44: // ,
        case PG_QUERY__TOKEN__AND:
        case PG_QUERY__TOKEN__OR:
            levels.back() = 0;
            break;
        default:
            statement += deepensStatement(token.kind);
            levels.back() += deepens(token.kind);
        }
        longest = std::max(longest, outer + levels.back() + statement);
    }
    return longest;
}

} // namespace

Failure syntaxError(const QByteArray &sql, const QString &message, int position, const char *sqlstate)
{
    Error error;
    error.code = ErrorCode::StatementFailed;
    error.found = message;
    DbError db;
    db.sqlstate = QLatin1StringView(sqlstate);
    db.message = message;
    db.query = QString::fromUtf8(sql.left(2000)).left(500);
    db.position = position;
    db.connectionUsable = true;
    error.db = db;
    return Failure(error);
}

Result<std::vector<Token>> tokens(const QByteArray &sql)
{
    if (sql.size() > maximumStatementBytes)
        return syntaxError(sql, QStringLiteral("statement is larger than 1 MB"), 0, "54000");
    if (sql.contains('\0'))
        return syntaxError(sql, QStringLiteral("null character in statement"), static_cast<int>(sql.indexOf('\0') + 1));
    const PgQueryScanResult scanned = pg_query_scan(sql.constData());
    const auto freeScanned = qScopeGuard([&] { pg_query_free_scan_result(scanned); });
    if (scanned.error)
        return errorOf(sql, scanned.error);
    PgQuery__ScanResult *result =
        pg_query__scan_result__unpack(nullptr, scanned.pbuf.len, reinterpret_cast<const uint8_t *>(scanned.pbuf.data));
    if (!result)
        return fail(ErrorCode::Internal, QStringLiteral("pg_query_scan"));
    std::vector<Token> found;
    found.reserve(result->n_tokens);
    for (size_t i = 0; i < result->n_tokens; ++i)
        found.push_back({result->tokens[i]->start, result->tokens[i]->end, result->tokens[i]->token});
    pg_query__scan_result__free_unpacked(result, nullptr);
    return found;
}

Tree::Tree(std::unique_ptr<std::pmr::monotonic_buffer_resource> memory, PgQuery__ParseResult *root)
    : m_memory(std::move(memory))
    , m_root(root)
{
}

Result<Tree> Tree::parse(const QByteArray &sql)
{
    const auto scanned = tokens(sql);
    if (!scanned)
        return Failure(scanned.error());
    if (chainLength(*scanned) > maximumChain)
        return syntaxError(sql, QStringLiteral("statement nests too deeply"), 0, "54001");
    const PgQueryProtobufParseResult parsed = pg_query_parse_protobuf(sql.constData());
    const auto freeParsed = qScopeGuard([&] { pg_query_free_protobuf_parse_result(parsed); });
    if (parsed.error)
        return errorOf(sql, parsed.error);
    auto memory = std::make_unique<std::pmr::monotonic_buffer_resource>();
    ProtobufCAllocator allocator{allocateFrom, keep, memory.get()};
    PgQuery__ParseResult *root = pg_query__parse_result__unpack(
        &allocator, parsed.parse_tree.len, reinterpret_cast<const uint8_t *>(parsed.parse_tree.data));
    if (!root)
        return fail(ErrorCode::Internal, QStringLiteral("pg_query_parse"));
    return Tree(std::move(memory), root);
}

Result<QByteArray> Tree::deparse() const
{
    QByteArray packed(static_cast<qsizetype>(pg_query__parse_result__get_packed_size(m_root)), Qt::Uninitialized);
    pg_query__parse_result__pack(m_root, reinterpret_cast<uint8_t *>(packed.data()));
    const PgQueryDeparseResult deparsed =
        pg_query_deparse_protobuf({static_cast<size_t>(packed.size()), packed.data()});
    const auto freeDeparsed = qScopeGuard([&] { pg_query_free_deparse_result(deparsed); });
    if (deparsed.error)
        return errorOf({}, deparsed.error);
    return QByteArray(deparsed.query);
}

char *Tree::copy(const QByteArray &text)
{
    auto *copied = static_cast<char *>(m_memory->allocate(static_cast<size_t>(text.size()) + 1, 1));
    std::memcpy(copied, text.constData(), static_cast<size_t>(text.size()) + 1);
    return copied;
}

void visit(ProtobufCMessage *message, const std::function<bool(ProtobufCMessage *)> &enter)
{
    if (!enter(message))
        return;
    const ProtobufCMessageDescriptor *descriptor = message->descriptor;
    auto *bytes = reinterpret_cast<char *>(message);
    for (unsigned i = 0; i < descriptor->n_fields; ++i) {
        const ProtobufCFieldDescriptor &field = descriptor->fields[i];
        if (field.type != PROTOBUF_C_TYPE_MESSAGE)
            continue;
        if (field.label == PROTOBUF_C_LABEL_REPEATED) {
            const size_t count = *reinterpret_cast<size_t *>(bytes + field.quantifier_offset);
            auto **items = *reinterpret_cast<ProtobufCMessage ***>(bytes + field.offset);
            for (size_t item = 0; item < count; ++item)
                visit(items[item], enter);
            continue;
        }
        const bool oneOf = field.flags & PROTOBUF_C_FIELD_FLAG_ONEOF;
        if (oneOf && *reinterpret_cast<uint32_t *>(bytes + field.quantifier_offset) != field.id)
            continue;
        if (auto *child = *reinterpret_cast<ProtobufCMessage **>(bytes + field.offset))
            visit(child, enter);
    }
}

} // namespace shardhelm::sql
