// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/connection.h"
#include "pg/session.h"

#include <libpq-fe.h>

#include <limits>

namespace shardhelm::pg {

namespace {

/// Small chunks are gathered to this many bytes before they are sent.
constexpr qsizetype sendAtLeast = 64 * 1024;

bool isOver(Session::Ended ended)
{
    return ended == Session::Ended::TimedOut || ended == Session::Ended::Stopped;
}

/// Starts a COPY and checks that the server agrees on the direction.
Result<void> begin(Session &session, Session::Call &call, const QByteArray &sql, ExecStatusType direction)
{
    if (const auto refusal = call.refusal())
        return Failure(*refusal);
    if (!PQsendQuery(session.connection(), sql.constData()))
        return Failure(call.notSent());
    ResultHandle result;
    if (const auto taken = call.take(result); !taken)
        return Failure(taken.error());
    if (result && PQresultStatus(result.get()) == direction)
        return {};
    call.drain();
    if (result && PQresultStatus(result.get()) == PGRES_FATAL_ERROR)
        return Failure(call.refused(result));
    return Failure(
        call.misfit(ErrorCode::AnswerUnexpected, QString::fromUtf8(result ? PQcmdStatus(result.get()) : "")));
}

/// Ends a COPY FROM STDIN that is not to be completed, and says why it was not.
Error abandonCopyIn(Session &session, Session::Call &call, Session::Ended why)
{
    if (why == Session::Ended::Lost) {
        // The server's parting words come before "connection lost".
        const auto end = call.finish();
        return end ? call.lost() : end.error();
    }
    // A server that waits for data sees the end of them, one that waits for a lock sees the cancel request.
    PQputCopyEnd(session.connection(), "abandoned");
    call.cancel(why);
    const auto end = call.finish();
    return end ? call.ended(why) : end.error();
}

Session::Ended sendChunk(Session &session, Session::Call &call, const QByteArray &chunk)
{
    constexpr qsizetype atOnce = std::numeric_limits<int>::max() / 2;
    for (qsizetype done = 0; done < chunk.size(); done += atOnce) {
        const auto size = static_cast<int>(std::min(atOnce, chunk.size() - done));
        for (;;) {
            const int put = PQputCopyData(session.connection(), chunk.constData() + done, size);
            if (put > 0)
                break;
            if (put < 0)
                return Session::Ended::Lost;
            if (const auto ended = call.sleep(); ended != Session::Ended::Ready)
                return ended;
        }
        if (const auto ended = call.flush(); ended != Session::Ended::Ready)
            return ended;
    }
    return call.over();
}

} // namespace

Result<qint64> Connection::copyOut(const QByteArray &sql, const std::function<bool(const QByteArray &)> &sink,
                                   const Wait &wait)
{
    Session closed({}, {}, {});
    Session &session = m_session ? *m_session : closed;
    Session::Call call(session, sql, wait);
    if (const auto begun = begin(session, call, sql, PGRES_COPY_OUT); !begun)
        return Failure(begun.error());
    qint64 received = 0;
    bool wanted = true;
    bool stoppedBySink = false;
    for (;;) {
        char *row = nullptr;
        const int length = PQgetCopyData(session.connection(), &row, 1);
        if (length > 0) {
            if (wanted) {
                received += length;
                wanted = sink(QByteArray(row, length));
                stoppedBySink = !wanted;
                if (stoppedBySink)
                    call.cancel(Session::Ended::Stopped);
            }
            PQfreemem(row);
        }
        if (length < 0)
            break;
        // Rows that are there already must not make us deaf to the deadline.
        const auto ended = length > 0 ? call.over() : call.sleep();
        if (isOver(ended) && call.cancelled()) {
            session.close();
            if (stoppedBySink)
                return received;
            return Failure(call.ended(ended));
        }
        if (isOver(ended)) {
            call.cancel(ended);
            wanted = false;
        }
        if (ended == Session::Ended::Lost)
            break;
    }
    const auto end = call.finish();
    if (!end && !(stoppedBySink && end.error().isCancel()))
        return Failure(end.error());
    return received;
}

Result<qint64> Connection::copyIn(const QByteArray &sql, const std::function<QByteArray()> &source, const Wait &wait)
{
    Session closed({}, {}, {});
    Session &session = m_session ? *m_session : closed;
    Session::Call call(session, sql, wait);
    if (const auto begun = begin(session, call, sql, PGRES_COPY_IN); !begun)
        return Failure(begun.error());
    QByteArray pending;
    for (bool more = true; more;) {
        const QByteArray chunk = source();
        more = !chunk.isEmpty();
        pending += chunk;
        if (more && pending.size() < sendAtLeast)
            continue;
        if (const auto ended = sendChunk(session, call, pending); ended != Session::Ended::Ready)
            return Failure(abandonCopyIn(session, call, ended));
        pending.resize(0);
    }
    if (PQputCopyEnd(session.connection(), nullptr) < 0)
        return Failure(abandonCopyIn(session, call, Session::Ended::Lost));
    const auto end = call.finish();
    if (!end)
        return Failure(end.error());
    return end->affected();
}

} // namespace shardhelm::pg
