// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfilekeys.h"

#include <toml++/toml.h>

#include <QString>
#include <QStringList>

#include <optional>

/// Values of a TOML document, for the readers of the cluster file.
namespace shardhelm::cluster {

QString fromToml(std::string_view text);

/// A value as an error shows it, secrets replaced.
QString shown(const toml::node &node);

/// The words that `word` may be a misspelling of; all of them when it looks like none.
QStringList nearMisses(const QString &word, const QStringList &words);

/// The number that a duration (milliseconds), size (bytes) or count stands for; nullopt when it is none. A number
/// without a unit counts `bareUnit`.
std::optional<qint64> numberIn(KeyKind kind, qint64 bareUnit, const toml::node &node);

} // namespace shardhelm::cluster
