// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>

#include <random>

namespace shardhelm::testing {

/// Damages texts of a corpus at random, always in the same way for the same seed.
class Mutator
{
public:
    /// `corpus`: well-formed texts, at least one. `tokens`: what means something to the reader. Both not empty.
    Mutator(QByteArrayList corpus, QByteArrayList tokens, quint64 seed);

    /// The next text, of at most about 64 kB.
    QByteArray next();
    /// Later rounds build on this text too, in place of an older one: for damage that led somewhere.
    void keep(const QByteArray &text);
    /// A number from 0 to `below` - 1.
    qsizetype number(qsizetype below);

private:
    void damage(QByteArray &text);

    QByteArrayList m_corpus;
    qsizetype m_original; ///< so many texts at the front of the corpus are never replaced
    QByteArrayList m_tokens;
    std::mt19937_64 m_random;
};

/// Rounds to run: $SHARDHELM_FUZZ_ROUNDS, else a number for every day.
int fuzzRounds();
/// The seed of the run: $SHARDHELM_FUZZ_SEED, else always the same.
quint64 fuzzSeed();

/// Keeps the text of the round under way in a file, so that it is there after a crash, a hang or a failed check; the
/// file goes away with a run that ends well.
class CurrentInput
{
public:
    /// `name`: of the fuzz target. The file is in the folder of temporary files.
    explicit CurrentInput(const QByteArray &name);
    ~CurrentInput();
    CurrentInput(const CurrentInput &) = delete;
    CurrentInput &operator=(const CurrentInput &) = delete;

    void write(const QByteArray &text) const;
    [[nodiscard]] const char *path() const { return m_path.constData(); }

private:
    QByteArray m_path;
    int m_file = -1;
};

} // namespace shardhelm::testing
