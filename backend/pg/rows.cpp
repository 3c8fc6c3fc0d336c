// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/rows.h"

#include "pg/arraytext.h"

#include <libpq-fe.h>

#include <limits>

namespace shardhelm::pg {

namespace {

std::optional<double> parseNumber(const QByteArray &text)
{
    // The server's spelling of the special values is not the one QByteArray reads.
    if (text == "Infinity")
        return std::numeric_limits<double>::infinity();
    if (text == "-Infinity")
        return -std::numeric_limits<double>::infinity();
    if (text == "NaN")
        return std::numeric_limits<double>::quiet_NaN();
    bool ok = false;
    const double value = text.toDouble(&ok);
    return ok ? std::optional(value) : std::nullopt;
}

} // namespace

Rows::Rows(pg_result *result)
    : m_result(result, [](pg_result *owned) { PQclear(owned); })
{
}

int Rows::count() const
{
    return m_result ? PQntuples(m_result.get()) : 0;
}

int Rows::columns() const
{
    return m_result ? PQnfields(m_result.get()) : 0;
}

QStringList Rows::columnNames() const
{
    QStringList names;
    for (int index = 0; index < columns(); ++index)
        names += QString::fromUtf8(PQfname(m_result.get(), index));
    return names;
}

int Rows::column(const char *name) const
{
    // Not PQfnumber: it folds case and reads quotes, and finds nothing for a name with capitals.
    for (int index = 0; index < columns(); ++index) {
        if (qstrcmp(PQfname(m_result.get(), index), name) == 0)
            return index;
    }
    return -1;
}

unsigned Rows::typeOid(int column) const
{
    return m_result ? PQftype(m_result.get(), column) : 0;
}

qint64 Rows::affected() const
{
    if (!m_result || PQresultStatus(m_result.get()) == PGRES_PIPELINE_SYNC)
        return 0;
    // SELECT, FETCH and MOVE report a number too, but change nothing.
    const QByteArray tag(PQcmdStatus(m_result.get()));
    if (tag.startsWith("SELECT") || tag.startsWith("FETCH") || tag.startsWith("MOVE"))
        return 0;
    return QByteArray(PQcmdTuples(m_result.get())).toLongLong();
}

bool Rows::isNull(int row, int column) const
{
    return !m_result || PQgetisnull(m_result.get(), row, column) != 0;
}

QString Rows::text(int row, int column) const
{
    if (isNull(row, column))
        return {};
    const int length = PQgetlength(m_result.get(), row, column);
    return length == 0 ? QStringLiteral("") : QString::fromUtf8(PQgetvalue(m_result.get(), row, column), length);
}

QByteArray Rows::bytes(int row, int column) const
{
    if (isNull(row, column))
        return {};
    return QByteArray::fromRawData(PQgetvalue(m_result.get(), row, column), PQgetlength(m_result.get(), row, column));
}

qint64 Rows::integer(int row, int column, qint64 whenNull) const
{
    return optionalInteger(row, column).value_or(whenNull);
}

double Rows::number(int row, int column, double whenNull) const
{
    return optionalNumber(row, column).value_or(whenNull);
}

bool Rows::boolean(int row, int column) const
{
    return bytes(row, column) == "t";
}

std::optional<qint64> Rows::optionalInteger(int row, int column) const
{
    bool ok = false;
    const qint64 value = bytes(row, column).toLongLong(&ok);
    return ok ? std::optional(value) : std::nullopt;
}

std::optional<double> Rows::optionalNumber(int row, int column) const
{
    return isNull(row, column) ? std::nullopt : parseNumber(bytes(row, column));
}

QStringList Rows::textArray(int row, int column) const
{
    return arrayElements(bytes(row, column));
}

} // namespace shardhelm::pg
