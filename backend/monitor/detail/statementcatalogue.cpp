// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/detail/statementcatalogue.h"

namespace shardhelm::monitor::detail {

namespace {

/// Transaction control and nothing else.
bool isControl(const QString &text)
{
    static const QRegularExpression control(
        QStringLiteral(
            R"(^\s*(begin|start\s+transaction|commit|end|rollback|abort|savepoint|release|prepare\s+transaction|set\s+transaction)\b[^;]*;?\s*$)"),
        QRegularExpression::CaseInsensitiveOption);
    return control.match(text).hasMatch();
}

} // namespace

StatementCatalogue::StatementCatalogue(const QString &schemaPattern)
{
    static const QRegularExpression conversion(QStringLiteral("%(?:0([1-9]))?d"));
    const QRegularExpressionMatch match = conversion.match(schemaPattern);
    if (!match.hasMatch())
        return;
    const QString before = schemaPattern.left(match.capturedStart());
    const QString after = schemaPattern.mid(match.capturedEnd());
    const int digits = std::max(1, match.captured(1).toInt());
    m_schema.setPattern(
        QStringLiteral("(?<![\\w$])%1\\d{%2,10}%3(?![\\w$])")
            .arg(QRegularExpression::escape(before), QString::number(digits), QRegularExpression::escape(after)));
    m_anySchema = before % u'n' % after;
}

int StatementCatalogue::idOf(const QString &text)
{
    QString common = text.trimmed();
    if (!m_anySchema.isEmpty())
        common.replace(m_schema, m_anySchema);
    if (const auto known = m_byText.constFind(common); known != m_byText.cend())
        return *known;
    if (common.startsWith(QLatin1StringView("/* shardhelm/")) || isControl(common)) {
        m_byText.insert(common, aside);
        return aside;
    }
    // redacted() leaves a mark where a comment was.
    const QString shown = m_parser.redacted(common).remove(QStringLiteral("/*…*/")).simplified();
    // A text that was cut off, or in a newer server's grammar, is its own kind.
    const QString fingerprint = m_parser.fingerprint(common).value_or(shown);
    const auto next = static_cast<int>(m_texts.size());
    const auto found = m_byFingerprint.constFind(fingerprint);
    const int id = found == m_byFingerprint.cend() ? next : *found;
    if (id == next) {
        m_byFingerprint.insert(fingerprint, id);
        m_texts.push_back(shown);
        m_fingerprints.push_back(fingerprint);
    }
    m_byText.insert(common, id);
    return id;
}

} // namespace shardhelm::monitor::detail
