// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/fleet.h"
#include "pg/keychain.h"

#include <QObject>

#include <thread>
#include <vector>

namespace shardhelm {

/// Stores passwords in the keychain once their server has accepted them: a typing error must not be remembered. Watches
/// the fleet for the first answer of the server after the password was given. GUI thread; the keychain is asked on a
/// thread of its own.
class PasswordKeeper : public QObject
{
    Q_OBJECT
public:
    /// Both outlive the object.
    PasswordKeeper(const Fleet &fleet, pg::Keychain &keychain, QObject *parent = nullptr);
    ~PasswordKeeper() override;

    /// Keeps `password` in memory until the server has answered, then stores it.
    void keep(const pg::PasswordRequest &request, const QString &password);
    /// The server refused what was given for this request, or the question is void.
    void drop(const pg::PasswordRequest &request);
    /// Another cluster: nothing is waited for any more.
    void clear();
    [[nodiscard]] bool isWaiting() const { return !m_waiting.empty(); }

Q_SIGNALS:
    /// `entry` as a keychain manager shows it.
    void stored(const QString &entry);
    void failed(const shardhelm::Error &error);

private:
    struct Kept
    {
        pg::PasswordRequest request;
        QString password;
        QDateTime since;
    };

    void look();
    void store(const Kept &kept);

    const Fleet &m_fleet;
    pg::Keychain &m_keychain;
    std::vector<Kept> m_waiting;
    std::vector<std::jthread> m_threads; // joined when the object goes
};

} // namespace shardhelm
