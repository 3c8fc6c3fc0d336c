// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pg/passwords.h"

#include <functional>
#include <memory>
#include <optional>

namespace shardhelm::pg {

/// Passwords in the keychain of the user's desktop (Secret Service, KWallet), found again by user, host, port and
/// database. As a PasswordSource it answers from the keychain and passes on to `next` (the window's prompt) what is not
/// there, was refused by the server, or cannot be read because no keychain runs.
/// Every call blocks until its Wait ends and may be made from any thread, the GUI thread excepted; the keychain itself
/// may ask the user to unlock it. QtKeychain needs an event loop and keeps one queue for the process: this object runs
/// the jobs on a thread of its own, and a process has one such object. Needs a QCoreApplication.
class Keychain : public PasswordSource
{
public:
    /// `next` outlives this object; nullptr for none.
    explicit Keychain(PasswordSource *next = nullptr);
    ~Keychain() override;
    Keychain(const Keychain &) = delete;
    Keychain &operator=(const Keychain &) = delete;

    /// PasswordMissing, `found` the user, when neither the keychain nor `next` has one; DbError::message then holds
    /// what the keychain said.
    Result<QString> password(const PasswordRequest &request, const Wait &wait) override;

    /// The stored password, nullopt when there is none. ProgramMissing (subject "keychain", `found` its words) when no
    /// keychain service runs, ProgramFailed when it refuses, TimedOut and Cancelled.
    Result<std::optional<QString>> read(const PasswordRequest &request, const Wait &wait);
    /// Stores a password, over an earlier one. Errors as read().
    Result<void> store(const PasswordRequest &request, const QString &password, const Wait &wait);
    /// Removes a password; fine when there is none. Errors as read().
    Result<void> forget(const PasswordRequest &request, const Wait &wait);

    /// The name of the entry, as a keychain manager shows it: user@host:port/database.
    static QString entryName(const PasswordRequest &request);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace shardhelm::pg
