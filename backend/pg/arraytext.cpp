// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/arraytext.h"

namespace shardhelm::pg {

namespace {

/// Reads one element of an array literal from `at`, up to its delimiter.
QString arrayElement(const QByteArray &text, qsizetype &at)
{
    QByteArray element;
    const bool quoted = at < text.size() && text[at] == '"';
    if (quoted)
        ++at;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (quoted ? c == '"' : c == ',' || c == '}')
            break;
        if (c == '\\' && at + 1 < text.size())
            ++at;
        element += text[at];
    }
    if (quoted && at < text.size())
        ++at;
    if (!quoted && element.compare("NULL", Qt::CaseInsensitive) == 0)
        return {};
    return element.isEmpty() ? QStringLiteral("") : QString::fromUtf8(element);
}

} // namespace

QStringList arrayElements(const QByteArray &text)
{
    // Arrays that do not start at 1 carry their bounds first: [0:2]={a,b,c}
    qsizetype at = text.indexOf('{');
    QStringList elements;
    if (at < 0 || text.mid(at) == "{}")
        return elements;
    while (at < text.size() && text[at] != '}') {
        ++at;
        elements += arrayElement(text, at);
    }
    return elements;
}

} // namespace shardhelm::pg
