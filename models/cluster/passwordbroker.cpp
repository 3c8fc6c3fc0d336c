// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/passwordbroker.h"

#include <QMutexLocker>

namespace shardhelm {

namespace {

QString keyOf(const pg::PasswordRequest &request)
{
    return QStringList{request.user, request.host, request.port, request.database}.join(QChar(0x1f));
}

} // namespace

PasswordBroker::PasswordBroker(QObject *parent)
    : QObject(parent)
{
    qRegisterMetaType<pg::PasswordRequest>();
}

PasswordBroker::~PasswordBroker()
{
    reset();
}

Result<QString> PasswordBroker::password(const pg::PasswordRequest &request, const Wait &wait)
{
    const QString key = keyOf(request);
    QMutexLocker lock(&m_mutex);
    if (request.previousRejected) {
        m_known.remove(key);
        m_knownForUser.remove(request.user);
    } else if (m_known.contains(key)) {
        return m_known.value(key);
    } else if (m_knownForUser.contains(request.user)) {
        return m_knownForUser.value(request.user);
    }
    const qint64 id = ++m_lastId;
    m_pending.insert(id, {key, request.user, false, std::nullopt});
    lock.unlock();
    Q_EMIT asked(id, request);
    lock.relock();
    while (!m_pending.value(id).answered && !wait.expired() && !wait.stopRequested()) {
        // A stop request cannot wake a wait condition, so it is looked for a few times a second.
        m_answered.wait(&m_mutex, static_cast<unsigned long>(std::min<qint64>(wait.remaining().count(), 100)));
    }
    const Pending pending = m_pending.take(id);
    lock.unlock();
    if (!pending.answered)
        Q_EMIT withdrawn(id);
    if (pending.password)
        return *pending.password;
    return fail(pending.answered || wait.stopRequested() ? ErrorCode::Cancelled : ErrorCode::PasswordMissing,
                request.instance);
}

void PasswordBroker::answer(qint64 id, const std::optional<QString> &password, bool forUser)
{
    QMutexLocker lock(&m_mutex);
    const auto asking = m_pending.find(id);
    if (asking == m_pending.end())
        return;
    const QString key = asking->key;
    const QString user = asking->user;
    if (password) {
        m_known.insert(key, *password);
        if (forUser)
            m_knownForUser.insert(user, *password);
    }
    for (Pending &pending : m_pending) {
        if (!pending.answered && (pending.key == key || (forUser && pending.user == user))) {
            pending.answered = true;
            pending.password = password;
        }
    }
    m_answered.wakeAll();
}

void PasswordBroker::reset()
{
    QMutexLocker lock(&m_mutex);
    m_known.clear();
    m_knownForUser.clear();
    for (Pending &pending : m_pending)
        pending.answered = true;
    m_answered.wakeAll();
}

} // namespace shardhelm
