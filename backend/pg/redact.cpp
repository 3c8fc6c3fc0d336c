// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/conninfo.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>
#include <vector>

namespace shardhelm::pg {

// Every secret keyword is looked for on its own in the original text, whatever an earlier one already covered, and the
// spans are joined: a quote read wrongly for one secret can then never uncover the next one.

namespace {

/// redacted() has checked the text; to check it again at every match makes long texts quadratic.
constexpr auto unchecked = QRegularExpression::DontCheckSubjectStringMatchOption;
constexpr QRegularExpression::MatchOptions anchored = QRegularExpression::AnchorAtOffsetMatchOption | unchecked;

struct Span
{
    qsizetype begin;
    qsizetype end;
};

bool isSecretKeyword(const QString &name)
{
    static const QRegularExpression secret(QStringLiteral("(password|passwd|client_secret|scram_(client|server)_key)$"),
                                           QRegularExpression::CaseInsensitiveOption);
    return secret.match(name).hasMatch();
}

/// End of a value whose opening run of `quotes` single quotes, each behind `slashes` backslashes, ends at `at`.
/// A value inside a literal inside a literal opens with 2, 4, … quotes and ends with as many; twice as many are one
/// escaped quote, fewer end the literal around it. `backslashEscapes`: libpq's values and E'' literals, not plain ones.
qsizetype quotedEnd(const QString &text, qsizetype at, qsizetype quotes, qsizetype slashes, bool backslashEscapes)
{
    // An odd part of the run is content already: ''' opens with one quote and goes on with an escaped one.
    const qsizetype delimiter = quotes & -quotes;
    qsizetype backslashes = 0;
    while (at < text.size()) {
        if (text[at] == QLatin1Char('\\')) {
            ++backslashes;
            ++at;
            continue;
        }
        if (text[at] != QLatin1Char('\'')) {
            backslashes = 0;
            ++at;
            continue;
        }
        if (slashes > 0) {
            if (backslashes <= slashes)
                return at - backslashes;
            ++at;
        } else if (backslashEscapes && backslashes % 2 == 1) {
            for (qsizetype skipped = 0; skipped < delimiter && at < text.size() && text[at] == QLatin1Char('\'');
                 ++skipped)
                ++at;
        } else {
            const qsizetype run = at;
            while (at < text.size() && text[at] == QLatin1Char('\''))
                ++at;
            if ((at - run) % (2 * delimiter) != 0)
                return run;
        }
        backslashes = 0;
    }
    return text.size();
}

/// The later end of the two readings: what a backslash means depends on settings and on the layer of quoting.
qsizetype quotedEnd(const QString &text, qsizetype at, qsizetype quotes, qsizetype slashes)
{
    return std::max(quotedEnd(text, at, quotes, slashes, true), quotedEnd(text, at, quotes, slashes, false));
}

/// End of an unquoted value: blank, or in a URI the next parameter; a backslash escapes a blank. Punctuation that
/// closes what stands around it is given back.
qsizetype bareEnd(const QString &text, qsizetype begin, bool inUri)
{
    qsizetype at = begin;
    for (; at < text.size(); ++at) {
        if (text[at] == QLatin1Char('\\') && !inUri)
            ++at;
        else if (text[at].isSpace() || (inUri && (text[at] == QLatin1Char('&') || text[at] == QLatin1Char('#'))))
            break;
    }
    at = std::min(at, text.size());
    while (at > begin && QStringLiteral("'\");,").contains(text[at - 1]))
        --at;
    return at;
}

/// The value that starts at `at`, behind the separator of its keyword. Nothing when `mustBeQuoted` and it is not.
std::optional<Span> valueAt(const QString &text, qsizetype at, bool mustBeQuoted, bool inUri)
{
    static const QRegularExpression dollar(QStringLiteral("\\$[A-Za-z_\\x80-\\x{FFFF}]*\\$"));
    static const QRegularExpression opening(QStringLiteral("(?:[EeNnBbXx]|[Uu]&)?(?<slashes>\\\\*)(?<quotes>'+|\")"));
    if (const auto tag = dollar.match(text, at, QRegularExpression::NormalMatch, anchored); tag.hasMatch()) {
        const qsizetype end = text.indexOf(tag.captured(), tag.capturedEnd());
        return Span{tag.capturedEnd(), end < 0 ? text.size() : end};
    }
    const auto open = opening.match(text, at, QRegularExpression::NormalMatch, anchored);
    if (!open.hasMatch())
        return mustBeQuoted ? std::nullopt : std::optional(Span{at, bareEnd(text, at, inUri)});
    const qsizetype begin = open.capturedEnd();
    if (open.captured(QStringLiteral("quotes")) == QStringLiteral("\"")) {
        qsizetype end = begin;
        while (end < text.size() && text[end] != QLatin1Char('"'))
            end += text[end] == QLatin1Char('\\') ? 2 : 1;
        return Span{begin, std::max(std::min(end, text.size()), bareEnd(text, begin, inUri))};
    }
    const qsizetype quotes = open.capturedLength(QStringLiteral("quotes"));
    const qsizetype slashes = open.capturedLength(QStringLiteral("slashes"));
    return Span{begin, quotedEnd(text, begin, quotes, slashes)};
}

/// Behind blanks and SQL comments.
qsizetype skipBlank(const QString &text, qsizetype at)
{
    const QStringView view(text);
    while (at < text.size()) {
        const bool line = view.sliced(at).startsWith(u"--");
        if (text[at].isSpace()) {
            ++at;
        } else if (line || view.sliced(at).startsWith(u"/*")) {
            const qsizetype end =
                line ? text.indexOf(QLatin1Char('\n'), at) : text.indexOf(QStringLiteral("*/"), at + 2);
            at = end < 0 ? text.size() : end + (line ? 1 : 2);
        } else {
            break;
        }
    }
    return at;
}

/// keyword=value, keyword 'value', keyword => 'value', "keyword": "value", blanks and comments between them allowed.
void findKeywords(const QString &text, std::vector<Span> &spans)
{
    static const QRegularExpression keyword(
        QStringLiteral("(?:password|passwd|client_secret|scram_(?:client|server)_key)(?<close>[\\\\\"']*)"),
        QRegularExpression::CaseInsensitiveOption);
    auto matches = keyword.globalMatch(text, 0, QRegularExpression::NormalMatch, unchecked);
    while (matches.hasNext()) {
        const auto match = matches.next();
        const qsizetype keywordEnd = match.capturedStart(QStringLiteral("close"));
        const qsizetype signAt = skipBlank(text, match.capturedEnd());
        qsizetype at = signAt;
        for (const QStringView sign : {u"=>", u":=", u"=", u":", u","}) {
            if (QStringView(text).sliced(signAt).startsWith(sign)) {
                at = skipBlank(text, signAt + sign.size());
                break;
            }
        }
        const bool signedValue = at > signAt;
        const bool assigned = signedValue && QStringView(text).sliced(signAt, at - signAt).contains(u'=');
        // PASSWORD'x': what looked like the closing quote of a quoted keyword opens the value.
        if (!signedValue && signAt == match.capturedEnd())
            at = keywordEnd;
        // "password" in an error message is followed by prose or by a quoted name, not by a value.
        if (!signedValue && at < text.size() && text[at] == QLatin1Char('"'))
            continue;
        const QChar before = match.capturedStart() > 0 ? text[match.capturedStart() - 1] : QChar();
        const bool inUri = assigned && (before == QLatin1Char('?') || before == QLatin1Char('&'));
        const auto span = valueAt(text, at, !assigned, inUri);
        if (!span)
            continue;
        spans.push_back(*span);
        if (span->end == text.size())
            return;
    }
}

/// postgresql://user:secret@host/db?password=secret, keywords percent-encoded or not.
void findUris(const QString &text, std::vector<Span> &spans)
{
    static const QRegularExpression scheme(QStringLiteral("postgres(?:ql)?://"),
                                           QRegularExpression::CaseInsensitiveOption);
    // What libpq takes for the password ends at the first @; people forget to encode @ and / in one, so that everything
    // up to the last @ before the parameters is hidden as well.
    static const QRegularExpression strict(QStringLiteral("[^@/:]*:(?<secret>[^@/]*)@"));
    static const QRegularExpression loose(QStringLiteral("[^@/:\\s]*:(?<secret>[^\\s?'\"]*)@"));
    static const QRegularExpression parameter(QStringLiteral("[?&](?<name>[^=&?\\s]*)=(?<value>[^&\\s]*)"));
    auto schemes = scheme.globalMatch(text, 0, QRegularExpression::NormalMatch, unchecked);
    while (schemes.hasNext()) {
        const qsizetype start = schemes.next().capturedEnd();
        for (const QRegularExpression *form : {&strict, &loose}) {
            const auto match = form->match(text, start, QRegularExpression::NormalMatch, anchored);
            if (match.hasMatch())
                spans.push_back(
                    {match.capturedStart(QStringLiteral("secret")), match.capturedEnd(QStringLiteral("secret"))});
        }
    }
    auto parameters = parameter.globalMatch(text, 0, QRegularExpression::NormalMatch, unchecked);
    while (parameters.hasNext()) {
        const auto match = parameters.next();
        const QString name = QUrl::fromPercentEncoding(match.captured(QStringLiteral("name")).toUtf8());
        if (isSecretKeyword(name)) {
            const qsizetype begin = match.capturedStart(QStringLiteral("value"));
            spans.push_back({begin, bareEnd(text, begin, true)});
        }
    }
}

/// The text behind the escape sequences of an E'' literal (`unicode` false) or a U&'' literal.
QString unescaped(const QString &body, bool unicode)
{
    static const QRegularExpression plainEscape(
        QStringLiteral("\\\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([0-7]{1,3}))"));
    static const QRegularExpression unicodeEscape(QStringLiteral("\\\\(?:\\+([0-9A-Fa-f]{6})|([0-9A-Fa-f]{4}))"));
    QString text;
    qsizetype done = 0;
    auto escapes = (unicode ? unicodeEscape : plainEscape).globalMatch(body);
    while (escapes.hasNext()) {
        const auto escape = escapes.next();
        const int group = escape.lastCapturedIndex();
        const char32_t code = escape.captured(group).toUInt(nullptr, group == 4 ? 8 : 16);
        text += QStringView(body).sliced(done, escape.capturedStart() - done);
        text += QString::fromUcs4(&code, 1);
        done = escape.capturedEnd();
    }
    text += QStringView(body).sliced(done);
    // Half a surrogate pair can be spelt too.
    return text.isValidUtf16() ? text : QString::fromUtf8(text.toUtf8());
}

/// Escape sequences can spell a keyword so that it does not show: E'host=h \x70assword=secret'. Literals whose
/// unescaped text holds a secret are hidden whole.
void findEscapedLiterals(const QString &text, std::vector<Span> &spans)
{
    static const QRegularExpression opening(QStringLiteral("(?:[Ee]|[Uu](?<unicode>&))'"));
    auto openings = opening.globalMatch(text, 0, QRegularExpression::NormalMatch, unchecked);
    while (openings.hasNext()) {
        const auto match = openings.next();
        const qsizetype begin = match.capturedEnd();
        const qsizetype end = quotedEnd(text, begin, 1, 0);
        const QString body = text.sliced(begin, end - begin);
        const QString plain = unescaped(body, match.capturedLength(QStringLiteral("unicode")) > 0);
        if (plain == body)
            continue;
        std::vector<Span> inside;
        findUris(plain, inside);
        findKeywords(plain, inside);
        if (!inside.empty())
            spans.push_back({begin, end});
        if (end == text.size())
            return;
    }
}

} // namespace

QString redacted(const QString &given)
{
    // A regular expression does not look at a text with half a surrogate pair, as a cut can leave one.
    const QString text = given.isValidUtf16() ? given : QString::fromUtf8(given.toUtf8());
    std::vector<Span> spans;
    findUris(text, spans);
    findKeywords(text, spans);
    findEscapedLiterals(text, spans);
    std::erase_if(spans, [](const Span &span) { return span.begin >= span.end; });
    std::sort(spans.begin(), spans.end(), [](const Span &a, const Span &b) { return a.begin < b.begin; });
    QString shown;
    qsizetype done = 0;
    for (auto span = spans.begin(); span != spans.end();) {
        qsizetype end = span->end;
        shown += QStringView(text).sliced(done, span->begin - done) + QStringLiteral("***");
        for (; span != spans.end() && span->begin <= end; ++span)
            end = std::max(end, span->end);
        done = end;
    }
    return shown + QStringView(text).sliced(done);
}

} // namespace shardhelm::pg
