// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/factfilter.h"

#include <QPartialOrdering>
#include <QRegularExpression>

namespace shardhelm {

namespace {

struct Unit
{
    QLatin1StringView word;
    double factor;
};

/// `text` ("100 ms", "2GB", "40 %") in the unit that a column of this kind carries; nullopt when it is no such value.
std::optional<double> scaled(const QString &text, FactColumn::Kind kind)
{
    using Kind = FactColumn::Kind;
    static const QRegularExpression form(QStringLiteral(R"(^(-?[0-9]+(?:[.,][0-9]+)?)\s*([a-zA-Z%/]*)$)"));
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const double number = match.captured(1).replace(u',', u'.').toDouble();
    const QString unit = match.captured(2).toLower();
    const auto pick = [&](std::initializer_list<Unit> units) -> std::optional<double> {
        for (const Unit &candidate : units) {
            if (unit == candidate.word)
                return number * candidate.factor;
        }
        return std::nullopt;
    };
    constexpr double k = 1024;
    switch (kind) {
    case Kind::Millis:
        return pick({{QLatin1StringView(""), 1},
                     {QLatin1StringView("us"), 1e-3},
                     {QLatin1StringView("ms"), 1},
                     {QLatin1StringView("s"), 1e3},
                     {QLatin1StringView("min"), 6e4},
                     {QLatin1StringView("h"), 3.6e6}});
    case Kind::Seconds:
        return pick({{QLatin1StringView(""), 1},
                     {QLatin1StringView("ms"), 1e-3},
                     {QLatin1StringView("s"), 1},
                     {QLatin1StringView("min"), 60},
                     {QLatin1StringView("h"), 3600},
                     {QLatin1StringView("d"), 86400}});
    case Kind::Bytes:
        return pick({{QLatin1StringView(""), 1},
                     {QLatin1StringView("b"), 1},
                     {QLatin1StringView("kb"), k},
                     {QLatin1StringView("mb"), k * k},
                     {QLatin1StringView("gb"), k * k * k},
                     {QLatin1StringView("tb"), k * k * k * k}});
    case Kind::Percent:
        return pick({{QLatin1StringView(""), number > 1 ? 0.01 : 1}, {QLatin1StringView("%"), 0.01}});
    case Kind::Count:
    case Kind::Rate:
    case Kind::Text:
        return pick({{QLatin1StringView(""), 1},
                     {QLatin1StringView("/s"), 1},
                     {QLatin1StringView("k"), 1e3},
                     {QLatin1StringView("k/s"), 1e3},
                     {QLatin1StringView("m"), 1e6}});
    }
    return std::nullopt;
}

} // namespace

FactFilter::FactFilter(FactModel &model, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_model(model)
{
    setSortRole(FactModel::SortRole);
    setDynamicSortFilter(false);
    setSourceModel(&model);
}

void FactFilter::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    parse();
    invalidate();
}

void FactFilter::settle()
{
    invalidate();
}

void FactFilter::sort(int column, Qt::SortOrder order)
{
    QSortFilterProxyModel::sort(column, order);
    // The same column again does nothing in the base class without dynamic sorting.
    invalidate();
}

int FactFilter::columnOf(const QString &word) const
{
    const auto &columns = m_model.columns();
    const auto plain = [](const QString &title) { return QString(title).remove(u' '); };
    for (size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].key.compare(word, Qt::CaseInsensitive) == 0
            || plain(columns[i].title).compare(word, Qt::CaseInsensitive) == 0)
            return static_cast<int>(i);
    }
    for (size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].key.startsWith(word, Qt::CaseInsensitive))
            return static_cast<int>(i);
    }
    return -1;
}

FactFilter::Term FactFilter::comparison(int column, const QString &sign, const QString &value)
{
    const FactColumn &about = m_model.columns()[static_cast<size_t>(column)];
    const auto index = static_cast<size_t>(column);
    const auto bound = scaled(value, about.kind);
    const bool words = about.kind == FactColumn::Kind::Text;
    if (!bound && !words)
        m_error = tr("“%1” is no value that %2 can have.").arg(value, about.title);
    return [this, index, sign, value, bound, words](int row) {
        const FactCell &cell = m_model.row(row).cells[index];
        if (cell.value.isDouble()) {
            if (!bound)
                return !words;
            const double number = cell.value.toDouble();
            if (sign == u">")
                return number > *bound;
            if (sign == u">=")
                return number >= *bound;
            if (sign == u"<")
                return number < *bound;
            if (sign == u"<=")
                return number <= *bound;
            return qFuzzyCompare(number + 1, *bound + 1);
        }
        if (!words)
            return !bound;
        const QString text = m_model.index(row, static_cast<int>(index)).data().toString();
        return !text.isEmpty() && text.contains(value, Qt::CaseInsensitive);
    };
}

void FactFilter::parse()
{
    m_terms.clear();
    m_error.clear();
    static const QRegularExpression form(
        QStringLiteral(
            R"(([\w]+)\s*(>=|<=|>|<|=)\s*("[^"]*"|-?[0-9]+(?:[.,][0-9]+)?\s*(?:us|ms|min|[kmgt]b|k/s|/s|s|h|d|k|m|b|%)(?=$|\s)|[^\s<>=]+))"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    QString rest = m_text;
    auto matches = form.globalMatch(m_text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        rest.replace(match.capturedStart(), match.capturedLength(), QString(match.capturedLength(), u' '));
        const int column = columnOf(match.captured(1));
        if (column < 0) {
            QStringList known;
            for (const FactColumn &candidate : m_model.columns())
                known << candidate.key;
            m_error = tr("“%1” is no column of this table. There are: %2.")
                          .arg(match.captured(1), known.join(QStringLiteral(", ")));
            continue;
        }
        QString value = match.captured(3).trimmed();
        if (value.size() >= 2 && value.startsWith(u'"'))
            value = value.mid(1, value.size() - 2);
        m_terms.push_back(comparison(column, match.captured(2), value));
    }
    static const QRegularExpression spaces(QStringLiteral("\\s+"));
    const QStringList words = rest.split(spaces, Qt::SkipEmptyParts);
    for (const QString &word : words) {
        m_terms.emplace_back([this, word](int row) {
            for (int column = 0; column < m_model.columnCount(); ++column) {
                if (m_model.index(row, column).data().toString().contains(word, Qt::CaseInsensitive))
                    return true;
            }
            return false;
        });
    }
}

bool FactFilter::filterAcceptsRow(int row, const QModelIndex &) const
{
    return std::all_of(m_terms.begin(), m_terms.end(), [row](const Term &term) { return term(row); });
}

bool FactFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const QVariant a = left.data(FactModel::SortRole);
    const QVariant b = right.data(FactModel::SortRole);
    const bool descending = sortOrder() == Qt::DescendingOrder;
    const QString idA = left.data(FactModel::IdRole).toString();
    const QString idB = right.data(FactModel::IdRole).toString();
    const bool byId = descending ? idA > idB : idA < idB;
    if (a.isValid() != b.isValid())
        return descending ? b.isValid() : a.isValid();
    if (!a.isValid())
        return byId;
    const QPartialOrdering order = QVariant::compare(a, b);
    if (order == QPartialOrdering::Less)
        return true;
    if (order == QPartialOrdering::Greater)
        return false;
    return byId;
}

} // namespace shardhelm
