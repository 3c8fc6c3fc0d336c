// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/filterexpression.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <optional>

namespace shardhelm {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(FilterExpression)
};

using Compare = std::function<bool(double, double)>;

std::optional<Compare> comparison(const QString &sign)
{
    if (sign == QLatin1StringView(">"))
        return [](double a, double b) { return a > b; };
    if (sign == QLatin1StringView(">="))
        return [](double a, double b) { return a >= b; };
    if (sign == QLatin1StringView("<"))
        return [](double a, double b) { return a < b; };
    if (sign == QLatin1StringView("<="))
        return [](double a, double b) { return a <= b; };
    if (sign == QLatin1StringView("=") || sign == QLatin1StringView(":"))
        return [](double a, double b) { return qFuzzyCompare(a + 1, b + 1); };
    return std::nullopt;
}

enum class Dimension { Milliseconds, Seconds, Bytes, Rate, Count, Ratio };

/// The figure a word of the filter names, and what its numbers mean.
struct Field
{
    QLatin1StringView word;
    Metric metric;
    Dimension dimension;
};

const std::vector<Field> &fields()
{
    static const std::vector<Field> all{
        {QLatin1StringView("p99"), Metric::P99, Dimension::Milliseconds},
        {QLatin1StringView("rtt"), Metric::RoundTrip, Dimension::Milliseconds},
        {QLatin1StringView("tps"), Metric::Transactions, Dimension::Rate},
        {QLatin1StringView("writes"), Metric::Writes, Dimension::Rate},
        {QLatin1StringView("connections"), Metric::Connections, Dimension::Count},
        {QLatin1StringView("active"), Metric::ActiveConnections, Dimension::Count},
        {QLatin1StringView("blocked"), Metric::Blocked, Dimension::Count},
        {QLatin1StringView("transaction"), Metric::LongestTransaction, Dimension::Seconds},
        {QLatin1StringView("lag"), Metric::LagSeconds, Dimension::Seconds},
        {QLatin1StringView("cache"), Metric::CacheHit, Dimension::Ratio},
        {QLatin1StringView("size"), Metric::Size, Dimension::Bytes},
    };
    return all;
}

/// The field of a word: one of the short ones, else the metric whose key it is or begins.
std::optional<Field> fieldOf(const QString &word)
{
    for (const Field &candidate : fields()) {
        if (word == candidate.word)
            return candidate;
    }
    std::optional<Metric> found = monitor::metricOf(word);
    for (const Metric metric : allMetrics) {
        if (!found && word.size() > 2 && metricKey(metric).startsWith(word))
            found = metric;
    }
    if (!found)
        return std::nullopt;
    Dimension dimension = Dimension::Count;
    switch (monitor::info(*found).unit) {
    case monitor::Unit::Milliseconds:
        dimension = Dimension::Milliseconds;
        break;
    case monitor::Unit::Seconds:
        dimension = Dimension::Seconds;
        break;
    case monitor::Unit::PerSecond:
        dimension = Dimension::Rate;
        break;
    case monitor::Unit::Bytes:
    case monitor::Unit::BytesPerSecond:
        dimension = Dimension::Bytes;
        break;
    case monitor::Unit::Ratio:
        dimension = Dimension::Ratio;
        break;
    case monitor::Unit::Days:
    case monitor::Unit::Count:
    case monitor::Unit::PerHour:
        break;
    }
    return Field{monitor::info(*found).key, *found, dimension};
}

struct Unit
{
    QLatin1StringView word;
    double factor;
};

/// `number` with `unit` in the dimension's base unit (ms, s, bytes, per second, pieces, ratio).
std::optional<double> scaled(double number, const QString &unit, Dimension dimension)
{
    const auto pick = [&](std::initializer_list<Unit> units) -> std::optional<double> {
        for (const Unit &candidate : units) {
            if (unit.compare(candidate.word, Qt::CaseInsensitive) == 0)
                return number * candidate.factor;
        }
        return std::nullopt;
    };
    switch (dimension) {
    case Dimension::Milliseconds:
        return pick({{QLatin1StringView(""), 1},
                     {QLatin1StringView("ms"), 1},
                     {QLatin1StringView("s"), 1e3},
                     {QLatin1StringView("min"), 6e4}});
    case Dimension::Seconds:
        return pick({{QLatin1StringView(""), 1},
                     {QLatin1StringView("ms"), 1e-3},
                     {QLatin1StringView("s"), 1},
                     {QLatin1StringView("min"), 60},
                     {QLatin1StringView("h"), 3600}});
    case Dimension::Bytes: {
        constexpr double k = 1024;
        return pick({{QLatin1StringView(""), 1},
                     {QLatin1StringView("b"), 1},
                     {QLatin1StringView("kb"), k},
                     {QLatin1StringView("mb"), k * k},
                     {QLatin1StringView("gb"), k * k * k},
                     {QLatin1StringView("tb"), k * k * k * k}});
    }
    case Dimension::Rate:
        return pick({{QLatin1StringView(""), 1},
                     {QLatin1StringView("/s"), 1},
                     {QLatin1StringView("k"), 1e3},
                     {QLatin1StringView("k/s"), 1e3},
                     {QLatin1StringView("m"), 1e6},
                     {QLatin1StringView("m/s"), 1e6}});
    case Dimension::Count:
        return pick({{QLatin1StringView(""), 1}});
    case Dimension::Ratio:
        return pick({{QLatin1StringView(""), number > 1 ? 0.01 : 1}, {QLatin1StringView("%"), 0.01}});
    }
    return std::nullopt;
}

bool contains(const QString &where, const QString &what)
{
    return where.contains(what, Qt::CaseInsensitive);
}

} // namespace

FilterExpression FilterExpression::parse(const QString &text)
{
    FilterExpression result;
    static const QRegularExpression comparisonForm(
        QStringLiteral(
            R"(([A-Za-z][\w]*)\s*(>=|<=|>|<|=|:)\s*(?:([0-9]+(?:[.,][0-9]+)?)\s*(ms|min|[kmgt]b|k/s|m/s|/s|s|h|k|m|b|%)?(?=$|[\s,])|([^\s,<>=:]+)))"),
        QRegularExpression::CaseInsensitiveOption);
    QString rest = text;
    auto matches = comparisonForm.globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        rest.replace(match.capturedStart(), match.capturedLength(), QString(match.capturedLength(), u' '));
        const QString word = match.captured(1).toLower();
        const QString sign = match.captured(2);
        const QString plain = match.captured(5);
        if (word == QLatin1StringView("name") || word == QLatin1StringView("zone") || word == QLatin1StringView("state")
            || word == QLatin1StringView("role") || word == QLatin1StringView("version")) {
            const QString wanted = plain.isEmpty() ? match.captured(3) : plain;
            result.m_terms.emplace_back([word, wanted](const monitor::ServerSample &server, const Fleet &fleet) {
                if (word == QLatin1StringView("name"))
                    return contains(server.name, wanted);
                if (word == QLatin1StringView("zone"))
                    return contains(server.zone, wanted);
                if (word == QLatin1StringView("version"))
                    return server.version.startsWith(wanted);
                if (word == QLatin1StringView("role"))
                    return contains(roleWord(server.role), wanted);
                return contains(conditionWord(fleet.condition(server.name)), wanted);
            });
            continue;
        }
        const std::optional<Field> field = fieldOf(word);
        if (!field) {
            QStringList known;
            for (const Field &candidate : fields())
                known << candidate.word;
            result.m_error =
                Words::tr("“%1” is no figure of the table. There are: %2.").arg(word, known.join(QStringLiteral(", ")));
            continue;
        }
        const QString number = match.captured(3);
        const bool ofLimit = field->metric == Metric::Connections && match.captured(4) == QLatin1StringView("%");
        const auto bound = number.isEmpty() ? std::nullopt
                                            : scaled(QString(number).replace(u',', u'.').toDouble(), match.captured(4),
                                                     ofLimit ? Dimension::Ratio : field->dimension);
        if (!bound) {
            result.m_error = Words::tr("“%1” is no value that %2 can have.")
                                 .arg(number.isEmpty() ? plain : number % match.captured(4), word);
            continue;
        }
        const Compare compare = *comparison(sign);
        result.m_terms.emplace_back([compare, metric = field->metric, value = *bound,
                                     ofLimit](const monitor::ServerSample &server, const Fleet &) {
            const auto figure = metricValue(server, metric);
            if (!figure.value)
                return false;
            if (!ofLimit)
                return compare(*figure.value, value);
            const int limit = server.maxConnections.value.value_or(0);
            return limit > 0 && compare(*figure.value / limit, value);
        });
    }
    static const QRegularExpression separators(QStringLiteral(R"([\s,]+)"));
    for (const QString &word : rest.split(separators, Qt::SkipEmptyParts)) {
        if (word.compare(QLatin1StringView("and"), Qt::CaseInsensitive) == 0)
            continue;
        static const QRegularExpression signs(QStringLiteral("[<>=]"));
        if (word.contains(signs)) {
            result.m_error = Words::tr("A comparison reads “p99 > 100 ms”: a figure, a sign, a value.");
            continue;
        }
        result.m_terms.emplace_back([word](const monitor::ServerSample &server, const Fleet &fleet) {
            const Rank *rank = fleet.rank(server.name);
            return contains(server.name, word) || contains(server.zone, word) || contains(roleWord(server.role), word)
                || contains(conditionWord(fleet.condition(server.name)), word) || contains(server.version, word)
                || (rank && contains(rank->reason(), word));
        });
    }
    return result;
}

bool FilterExpression::matches(const monitor::ServerSample &server, const Fleet &fleet) const
{
    for (const auto &term : m_terms) {
        if (!term(server, fleet))
            return false;
    }
    return true;
}

} // namespace shardhelm
