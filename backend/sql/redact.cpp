// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/redact.h"

#include "sql/tree.h"

namespace shardhelm::sql {

namespace {

bool isLiteral(PgQuery__Token kind)
{
    switch (kind) {
    case PG_QUERY__TOKEN__ICONST:
    case PG_QUERY__TOKEN__FCONST:
    case PG_QUERY__TOKEN__SCONST:
    case PG_QUERY__TOKEN__USCONST:
    case PG_QUERY__TOKEN__BCONST:
    case PG_QUERY__TOKEN__XCONST:
        return true;
    default:
        return false;
    }
}

bool isComment(PgQuery__Token kind)
{
    return kind == PG_QUERY__TOKEN__SQL_COMMENT || kind == PG_QUERY__TOKEN__C_COMMENT;
}

/// The number behind the highest placeholder of the text: where the numbers of the literals go on.
int firstFree(const QByteArray &sql, const std::vector<Token> &tokens)
{
    int highest = 0;
    for (const Token &token : tokens) {
        if (token.kind == PG_QUERY__TOKEN__PARAM)
            highest = std::max(highest, sql.mid(token.start + 1, token.end - token.start - 1).toInt());
    }
    return highest + 1;
}

QByteArray byTokens(const QByteArray &sql, const std::vector<Token> &tokens)
{
    QByteArray result;
    int number = firstFree(sql, tokens);
    int copied = 0;
    for (const Token &token : tokens) {
        if (!isLiteral(token.kind) && !isComment(token.kind))
            continue;
        result += sql.mid(copied, token.start - copied);
        result += isComment(token.kind) ? QByteArray("/*…*/") : '$' + QByteArray::number(number++);
        copied = token.end;
    }
    return result + sql.mid(copied);
}

bool isWord(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$'
        || static_cast<unsigned char>(c) >= 0x80;
}

/// Text that the scanner refuses: cut off within a literal, or with backslashes that mean something else on its server.
/// Only the part before the first quote is certain to be no literal; from there on nothing is shown.
QByteArray byHand(const QByteArray &sql)
{
    QByteArray result;
    int number = 1;
    for (qsizetype at = 0; at < sql.size();) {
        const QByteArrayView rest = QByteArrayView(sql).sliced(at);
        if (rest.startsWith('\'') || rest.startsWith("--") || rest.startsWith("/*") || rest.startsWith("$$"))
            return result + "…";
        const char c = sql[at];
        const bool digit = c >= '0' && c <= '9';
        qsizetype end = at + 1;
        if (isWord(c)) {
            while (end < sql.size() && (isWord(sql[end]) || (digit && sql[end] == '.')))
                ++end;
        }
        const QByteArray word = sql.mid(at, end - at);
        // $tag$ opens a literal; $1 is a placeholder.
        if (word.startsWith('$') && word.size() > 1 && (word[1] < '0' || word[1] > '9'))
            return result + "…";
        result += digit ? '$' + QByteArray::number(number++) : word;
        at = end;
    }
    return result;
}

} // namespace

QByteArray redactLiterals(const QByteArray &sql)
{
    // Without standard_conforming_strings a backslash keeps a literal open that ends here for the scanner.
    // Of U&'…' the scanner does not say where it stands.
    const bool ambiguous = sql.contains("\\'") || sql.contains("U&'") || sql.contains("u&'");
    const auto found = tokens(sql);
    return found && !ambiguous ? byTokens(sql, *found) : byHand(sql);
}

} // namespace shardhelm::sql
