// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>
#include <optional>

/// Durations and sizes as people write them in the cluster file and on the command line.
namespace shardhelm::cluster {

/// "250ms", "2s", "1.5min", "24h", "7d" to whole milliseconds; nullopt for anything else, a negative or one beyond the
/// range.
std::optional<std::chrono::milliseconds> durationFromText(const QString &text);
/// The shortest text that durationFromText() reads back as the same: "2s", "1500ms".
QString durationText(std::chrono::milliseconds duration);

/// "512", "512B", "64kB", "1.5MB", "100GB", "2TB" (powers of 1024, as PostgreSQL has them) to bytes.
std::optional<qint64> sizeFromText(const QString &text);
/// The shortest text that sizeFromText() reads back as the same: "64kB".
QString sizeText(qint64 bytes);

} // namespace shardhelm::cluster
