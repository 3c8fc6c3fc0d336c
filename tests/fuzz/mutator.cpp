// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/mutator.h"

#include <QDir>
#include <QTest>

#include <fcntl.h>
#include <unistd.h>

#include <array>

namespace shardhelm::testing {

namespace {

constexpr qsizetype longestText = 64 * 1024;
constexpr qsizetype largestCorpus = 200;
constexpr int everydayRounds = 3000;

} // namespace

Mutator::Mutator(QByteArrayList corpus, QByteArrayList tokens, quint64 seed)
    : m_corpus(std::move(corpus))
    , m_original(m_corpus.size())
    , m_tokens(std::move(tokens))
    , m_random(seed)
{
}

qsizetype Mutator::number(qsizetype below)
{
    // Not std::uniform_int_distribution, which every standard library does in its own way.
    return below <= 0 ? 0 : qsizetype(m_random() % quint64(below));
}

void Mutator::damage(QByteArray &text)
{
    static constexpr std::array<char, 14> oddBytes = {'\0', '\n', '\r',   '\t',   '"',    '\'',   '\\',
                                                      ',',  ' ',  '\x7f', '\x80', '\xc3', '\xed', '\xff'};
    const qsizetype at = number(text.size() + 1);
    const qsizetype length = number(std::min<qsizetype>(text.size() - at + 1, number(8) == 0 ? 4096 : 24));
    const QByteArray &token = m_tokens[number(m_tokens.size())];
    const QByteArray &other = m_corpus[number(m_corpus.size())];
    switch (number(10)) {
    case 0: // one bit
        if (at < text.size())
            text[at] = char(text[at] ^ char(1 << number(8)));
        break;
    case 1:
        text.remove(at, length);
        break;
    case 2:
        text.truncate(at);
        break;
    case 3:
        text.insert(at, oddBytes[size_t(number(oddBytes.size()))]);
        break;
    case 4:
        text.insert(at, token);
        break;
    case 5:
        text.replace(at, length, token);
        break;
    case 6: // the same once more, or very often
        text.insert(at, text.mid(at, length).repeated(number(20) == 0 ? 1 + number(500) : 1));
        break;
    case 7: // a piece moves
    {
        const QByteArray piece = text.mid(at, length);
        text.remove(at, length);
        text.insert(number(text.size() + 1), piece);
        break;
    }
    case 8: // a piece of another text
        text.insert(at, other.mid(number(other.size()), number(200)));
        break;
    default: // one text turns into another
        text = text.left(at) + other.mid(number(other.size()));
    }
    text.truncate(longestText);
}

QByteArray Mutator::next()
{
    QByteArray text = m_corpus[number(m_corpus.size())];
    for (qsizetype left = 1 + number(number(8) == 0 ? 16 : 3); left > 0; --left)
        damage(text);
    return text;
}

void Mutator::keep(const QByteArray &text)
{
    if (m_corpus.size() < largestCorpus)
        m_corpus.append(text);
    else
        m_corpus[m_original + number(m_corpus.size() - m_original)] = text;
}

int fuzzRounds()
{
    bool number = false;
    const int rounds = qEnvironmentVariableIntValue("SHARDHELM_FUZZ_ROUNDS", &number);
    return number && rounds > 0 ? rounds : everydayRounds;
}

quint64 fuzzSeed()
{
    bool number = false;
    const quint64 seed = qgetenv("SHARDHELM_FUZZ_SEED").toULongLong(&number);
    return number ? seed : 1;
}

CurrentInput::CurrentInput(const QByteArray &name)
    : m_path(QFile::encodeName(QDir::tempPath()) + "/shardhelm-" + name + "-" + QByteArray::number(getpid()))
    , m_file(open(m_path.constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600))
{
}

CurrentInput::~CurrentInput()
{
    if (m_file < 0)
        return;
    close(m_file);
    if (!QTest::currentTestFailed())
        unlink(m_path.constData());
}

void CurrentInput::write(const QByteArray &text) const
{
    QVERIFY2(m_file >= 0, "The file for the current input cannot be made.");
    QCOMPARE(pwrite(m_file, text.constData(), size_t(text.size()), 0), ssize_t(text.size()));
    QCOMPARE(ftruncate(m_file, text.size()), 0);
}

} // namespace shardhelm::testing
