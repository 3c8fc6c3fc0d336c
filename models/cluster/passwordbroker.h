// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pg/passwords.h"

#include <QHash>
#include <QMutex>
#include <QObject>
#include <QWaitCondition>

#include <optional>

namespace shardhelm {

/// Asks a person for passwords on behalf of worker threads. password() blocks its worker until the window has answered,
/// its deadline passed or it was stopped; the window hears asked() on the GUI thread. Answers are remembered in memory
/// until they are refused; servers with the same user, host, port and database share one.
class PasswordBroker : public QObject, public pg::PasswordSource
{
    Q_OBJECT
public:
    explicit PasswordBroker(QObject *parent = nullptr);
    ~PasswordBroker() override;

    Result<QString> password(const pg::PasswordRequest &request, const Wait &wait) override;

    /// The window's answer to asked(); nullopt: the person declined. With `forUser`, every request of the same user
    /// gets it too. GUI thread.
    void answer(qint64 id, const std::optional<QString> &password, bool forUser);
    /// Forgets all answers and declines everything open. GUI thread.
    void reset();

Q_SIGNALS:
    /// Emitted on a worker; connect queued.
    void asked(qint64 id, const shardhelm::pg::PasswordRequest &request);
    /// The worker no longer waits for it.
    void withdrawn(qint64 id);

private:
    struct Pending
    {
        QString key;
        QString user;
        bool answered = false;
        std::optional<QString> password;
    };

    QMutex m_mutex; // guards all below
    QWaitCondition m_answered;
    QHash<qint64, Pending> m_pending;
    QHash<QString, QString> m_known; // by request key
    QHash<QString, QString> m_knownForUser;
    qint64 m_lastId = 0;
};

} // namespace shardhelm

Q_DECLARE_METATYPE(shardhelm::pg::PasswordRequest)
