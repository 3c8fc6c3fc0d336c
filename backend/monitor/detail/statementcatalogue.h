// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sql/parser.h"

#include <QHash>
#include <QRegularExpression>
#include <QString>

#include <vector>

namespace shardhelm::monitor::detail {

/// Tells which statements of different servers are the same: by the fingerprint of their text, in which the name of a
/// logical shard's schema stands for that of every other. A text is parsed once, however many servers run it. Used by
/// one thread at a time.
class StatementCatalogue
{
public:
    /// What no statement of the application is: transaction control and what this console runs itself.
    static constexpr int aside = -1;

    /// `schemaPattern` of the map, e.g. "ls_%04d"; empty in row layout.
    explicit StatementCatalogue(const QString &schemaPattern = {});

    /// Number of a statement, the same for all texts of it; `aside` when it does not count.
    int idOf(const QString &text);
    /// The text to show: literals redacted, schemas of logical shards as "ls_n".
    [[nodiscard]] const QString &text(int id) const { return m_texts[static_cast<size_t>(id)]; }
    /// Stable over runs of the program, for exports.
    [[nodiscard]] const QString &fingerprint(int id) const { return m_fingerprints[static_cast<size_t>(id)]; }

private:
    sql::Parser m_parser;
    QRegularExpression m_schema;
    QString m_anySchema;
    QHash<QString, int> m_byText;
    QHash<QString, int> m_byFingerprint;
    std::vector<QString> m_texts;
    std::vector<QString> m_fingerprints;
};

} // namespace shardhelm::monitor::detail
