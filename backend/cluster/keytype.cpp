// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/keytype.h"

#include "sql/parser.h"

#include <QRegularExpression>

#include <array>

namespace shardhelm::cluster {

namespace {

struct Spelling
{
    QLatin1StringView spelling;
    QLatin1StringView name;
    KeyFamily family;
    QLatin1StringView outputFunction;
};

constexpr auto spellings = std::to_array<Spelling>({
    {QLatin1StringView("smallint"), QLatin1StringView("smallint"), KeyFamily::Integer, QLatin1StringView("int2out")},
    {QLatin1StringView("int2"), QLatin1StringView("smallint"), KeyFamily::Integer, QLatin1StringView("int2out")},
    {QLatin1StringView("integer"), QLatin1StringView("integer"), KeyFamily::Integer, QLatin1StringView("int4out")},
    {QLatin1StringView("int4"), QLatin1StringView("integer"), KeyFamily::Integer, QLatin1StringView("int4out")},
    {QLatin1StringView("int"), QLatin1StringView("integer"), KeyFamily::Integer, QLatin1StringView("int4out")},
    {QLatin1StringView("bigint"), QLatin1StringView("bigint"), KeyFamily::Integer, QLatin1StringView("int8out")},
    {QLatin1StringView("int8"), QLatin1StringView("bigint"), KeyFamily::Integer, QLatin1StringView("int8out")},
    {QLatin1StringView("text"), QLatin1StringView("text"), KeyFamily::Text, QLatin1StringView("textout")},
    {QLatin1StringView("character varying"), QLatin1StringView("character varying"), KeyFamily::Text,
     QLatin1StringView("varcharout")},
    {QLatin1StringView("varchar"), QLatin1StringView("character varying"), KeyFamily::Text,
     QLatin1StringView("varcharout")},
    {QLatin1StringView("uuid"), QLatin1StringView("uuid"), KeyFamily::Uuid, QLatin1StringView("uuid_out")},
});

} // namespace

QString KeyType::hashOf(const QString &key) const
{
    static constexpr QLatin1StringView mask(", 0) & 9223372036854775807)");
    switch (family) {
    case KeyFamily::Integer:
        return QStringLiteral("(hashint8extended(") + key + mask;
    case KeyFamily::Text:
        return QStringLiteral("(hashtextextended(") + key + mask;
    case KeyFamily::Uuid:
        return QStringLiteral("(uuid_hash_extended(") + key + mask;
    case KeyFamily::Other:
        break;
    }
    return {};
}

KeyType keyTypeNamed(const QString &name)
{
    static const QRegularExpression length(QStringLiteral("\\s*\\(\\s*\\d+\\s*\\)\\s*$"));
    QString plain = name.simplified().toLower();
    plain.remove(length);
    if (plain.startsWith(QLatin1StringView("pg_catalog.")))
        plain.remove(0, 11);
    for (const Spelling &known : spellings) {
        if (plain == known.spelling)
            return {known.name, known.family, known.outputFunction};
    }
    return {name, KeyFamily::Other, {}};
}

Result<KeyType> resolveKeyType(pg::Connection &server, const QString &name, const Wait &wait)
{
    const QString subject = QStringLiteral("key type");
    const QStringList choices = keyTypeNames({KeyFamily::Integer, KeyFamily::Text, KeyFamily::Uuid});
    sql::Parser parser;
    if (!parser.typeName(name))
        return fail(ErrorCode::ValueBad, subject, name, choices);
    const auto rows =
        server.query(QByteArrayLiteral("SELECT format_type(to_regtype($1::text), NULL)"), pg::Params(name), wait);
    if (!rows)
        return Failure(rows.error());
    if (rows->isNull(0, 0))
        return fail(ErrorCode::ValueBad, subject, name, choices);
    return keyTypeNamed(rows->text(0, 0));
}

QStringList keyTypeNames(std::initializer_list<KeyFamily> families)
{
    QStringList names;
    for (const Spelling &known : spellings) {
        const bool wanted = std::find(families.begin(), families.end(), known.family) != families.end();
        if (wanted && !names.contains(known.name))
            names << known.name;
    }
    return names;
}

QString arrayText(const QStringList &elements)
{
    QStringList quoted;
    for (QString element : elements) {
        element.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\""));
        quoted << u'"' + element + u'"';
    }
    return u'{' + quoted.join(u',') + u'}';
}

namespace {

/// Cast of a constant. Always text for the text types: converting an array of varchar is an expression that row filters
/// do not take, a constant of text is none.
QString constantCast(const KeyType &type)
{
    return QStringLiteral("::") + (type.family == KeyFamily::Text ? QStringLiteral("text") : type.name);
}

} // namespace

QString keyArray(const QStringList &keys, const KeyType &type)
{
    return QString::fromUtf8(pg::Connection::literal(arrayText(keys))) + constantCast(type) + QStringLiteral("[]");
}

QString keyLiteral(const QString &key, const KeyType &type)
{
    return QString::fromUtf8(pg::Connection::literal(key)) + constantCast(type);
}

} // namespace shardhelm::cluster
