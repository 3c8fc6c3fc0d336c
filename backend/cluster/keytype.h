// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/wait.h"
#include "pg/connection.h"

#include <QString>
#include <QStringList>

namespace shardhelm::cluster {

/// What the built-in recipes know about types of a shard key.
enum class KeyFamily { Integer, Text, Uuid, Other };

/// The type of a shard key.
struct KeyType
{
    QString name; ///< as PostgreSQL spells it, without length; fit for a cast
    KeyFamily family = KeyFamily::Other;
    QString outputFunction; ///< the built-in type's output function, which gives a cstring; empty for Other

    bool operator==(const KeyType &) const = default;
    /// Hash of the key expression `key` as a number from 0 to 2^63-1; empty for Other. All integer types share one
    /// function, so that widening the column moves no key.
    [[nodiscard]] QString hashOf(const QString &key) const;
};

/// The built-in type that `name` spells (any of PostgreSQL's own spellings, with or without length); family Other and
/// the name as it is for any other type.
KeyType keyTypeNamed(const QString &name);

/// The same as the server knows the type: also for domains, enums and types of extensions. ValueBad (subject
/// "key type") when there is no such type.
Result<KeyType> resolveKeyType(pg::Connection &server, const QString &name, const Wait &wait);

/// Names of the types the recipes take for `families`, for Error::expected.
QStringList keyTypeNames(std::initializer_list<KeyFamily> families);

/// Text of an array of these elements as PostgreSQL reads it, for a parameter `$1::text[]`: {"a","b"}.
QString arrayText(const QStringList &elements);
/// A literal of an array of keys of type `type`, with its cast: '{"a","b"}'::text[].
QString keyArray(const QStringList &keys, const KeyType &type);
/// A literal of one key with its cast.
QString keyLiteral(const QString &key, const KeyType &type);

} // namespace shardhelm::cluster
