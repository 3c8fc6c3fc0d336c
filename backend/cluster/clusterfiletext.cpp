// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/clusterfile.h"
#include "cluster/clusterfilealerts.h"
#include "cluster/clusterfilekeys.h"
#include "cluster/quantities.h"

#include <QRegularExpression>

namespace shardhelm::cluster {

namespace {

/// A basic string of TOML.
QString quoted(const QString &text)
{
    QString result = QStringLiteral("\"");
    for (const QChar c : text) {
        if (c == u'"' || c == u'\\')
            result += u'\\' + QString(c);
        else if (c == u'\n')
            result += QStringLiteral("\\n");
        else if (c == u'\t')
            result += QStringLiteral("\\t");
        else if (c.unicode() < 0x20 || c.unicode() == 0x7f)
            result += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
        else
            result += c;
    }
    return result + u'"';
}

QString keyText(const QString &name)
{
    static const QRegularExpression bare(QStringLiteral("\\A[A-Za-z0-9_-]+\\z"));
    return bare.match(name).hasMatch() ? name : quoted(name);
}

QString numberText(const FileKey &key, qint64 number)
{
    if (key.kind == KeyKind::Duration)
        return quoted(durationText(std::chrono::milliseconds(number)));
    return key.kind == KeyKind::Size ? quoted(sizeText(number)) : QString::number(number);
}

/// `key = value` of what differs from the defaults in one section.
QStringList linesOf(const QString &section, const ClusterFile &file, const ClusterFile &defaults)
{
    QStringList lines;
    const auto add = [&lines](const QString &name, const QString &value) {
        lines.append(keyText(name) + QStringLiteral(" = ") + value);
    };
    for (const FileKey &key : fileKeys()) {
        if (key.section != section)
            continue;
        if (key.text && key.text(file) != key.text(defaults))
            add(key.name, quoted(key.text(file)));
        else if (key.number && key.number(file) != key.number(defaults))
            add(key.name, numberText(key, key.number(file)));
    }
    if (section == QLatin1StringView("alerts")) {
        for (const AlertRule &rule : alertRules()) {
            if (const QString value = alertText(rule, file, quoted); !value.isEmpty())
                add(rule.name, value);
        }
    }
    if (section == QLatin1StringView("locate")) {
        for (auto query = file.locate.cbegin(); query != file.locate.cend(); ++query)
            add(query.key(), quoted(query.value()));
    }
    return lines;
}

} // namespace

QString clusterFileText(const ClusterFile &file)
{
    const ClusterFile defaults;
    QStringList sections;
    for (const QString &section : fileSections()) {
        const QStringList lines = linesOf(section, file, defaults);
        if (!lines.isEmpty())
            sections.append(u'[' + section + QStringLiteral("]\n") + lines.join(u'\n') + u'\n');
    }
    return sections.join(u'\n');
}

} // namespace shardhelm::cluster
