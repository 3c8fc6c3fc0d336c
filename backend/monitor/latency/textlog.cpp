// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/latency/textlog.h"

namespace shardhelm::monitor::latency {

namespace {

constexpr qsizetype longestLine = 800;

/// What an escape of log_line_prefix prints; a group name only at its first use.
QString escapePattern(QChar escape, QString &used)
{
    const auto group = [&](QChar key, QLatin1StringView name, QLatin1StringView inner) {
        if (used.contains(key))
            return QString(inner);
        used.append(key);
        return QString(QLatin1StringView("(?<") + name + QLatin1StringView(">") + inner + QLatin1StringView(")"));
    };
    switch (escape.unicode()) {
    case 'p':
        return group(u'p', QLatin1StringView("pid"), QLatin1StringView("\\d+"));
    case 'i':
        return group(u'i', QLatin1StringView("tag"), QLatin1StringView("[A-Z ]*?"));
    case 'a':
        return group(u'a', QLatin1StringView("application"), QLatin1StringView(".*?"));
    case 'b':
        return group(u'b', QLatin1StringView("backend"), QLatin1StringView("[a-z ]*?"));
    case 'd':
        return group(u'd', QLatin1StringView("database"), QLatin1StringView(".*?"));
    case 'm':
    case 't':
        return group(u't', QLatin1StringView("at"),
                     QLatin1StringView("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{3})? \\S+"));
    case 'n':
        return QStringLiteral("\\d+\\.\\d{3}");
    case 'l':
    case 'x':
    case 'P':
        return QStringLiteral("\\d*");
    case 'e':
        return group(u'e', QLatin1StringView("state"), QLatin1StringView("[0-9A-Z]{5}"));
    case 'Q':
        return QStringLiteral("-?\\d*");
    default:
        return QStringLiteral(".*?");
    }
}

} // namespace

QString TextLog::pattern(const QString &linePrefix)
{
    QString result;
    QString used;
    for (qsizetype i = 0; i < linePrefix.size(); ++i) {
        if (linePrefix[i] != u'%') {
            // Up to the next escape at once: a character may be two of QString's.
            const qsizetype escape = linePrefix.indexOf(u'%', i);
            const qsizetype end = escape < 0 ? linePrefix.size() : escape;
            result += QRegularExpression::escape(linePrefix.mid(i, end - i));
            i = end - 1;
            continue;
        }
        ++i;
        bool padded = false; // "%-10p": padded with spaces on either side
        while (i < linePrefix.size() && (linePrefix[i] == u'-' || linePrefix[i].isDigit())) {
            padded = true;
            ++i;
        }
        if (i >= linePrefix.size())
            break;
        if (linePrefix[i] == u'%') {
            result += u'%';
        } else if (linePrefix[i] != u'q') {
            const QString inner = escapePattern(linePrefix[i], used);
            result += padded ? QString(u" *" % inner % u" *") : inner;
            if (linePrefix[i].isHighSurrogate())
                ++i;
        }
    }
    return result;
}

TextLog::TextLog(const QString &linePrefix)
    : m_begin(u"^" % pattern(linePrefix) % u"(?<severity>[^\\s:]{2,20}):  ?",
              QRegularExpression::UseUnicodePropertiesOption | QRegularExpression::DotMatchesEverythingOption)
{
}

void TextLog::resume(bool atStart)
{
    m_line.clear();
    m_skipLine = !atStart;
}

void TextLog::finishLine(const Sink &sink) const
{
    if (m_line.isEmpty() || m_line.startsWith('\t'))
        return;
    const QString line = QString::fromUtf8(m_line);
    const QRegularExpressionMatch match = m_begin.match(line);
    if (!match.hasMatch())
        return;
    sink({match.captured(QStringLiteral("pid")).toLongLong(), match.captured(QStringLiteral("tag")),
          match.captured(QStringLiteral("application")), match.captured(QStringLiteral("backend")),
          line.mid(match.capturedEnd()), match.captured(QStringLiteral("at")),
          match.captured(QStringLiteral("database")), match.captured(QStringLiteral("severity")),
          match.captured(QStringLiteral("state"))});
}

void TextLog::feed(const QByteArray &bytes, const Sink &sink)
{
    qsizetype from = 0;
    while (from < bytes.size()) {
        const qsizetype newline = bytes.indexOf('\n', from);
        const qsizetype end = newline < 0 ? bytes.size() : newline;
        if (!m_skipLine)
            m_line.append(bytes.constData() + from, std::min(end - from, longestLine - m_line.size()));
        if (newline < 0)
            return;
        finishLine(sink);
        m_line.clear();
        m_skipLine = false;
        from = newline + 1;
    }
}

} // namespace shardhelm::monitor::latency
