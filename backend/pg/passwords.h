// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/wait.h"

#include <QString>

namespace shardhelm::pg {

/// Whose password is wanted.
struct PasswordRequest
{
    QString instance; ///< name of the instance, or "directory"
    QString user;
    QString host;
    QString port;
    QString database;
    bool previousRejected = false; ///< the last password given for the same request was refused
    bool keychainRuns = false; ///< set on the way by pg::Keychain: an accepted password can be stored
};

/// Supplies passwords that libpq does not find in its own places. Called on worker threads, possibly several at once.
class PasswordSource
{
public:
    virtual ~PasswordSource() = default;
    /// The password, or an error (PasswordMissing, Cancelled). May wait for a person within `wait`.
    virtual Result<QString> password(const PasswordRequest &request, const Wait &wait) = 0;
};

} // namespace shardhelm::pg
