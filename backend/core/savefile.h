// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QFileDevice>
#include <QString>

#include <optional>

namespace shardhelm {

/// Writes a file for the user, whole or not at all: a regular file, or one that is not there yet, is replaced in one
/// step after everything has reached the disk, and stays as it was when that fails. Anything else (a device, a FIFO) is
/// written to in place. `permissions` are those of the new file; without them it gets those of the file it replaces, or
/// the usual ones. DiskFull, FileUnwritable. Any thread; waits for the disk.
Result<void> saveFile(const QString &path, const QByteArray &bytes,
                      std::optional<QFileDevice::Permissions> permissions = {});

} // namespace shardhelm
