// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/tomldepth.h"

namespace shardhelm::cluster {

namespace {

/// Walks over TOML text as far as it is well formed; behind the first mistake the parser stops anyway.
class Walker
{
public:
    explicit Walker(const QByteArray &text)
        : m_text(text)
    {
    }

    int lineDeeperThan(int limit)
    {
        int brackets = 0;
        int dots = 0;
        for (; m_at < m_text.size(); ++m_at) {
            switch (m_text[m_at]) {
            case '\n':
                ++m_line;
                dots = 0;
                break;
            case '#':
                skipComment();
                break;
            case '"':
            case '\'':
                skipString(m_text[m_at]);
                break;
            case '[':
            case '{':
                ++brackets;
                dots = 0;
                break;
            case ']':
            case '}':
                --brackets;
                dots = 0;
                break;
            case ',':
            case '=':
                dots = 0;
                break;
            case '.':
                ++dots;
                break;
            default:
                break;
            }
            if (brackets > limit || dots > limit)
                return m_line;
        }
        return 0;
    }

private:
    void skipComment()
    {
        while (m_at + 1 < m_text.size() && m_text[m_at + 1] != '\n')
            ++m_at;
    }

    [[nodiscard]] bool tripleAt(qsizetype at, char quote) const
    {
        return at + 2 < m_text.size() && m_text[at] == quote && m_text[at + 1] == quote && m_text[at + 2] == quote;
    }

    /// From the opening quote to the closing one.
    void skipString(char quote)
    {
        const bool escapes = quote == '"';
        const bool triple = tripleAt(m_at, quote);
        for (m_at += triple ? 3 : 1; m_at < m_text.size(); ++m_at) {
            const char c = m_text[m_at];
            if (c == '\n') {
                // The line is counted by whoever reads on from here.
                if (!triple) {
                    --m_at;
                    return;
                }
                ++m_line;
            } else if (c == '\\' && escapes) {
                ++m_at;
                if (m_at < m_text.size() && m_text[m_at] == '\n')
                    ++m_line;
            } else if (c == quote && !triple) {
                return;
            } else if (tripleAt(m_at, quote)) {
                m_at += 2;
                // Up to two quotes may stand before the closing three.
                for (int more = 0; more < 2 && m_at + 1 < m_text.size() && m_text[m_at + 1] == quote; ++more)
                    ++m_at;
                return;
            }
        }
    }

    const QByteArray &m_text;
    qsizetype m_at = 0;
    int m_line = 1;
};

} // namespace

int lineNestedDeeper(const QByteArray &text, int limit)
{
    return Walker(text).lineDeeperThan(limit);
}

} // namespace shardhelm::cluster
