// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <vector>

namespace shardhelm::cluster {

/// What the value of a key is.
enum class KeyKind {
    Text,
    Word, ///< one of `choices`
    Color, ///< "#rrggbb"
    Conninfo, ///< libpq connection string without a secret
    ScratchPlace, ///< "embedded" or a conninfo
    Hours, ///< "22:00-05:00"
    Duration, ///< number in milliseconds
    Size, ///< number in bytes
    Integer,
};

/// One key of the cluster file and the field that it fills. Text kinds have `text` and `setText`, the others `number`
/// and `setNumber`.
struct FileKey
{
    QString section; ///< "monitor", "directory.queries"
    QString name;
    KeyKind kind = KeyKind::Text;
    QStringList choices;
    qint64 minimum = 0; ///< of number(), both inclusive
    qint64 maximum = 0;
    qint64 step = 1; ///< number() is a multiple of it
    qint64 bareUnit = 1; ///< Duration: milliseconds that a number without a unit counts
    std::function<QString(const ClusterFile &)> text;
    std::function<void(ClusterFile &, const QString &)> setText;
    std::function<qint64(const ClusterFile &)> number;
    std::function<void(ClusterFile &, qint64)> setNumber;

    [[nodiscard]] QString path() const { return section + u'.' + name; }
};

/// Every key beside the rules of [alerts] (alertrules.h) and the free names of [locate], in the order they are written.
const std::vector<FileKey> &fileKeys();
/// Every section, in the order they are written.
QStringList fileSections();

} // namespace shardhelm::cluster
