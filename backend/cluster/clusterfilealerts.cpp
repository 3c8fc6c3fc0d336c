// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/clusterfilealerts.h"

#include "cluster/clusterfilevalues.h"
#include "cluster/quantities.h"

#include <QLocale>
#include <QUrl>

namespace shardhelm::cluster {

namespace {

using Unit = AlertRule::Unit;

constexpr qint64 longestHold = 86400000;

QString numberText(double number)
{
    return QString::number(number, 'g', QLocale::FloatingPointShortest);
}

QStringList rangeOf(const AlertRule &rule)
{
    return {
        QStringLiteral("%1 … %2").arg(QString::number(rule.minimum, 'g', 17), QString::number(rule.maximum, 'g', 17)),
        QStringLiteral("false")};
}

/// A threshold in the rule's unit.
std::optional<double> thresholdIn(const AlertRule &rule, const toml::node &node)
{
    std::optional<double> threshold;
    const bool time = rule.unit == Unit::Milliseconds || rule.unit == Unit::Seconds;
    if (const auto *integer = node.as_integer())
        threshold = static_cast<double>(integer->get());
    else if (const auto *number = node.as_floating_point())
        threshold = number->get();
    else if (node.is_string() && (time || rule.unit == Unit::Bytes)) {
        if (const auto amount = numberIn(time ? KeyKind::Duration : KeyKind::Size, 1, node))
            threshold = static_cast<double>(*amount) / (rule.unit == Unit::Seconds ? 1000 : 1);
    }
    if (!threshold || !(*threshold >= rule.minimum && *threshold <= rule.maximum))
        return std::nullopt;
    return threshold;
}

/// Reads the table of one rule.
class AlertTable
{
public:
    AlertTable(const AlertRule &rule, const QString &path, ClusterFile &file)
        : m_rule(rule)
        , m_path(path)
        , m_file(file)
        , m_threshold(rule.threshold)
    {
    }

    std::optional<Error> read(const toml::table &table)
    {
        for (const auto &[key, node] : table)
            readKey(fromToml(key.str()), node, static_cast<int>(key.source().begin.line));
        if (m_clear && !m_error)
            checkClear();
        if (!m_error) {
            m_file.alerts.insert(m_rule.name, m_threshold);
            if (m_options != AlertOptions())
                m_file.alertOptions.insert(m_rule.name, m_options);
        }
        return m_error;
    }

private:
    void wrong(ErrorCode code, int line, const QString &found, const QStringList &expected)
    {
        if (!m_error || line < m_error->line)
            m_error = Error{code, m_path, found, expected, line, std::nullopt};
    }

    void badValue(const QString &key, const toml::node &node, const QStringList &expected)
    {
        wrong(ErrorCode::ValueBad, static_cast<int>(node.source().begin.line), named(key) + u" = " + shown(node),
              expected);
    }

    [[nodiscard]] QString named(const QString &key) const { return u"alerts." + m_rule.name + u'.' + key; }

    void readKey(const QString &key, const toml::node &node, int line)
    {
        const bool hasThreshold = m_rule.unit != Unit::None;
        if (hasThreshold && key == QLatin1StringView("threshold")) {
            if (const auto threshold = thresholdIn(m_rule, node))
                m_threshold = *threshold;
            else
                badValue(key, node, rangeOf(m_rule).mid(0, 1));
        } else if (hasThreshold && key == QLatin1StringView("clear")) {
            m_clear = &node;
            m_options.clear = clearIn(node);
        } else if (key == QLatin1StringView("for")) {
            const auto hold = numberIn(KeyKind::Duration, 1000, node);
            if (hold && *hold >= 0 && *hold <= longestHold)
                m_options.hold = std::chrono::milliseconds(*hold);
            else
                badValue(key, node, {QStringLiteral("0s … 1d")});
        } else if (key == QLatin1StringView("severity")) {
            m_options.severity = alertSeverityOf(textIn(node));
            if (!m_options.severity)
                badValue(key, node, alertSeverityWords());
        } else if (key == QLatin1StringView("command")) {
            m_options.command = textIn(node);
            if (m_options.command.isEmpty())
                badValue(key, node, {QStringLiteral("\"…\"")});
        } else if (key == QLatin1StringView("runbook")) {
            m_options.runbook = textIn(node);
            const QUrl url(m_options.runbook, QUrl::StrictMode);
            const bool web = url.scheme() == QLatin1StringView("https") || url.scheme() == QLatin1StringView("http");
            if (!url.isValid() || !web || url.host().isEmpty())
                badValue(key, node, {QStringLiteral("https://…")});
        } else {
            QStringList known{QStringLiteral("for"), QStringLiteral("severity"), QStringLiteral("command"),
                              QStringLiteral("runbook")};
            if (hasThreshold)
                known = QStringList{QStringLiteral("threshold"), QStringLiteral("clear")} + known;
            wrong(ErrorCode::KeyUnknown, line, named(key), nearMisses(key, known));
        }
    }

    /// A text that says something; empty for anything else.
    static QString textIn(const toml::node &node)
    {
        const auto *string = node.as_string();
        const QString text = string ? fromToml(string->get()) : QString();
        return text.trimmed().isEmpty() || text.contains(QChar(0)) ? QString() : text;
    }

    /// Unlike a threshold it may be as low as 0.
    [[nodiscard]] std::optional<double> clearIn(const toml::node &node) const
    {
        AlertRule from = m_rule;
        from.minimum = 0;
        return thresholdIn(from, node);
    }

    /// Beyond the threshold an alert would be cleared while it is raised.
    void checkClear()
    {
        const double low = m_rule.whenBelow ? m_threshold : 0;
        const double high = m_rule.whenBelow ? m_rule.maximum : m_threshold;
        if (!m_options.clear || *m_options.clear < low || *m_options.clear > high)
            badValue(QStringLiteral("clear"), *m_clear,
                     {QStringLiteral("%1 … %2").arg(QString::number(low, 'g', 17), QString::number(high, 'g', 17))});
    }

    const AlertRule &m_rule;
    const QString &m_path;
    ClusterFile &m_file;
    double m_threshold;
    AlertOptions m_options;
    const toml::node *m_clear = nullptr;
    std::optional<Error> m_error;
};

} // namespace

std::optional<Error> readAlert(const AlertRule &rule, const toml::node &node, const QString &path, ClusterFile &file)
{
    if (const toml::table *table = node.as_table())
        return AlertTable(rule, path, file).read(*table);
    const auto *flag = node.as_boolean();
    if (flag && !flag->get()) {
        file.alerts.remove(rule.name);
        return std::nullopt;
    }
    if (flag && rule.unit == Unit::None)
        return std::nullopt;
    const auto threshold = rule.unit == Unit::None ? std::nullopt : thresholdIn(rule, node);
    if (!threshold) {
        const QStringList expected =
            rule.unit == Unit::None ? QStringList{QStringLiteral("true"), QStringLiteral("false")} : rangeOf(rule);
        return Error{ErrorCode::ValueBad,
                     path,
                     u"alerts." + rule.name + u" = " + shown(node),
                     expected,
                     static_cast<int>(node.source().begin.line),
                     std::nullopt};
    }
    file.alerts.insert(rule.name, *threshold);
    return std::nullopt;
}

QString alertText(const AlertRule &rule, const ClusterFile &file, QString (*quoted)(const QString &))
{
    if (!file.alerts.contains(rule.name))
        return QStringLiteral("false");
    const double threshold = file.alerts.value(rule.name);
    const AlertOptions options = file.alertOptions.value(rule.name);
    if (options == AlertOptions())
        return threshold == rule.threshold ? QString() : numberText(threshold);
    QStringList parts;
    if (threshold != rule.threshold)
        parts << u"threshold = " + numberText(threshold);
    if (options.clear)
        parts << u"clear = " + numberText(*options.clear);
    if (options.hold)
        parts << u"for = " + quoted(durationText(*options.hold));
    if (options.severity)
        parts << u"severity = " + quoted(alertSeverityWord(*options.severity));
    if (!options.command.isEmpty())
        parts << u"command = " + quoted(options.command);
    if (!options.runbook.isEmpty())
        parts << u"runbook = " + quoted(options.runbook);
    return u"{" + parts.join(u", ") + u'}';
}

} // namespace shardhelm::cluster
