// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/expression.h"

#include "sql/tree.h"

#include <algorithm>
#include <set>

namespace shardhelm::sql {

namespace {

constexpr QByteArrayView selectPrefix("SELECT ");

/// Whether a SELECT has anything beside its target list.
bool hasMoreThanTargets(PgQuery__SelectStmt *select)
{
    if (select->op != PG_QUERY__SET_OPERATION__SETOP_NONE)
        return true;
    int clauses = 0;
    visit(&select->base, [&](ProtobufCMessage *message) {
        clauses += message != &select->base;
        return message == &select->base; // children only
    });
    return clauses != 1;
}

/// The tree of "SELECT <expression>" and its only target.
struct SelectOfOne
{
    Tree tree;
    PgQuery__ResTarget *target;

    [[nodiscard]] Result<QByteArray> text() const
    {
        auto sql = tree.deparse();
        return sql ? Result<QByteArray>(sql->mid(selectPrefix.size())) : sql;
    }
    /// SQL of a node of the tree.
    Result<QByteArray> textOf(PgQuery__Node *node)
    {
        std::swap(target->val, node);
        auto sql = text();
        std::swap(target->val, node);
        return sql;
    }
};

Result<SelectOfOne> parseOne(const QByteArray &sql)
{
    auto tree = Tree::parse(selectPrefix.toByteArray() + sql);
    if (!tree) {
        Error error = tree.error();
        if (error.db) { // positions count from the start of the text given
            error.db->position = std::max(0, error.db->position - static_cast<int>(selectPrefix.size()));
            error.db->query = QString::fromUtf8(sql.left(2000)).left(500);
        }
        return Failure(error);
    }
    const auto notOne = [&] { return syntaxError(sql, QStringLiteral("not exactly one expression"), 0); };
    PgQuery__ParseResult *root = tree->root();
    if (root->n_stmts != 1 || root->stmts[0]->stmt->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
        return notOne();
    PgQuery__SelectStmt *select = root->stmts[0]->stmt->select_stmt;
    if (select->n_target_list != 1 || hasMoreThanTargets(select))
        return notOne();
    PgQuery__ResTarget *target = select->target_list[0]->res_target;
    if (!target->val || (target->name && *target->name))
        return notOne();
    return SelectOfOne{std::move(*tree), target};
}

QString nameOf(const PgQuery__Node *node)
{
    return node->node_case == PG_QUERY__NODE__NODE_STRING ? QString::fromUtf8(node->string->sval) : QString();
}

FunctionUse useOf(const PgQuery__FuncCall *call)
{
    FunctionUse use;
    use.name = nameOf(call->funcname[call->n_funcname - 1]);
    if (call->n_funcname > 1)
        use.schema = nameOf(call->funcname[call->n_funcname - 2]);
    use.arguments = static_cast<int>(call->n_args);
    return use;
}

bool hashes(PgQuery__FuncCall *call)
{
    bool found = false;
    visit(&call->base, [&](ProtobufCMessage *message) {
        if (const auto *inner = as<PgQuery__FuncCall>(message, pg_query__func_call__descriptor))
            found = found || (inner != call && useOf(inner).name.contains(QLatin1StringView("hash")));
        return !found;
    });
    return found;
}

/// Whether the type is text, or varchar without a length.
bool isText(const PgQuery__TypeName *type)
{
    if (type->n_names == 0 || type->n_typmods > 0 || type->n_array_bounds > 0)
        return false;
    const QString name = nameOf(type->names[type->n_names - 1]);
    return name == QLatin1StringView("text") || name == QLatin1StringView("varchar");
}

PgQuery__Node *makeCall(Tree &tree, const QByteArray &function, PgQuery__Node *argument)
{
    auto *name = tree.make<PgQuery__String>(pg_query__string__init);
    name->sval = tree.copy(function);
    auto *nameNode = tree.make<PgQuery__Node>(pg_query__node__init);
    nameNode->node_case = PG_QUERY__NODE__NODE_STRING;
    nameNode->string = name;
    auto *call = tree.make<PgQuery__FuncCall>(pg_query__func_call__init);
    call->n_funcname = 1;
    call->funcname = tree.makeList(1);
    call->funcname[0] = nameNode;
    call->n_args = 1;
    call->args = tree.makeList(1);
    call->args[0] = argument;
    call->funcformat = PG_QUERY__COERCION_FORM__COERCE_EXPLICIT_CALL;
    auto *node = tree.make<PgQuery__Node>(pg_query__node__init);
    node->node_case = PG_QUERY__NODE__NODE_FUNC_CALL;
    node->func_call = call;
    return node;
}

/// What an expression holds beside casts, whose texts need the tree put together again.
class Inventory
{
public:
    explicit Inventory(Expression &expression)
        : m_expression(expression)
    {
    }

    bool enter(ProtobufCMessage *message)
    {
        if (const auto *parameter = as<PgQuery__ParamRef>(message, pg_query__param_ref__descriptor))
            m_parameters.insert(parameter->number);
        else if (auto *call = as<PgQuery__FuncCall>(message, pg_query__func_call__descriptor))
            add(call);
        else if (const auto *operation = as<PgQuery__AExpr>(message, pg_query__a__expr__descriptor))
            m_expression.hasQualifiedOperator |= operation->n_name > 1;
        else if (auto *cast = as<PgQuery__TypeCast>(message, pg_query__type_cast__descriptor))
            casts.push_back(cast);
        m_expression.hasSubquery |= message->descriptor == &pg_query__sub_link__descriptor;
        m_expression.hasColumns |= message->descriptor == &pg_query__column_ref__descriptor;
        m_expression.hasSessionValue |= message->descriptor == &pg_query__sqlvalue_function__descriptor;
        return true;
    }
    [[nodiscard]] std::vector<int> parameters() const { return {m_parameters.begin(), m_parameters.end()}; }

    std::vector<PgQuery__TypeCast *> casts;

private:
    void add(PgQuery__FuncCall *call)
    {
        m_expression.functions.push_back(useOf(call));
        m_expression.hasAggregateForm |= call->agg_distinct || call->agg_star || call->agg_filter || call->over
            || call->n_agg_order > 0 || call->agg_within_group;
        m_expression.takesAbsOfHash |= m_expression.functions.back().name == QLatin1StringView("abs") && hashes(call);
    }

    Expression &m_expression;
    std::set<int> m_parameters;
};

} // namespace

Result<Expression> takeApart(const QByteArray &sql)
{
    auto one = parseOne(sql);
    if (!one)
        return Failure(one.error());
    const auto text = one->text();
    if (!text)
        return Failure(text.error());
    Expression expression;
    expression.text = QString::fromUtf8(*text);
    Inventory inventory(expression);
    visit(&one->target->val->base, [&](ProtobufCMessage *message) { return inventory.enter(message); });
    expression.parameters = inventory.parameters();
    if (expression.hasSubquery)
        return expression; // the types in a subquery depend on its tables: its casts say nothing alone
    for (PgQuery__TypeCast *cast : inventory.casts) {
        if (cast->arg->node_case == PG_QUERY__NODE__NODE_A_CONST)
            continue;
        const auto argument = one->textOf(cast->arg);
        auto *null = one->tree.make<PgQuery__AConst>(pg_query__a__const__init);
        null->isnull = 1;
        auto *nullNode = one->tree.make<PgQuery__Node>(pg_query__node__init);
        nullNode->node_case = PG_QUERY__NODE__NODE_A_CONST;
        nullNode->a_const = null;
        auto *typeOnly = one->tree.make<PgQuery__TypeCast>(pg_query__type_cast__init);
        typeOnly->arg = nullNode;
        typeOnly->type_name = cast->type_name;
        auto *typeNode = one->tree.make<PgQuery__Node>(pg_query__node__init);
        typeNode->node_case = PG_QUERY__NODE__NODE_TYPE_CAST;
        typeNode->type_cast = typeOnly;
        const auto type = one->textOf(typeNode);
        if (!argument || !type)
            return Failure(argument ? type.error() : argument.error());
        expression.casts.push_back(
            {QString::fromUtf8(*argument), QString::fromUtf8(type->mid(int(sizeof "NULL::") - 1))});
    }
    return expression;
}

Result<QByteArray> callTextCasts(const QByteArray &sql, const QByteArray &outputFunction)
{
    auto one = parseOne(sql);
    if (!one)
        return Failure(one.error());
    visit(&one->target->base, [&](ProtobufCMessage *message) {
        auto *node = as<PgQuery__Node>(message, pg_query__node__descriptor);
        if (!node || node->node_case != PG_QUERY__NODE__NODE_TYPE_CAST)
            return true;
        const PgQuery__TypeCast *cast = node->type_cast;
        if (cast->arg->node_case != PG_QUERY__NODE__NODE_PARAM_REF || !isText(cast->type_name))
            return true;
        *node = *makeCall(one->tree, QByteArrayLiteral("textin"), makeCall(one->tree, outputFunction, cast->arg));
        return false;
    });
    return one->text();
}

Result<QByteArray> spellType(const QByteArray &sql)
{
    const auto one = parseOne("NULL::" + sql);
    const auto notType = [&] { return syntaxError(sql, QStringLiteral("not the name of a type"), 0); };
    if (!one || one->target->val->node_case != PG_QUERY__NODE__NODE_TYPE_CAST)
        return notType();
    const PgQuery__TypeCast *cast = one->target->val->type_cast;
    if (cast->arg->node_case != PG_QUERY__NODE__NODE_A_CONST || cast->type_name->setof)
        return notType();
    const auto text = one->text();
    return text ? Result<QByteArray>(text->mid(int(sizeof "NULL::") - 1)) : text;
}

} // namespace shardhelm::sql
