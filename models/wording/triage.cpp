// SPDX-License-Identifier: GPL-3.0-or-later
#include "wording/triage.h"

#include "wording/errors.h"

#include <QCoreApplication>

namespace shardhelm::wording {

namespace {

using monitor::SignalOutcome;

struct Triage
{
    Q_DECLARE_TR_FUNCTIONS(Triage)
};

} // namespace

QString doing(const monitor::Session &session, const std::optional<monitor::LockWait> &wait)
{
    if (session.hidden)
        return Triage::tr("not permitted");
    if (session.isWaiting() && wait && !wait->relation.isEmpty())
        return Triage::tr("waits for %1 on %2").arg(wait->mode, wait->relation);
    if (session.isWaiting())
        return Triage::tr("waits for a lock (%1)").arg(session.waitEvent);
    if (session.state.isEmpty())
        return session.backendType;
    // The server's own words: people look for them in its documentation.
    return session.state;
}

QString sessionName(const monitor::Session &session, const std::optional<monitor::LockNode> &node)
{
    if (session.key.pid == 0 && node && !node->prepared.isEmpty())
        return Triage::tr("prepared transaction %1").arg(node->prepared);
    if (session.key.pid == 0)
        return Triage::tr("a prepared transaction");
    const QString pid = QString::number(session.key.pid);
    if (node && session.key.backendStart.isEmpty() && !session.hidden)
        return Triage::tr("pid %1, gone since").arg(pid);
    return Triage::tr("pid %1").arg(pid);
}

QString whoIs(const monitor::Session &session)
{
    const QString who = session.application.isEmpty() ? session.backendType : session.application;
    if (who.isEmpty())
        return session.role;
    const QString from = session.client.isEmpty() ? who : Triage::tr("%1 from %2").arg(who, session.client);
    return session.role.isEmpty() ? from : Triage::tr("%1 as %2").arg(from, session.role);
}

QString holding(const monitor::LockNode &node)
{
    if (!node.holds)
        return {};
    if (node.heldRelation.isEmpty())
        return Triage::tr("holds %1").arg(node.holds->mode);
    return Triage::tr("holds %1 on %2").arg(node.holds->mode, node.heldRelation);
}

QString outcome(const monitor::SignalResult &result)
{
    switch (result.outcome) {
    case SignalOutcome::Pending:
        return Triage::tr("Asked; waiting for the server.");
    case SignalOutcome::StatementEnded:
        return Triage::tr("The statement has ended; the session is still there.");
    case SignalOutcome::NothingRan:
        return Triage::tr("No statement ran; nothing was cancelled.");
    case SignalOutcome::Gone:
        return Triage::tr("The session is gone; its transaction was rolled back.");
    case SignalOutcome::StillThere:
        return Triage::tr("The server took the request, but the session has not reacted yet.");
    case SignalOutcome::AlreadyGone:
        return Triage::tr("There was no such session any more; nothing happened.");
    case SignalOutcome::NotPermitted:
        return Triage::tr("Our role may not do this; nothing happened.");
    case SignalOutcome::Failed:
        return Triage::tr("The server gave no answer; whether it happened is not known.");
    }
    return {};
}

QString reason(const monitor::SignalResult &result)
{
    return result.error ? sentence(*result.error) : QString();
}

} // namespace shardhelm::wording
