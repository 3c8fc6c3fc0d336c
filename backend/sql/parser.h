// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>

#include <functional>
#include <memory>
#include <vector>

namespace shardhelm::sql {

/// A function call as it is written, names not resolved.
struct FunctionUse
{
    QString schema; ///< empty when not qualified
    QString name;
    int arguments = 0;

    bool operator==(const FunctionUse &) const = default;
};

/// A cast of something that is no constant.
struct CastUse
{
    QString argument; ///< SQL of what is cast
    QString type; ///< SQL of the type it becomes

    bool operator==(const CastUse &) const = default;
};

/// What stands in a scalar expression. Purely of the text: no name is looked up.
struct Expression
{
    QString text; ///< the same expression as the parser writes it: no comments, safe to embed in parentheses
    std::vector<int> parameters; ///< numbers of the $n in it, ascending, each once
    std::vector<FunctionUse> functions;
    std::vector<CastUse> casts;
    bool hasSubquery = false;
    bool hasColumns = false; ///< names a column outside of subqueries, or anywhere when there is a subquery
    bool hasSessionValue = false; ///< current_user, current_date and their kind
    bool hasAggregateForm = false; ///< DISTINCT, ORDER BY, FILTER, OVER in a call
    bool hasQualifiedOperator = false; ///< OPERATOR(schema.+)
    /// abs() around a hash function: fails at the smallest integer, which has no positive counterpart.
    bool takesAbsOfHash = false;

    bool operator==(const Expression &) const = default;
};

/// PostgreSQL 15's own grammar. Runs on a thread of its own with a stack for the deepest trees that a statement of
/// 1 MB may have; a call hands the text over, waits and takes the answer. Cheap to make; used by one thread at a time.
/// Errors: StatementFailed with `db` as a server would fill it (42601 and the position within the text given, 54000 for
/// a statement over 1 MB, 54001 for one that nests too deeply).
class Parser
{
public:
    Parser();
    ~Parser();
    Parser(const Parser &) = delete;
    Parser &operator=(const Parser &) = delete;

    /// Takes apart exactly one scalar expression; anything beside it (a second column, FROM, a second statement) is a
    /// syntax error.
    Result<Expression> expression(const QString &sql);

    /// `sql` with every placeholder $`number` replaced by `replacement`; strings, comments and quoted names are left
    /// alone. The text need not parse, it must only be made of complete tokens.
    Result<QString> withParameter(const QString &sql, int number, const QString &replacement);

    /// Expression `sql` in which each cast of a bare placeholder to text (or varchar without length) is written as
    /// textin(`outputFunction`($n)): the same value without the cast that row filters refuse. Parser's spelling.
    Result<QString> withTextCastsCalled(const QString &sql, const QString &outputFunction);

    /// The name of one type as it may stand in a cast, in the parser's spelling; refuses anything else.
    Result<QString> typeName(const QString &sql);

    /// What statements that differ in literals, parameters, lists of them, spelling and comments only have in common;
    /// names of tables and columns are part of it.
    Result<QString> fingerprint(const QString &sql);

    /// `sql` with every literal written as a placeholder, numbered on from those in it, and comments left out, so that
    /// it may be shown and kept. Any text will do: one that cannot be scanned, such as a statement cut off within a
    /// literal, ends where its first string or comment begins.
    QString redacted(const QString &sql);

private:
    void call(const std::function<void()> &job);

    struct Thread;
    std::unique_ptr<Thread> m_thread;
};

} // namespace shardhelm::sql
