// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/loadretry.h"

#include <QRandomGenerator>

namespace shardhelm::demo {

namespace {

constexpr Milliseconds patience{10000};

/// First and longest pause.
std::pair<Milliseconds, Milliseconds> pausesOf(RetryPolicy::Reason reason)
{
    switch (reason) {
    case RetryPolicy::Reason::Conflict:
        return {Milliseconds(0), Milliseconds(50)};
    case RetryPolicy::Reason::Moved:
        return {Milliseconds(0), Milliseconds(200)};
    case RetryPolicy::Reason::Fenced:
        return {Milliseconds(5), Milliseconds(200)};
    case RetryPolicy::Reason::Unreachable:
        return {Milliseconds(20), Milliseconds(500)};
    }
    return {Milliseconds(20), Milliseconds(500)};
}

} // namespace

std::optional<RetryPolicy::Reason> RetryPolicy::reasonOf(const Error &error)
{
    const QString state = error.sqlstate();
    if (state == u"40001" && error.db->message.startsWith(u"shardhelm:moved"))
        return Reason::Moved;
    if (state == u"40001" && error.db->message.startsWith(u"shardhelm:fenced"))
        return Reason::Fenced;
    if (state == u"40001" || state == u"40P01")
        return Reason::Conflict;
    // The copy is gone: the map that led here is out of date, whatever its age says.
    if (state == u"3F000" || state == u"42P01")
        return Reason::Moved;
    // Shutting down, starting up, too many connections, a replica where the primary was, out of room, cancelled.
    if (state.startsWith(u"57") || state.startsWith(u"53") || state.startsWith(u"08") || state == u"25006")
        return Reason::Unreachable;
    switch (error.code) {
    case ErrorCode::ConnectionRefused:
    case ErrorCode::ConnectTimedOut:
    case ErrorCode::ConnectionLost:
    case ErrorCode::ConnectFailed:
    case ErrorCode::TooManyConnections:
    case ErrorCode::ServerNotReady:
    case ErrorCode::NoSuitableHost:
    case ErrorCode::ReadOnlyServer:
    case ErrorCode::TimedOut:
    case ErrorCode::HostUnknown:
        return Reason::Unreachable;
    default:
        return std::nullopt;
    }
}

std::optional<Milliseconds> RetryPolicy::next(Reason reason)
{
    const auto now = Clock::now();
    if (!m_firstFailure)
        m_firstFailure = now;
    if (now - *m_firstFailure > patience)
        return std::nullopt;
    ++m_retries;
    const auto [first, longest] = pausesOf(reason);
    m_pause = m_lastReason == reason ? std::min(longest, std::max(Milliseconds(1), m_pause * 2)) : first;
    m_lastReason = reason;
    if (reason != Reason::Conflict)
        return m_pause;
    // Two clients in each other's way must not meet again in step.
    return Milliseconds(QRandomGenerator::global()->bounded(static_cast<quint32>(m_pause.count()) + 1));
}

} // namespace shardhelm::demo
