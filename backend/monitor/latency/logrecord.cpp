// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/latency/logrecord.h"

#include <QStringList>

#include <array>

namespace shardhelm::monitor::latency {

namespace {

constexpr qsizetype longestLead = 40; // "duration" in the languages PostgreSQL speaks, with room

/// Where the number of "<lead>: <digits>.<3 digits> <unit>" begins and ends.
struct Number
{
    qsizetype begin = 0;
    qsizetype end = 0;
};

std::optional<Number> numberAfterColon(QStringView text)
{
    qsizetype colon = -1;
    for (qsizetype i = 0; i < text.size() && i < longestLead; ++i) {
        if (text[i].isDigit())
            return std::nullopt;
        if (text[i] == u':' || text[i] == u'\uff1a') {
            colon = i;
            break;
        }
    }
    if (colon < 1)
        return std::nullopt;
    qsizetype at = colon + 1;
    while (at < text.size() && text[at].isSpace())
        ++at;
    Number number{at, at};
    qsizetype point = -1;
    while (number.end < text.size() && (text[number.end].isDigit() || (point < 0 && text[number.end] == u'.'))) {
        if (text[number.end] == u'.')
            point = number.end;
        ++number.end;
    }
    if (point <= number.begin || number.end - point != 4 || number.end >= text.size() || !text[number.end].isSpace())
        return std::nullopt;
    return number;
}

bool isControlWord(QStringView words)
{
    static constexpr std::array<QStringView, 12> control{u"begin",
                                                         u"start transaction",
                                                         u"commit",
                                                         u"end",
                                                         u"rollback",
                                                         u"abort",
                                                         u"savepoint",
                                                         u"release",
                                                         u"prepare transaction",
                                                         u"set transaction",
                                                         u"commit prepared",
                                                         u"rollback prepared"};
    for (const QStringView word : control) {
        if (words.startsWith(word, Qt::CaseInsensitive)
            && (words.size() == word.size() || !words[word.size()].isLetterOrNumber()))
            return true;
    }
    return false;
}

/// Whether a statement's text is transaction control and nothing else.
bool isControlText(QStringView text)
{
    const QStringView trimmed = text.trimmed();
    const qsizetype semicolon = trimmed.indexOf(u';');
    return isControlWord(trimmed) && (semicolon < 0 || semicolon == trimmed.size() - 1);
}

} // namespace

bool isError(const LogRecord &record)
{
    // In a text log what belongs to a message comes as lines of its own, with the same prefix.
    static const QStringList parts{QStringLiteral("DETAIL"),  QStringLiteral("HINT"),     QStringLiteral("CONTEXT"),
                                   QStringLiteral("QUERY"),   QStringLiteral("LOCATION"), QStringLiteral("STATEMENT"),
                                   QStringLiteral("WARNING"), QStringLiteral("LOG")};
    if (parts.contains(record.severity))
        return false;
    if (record.sqlState.size() == 5) {
        const QStringView kind = QStringView(record.sqlState).left(2);
        return kind != u"00" && kind != u"01" && kind != u"02";
    }
    return record.severity == u"ERROR" || record.severity == u"FATAL" || record.severity == u"PANIC";
}

std::optional<LoggedDuration> loggedDuration(const LogRecord &record)
{
    using Kind = LoggedDuration::Kind;
    if (record.application.startsWith(u"shardhelm/"))
        return std::nullopt;
    if (!record.backendType.isEmpty() && record.backendType != u"client backend")
        return std::nullopt;
    const QStringView message(record.message);
    const auto number = numberAfterColon(message);
    if (!number)
        return std::nullopt;

    LoggedDuration found;
    found.pid = record.pid;
    bool ok = false;
    found.ms = message.mid(number->begin, number->end - number->begin).toDouble(&ok);
    if (!ok)
        return std::nullopt;

    // After the unit comes nothing, or the kind of step and the statement.
    QStringView rest = message.mid(number->end).trimmed();
    qsizetype unit = 0;
    while (unit < rest.size() && !rest[unit].isSpace() && rest[unit] != u',')
        ++unit;
    rest = rest.mid(unit).trimmed();
    if (rest.startsWith(u"plan:"))
        found.kind = Kind::Plan;
    else if (record.tag == u"PARSE" || rest.startsWith(u"parse "))
        found.kind = Kind::Parse;
    else if (record.tag == u"BIND" || rest.startsWith(u"bind "))
        found.kind = Kind::Bind;
    else if (rest.startsWith(u"execute "))
        found.kind = Kind::Execute;
    if (found.kind == Kind::Plan)
        return found;

    const qsizetype text = rest.indexOf(u": ");
    if (isControlWord(record.tag) || (text >= 0 && isControlText(rest.mid(text + 2))))
        return std::nullopt;
    return found;
}

} // namespace shardhelm::monitor::latency
