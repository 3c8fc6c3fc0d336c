// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/recording/content.h"
#include "monitor/recording/database.h"

#include <QByteArray>

#include <optional>

/// The SQLite file of a recording (resources/sql/recording/v1.sql): making one, telling one from other files.
namespace shardhelm::monitor::recording {

/// The version of the schema that this program writes and reads.
constexpr int schemaVersion = 1;

/// Full samples and points of 30 s, the levels of table block.
constexpr int fullLevel = 0;
constexpr int coarseLevel = 1;
constexpr qint64 coarseStepMs = 30000;

/// How the file is to be kept.
enum class Form {
    Ring, ///< of this computer, read by others while it is written
    Portable, ///< one file without others beside it
};

/// Opens the file for writing, made with its schema when it is not there. RecordingVersion, RecordingUnfit and the
/// errors of Database::open().
Result<Database> openForWriting(const QString &path, Form form, const About &about);

/// Opens a recording for reading. RecordingVersion (found and expected are versions), RecordingUnfit, RecordingDamaged
/// and the errors of Database::open().
Result<Database> openForReading(const QString &path);

/// Reads what the file says of itself.
Result<About> readAbout(const Database &database);

/// A fact's content as it is stored, and back; nothing when the bytes are no map.
QByteArray packedFact(const QCborMap &content);
std::optional<QCborMap> unpackedFact(const QByteArray &bytes);

} // namespace shardhelm::monitor::recording
