// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/dialer.h"

#include "pg/conninfo.h"
#include "pg/plainmessages.h"

#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>

namespace shardhelm::pg {

namespace {

constexpr int passwordRoundsMost = 3;

/// For one host when the user gave no connect_timeout: a host that swallows packets or hangs is told apart by then.
constexpr Milliseconds defaultHostTimeout(10000);

/// After these the next host is tried; a server that answered anything else has decided. Of several hosts, the failure
/// that stands first here tells most.
constexpr ErrorCode passable[] = {
    ErrorCode::NoSuitableHost, ErrorCode::ServerNotReady,  ErrorCode::TooManyConnections, ErrorCode::ConnectionLost,
    ErrorCode::ConnectFailed,  ErrorCode::ConnectTimedOut, ErrorCode::ConnectionRefused,  ErrorCode::HostUnknown,
};

/// 150004 -> "15.4"; libpq's own text of the version also names the packager.
QString versionText(int version)
{
    return QStringLiteral("%1.%2").arg(version / 10000).arg(version % 10000);
}

void ignoreNotice(void *, const PGresult *) { }

} // namespace

Dialer::Dialer(const ConnectSpec &spec, Clock::time_point deadline, HostLookups &lookups, const QString &password)
    : m_spec(spec)
    , m_lookups(lookups)
    , m_deadline(deadline)
    , m_attemptUntil(deadline)
    , m_password(password)
{
    auto plan = ConnectPlan::make(spec);
    if (!plan) {
        m_error = plan.error();
        m_state = State::Failed;
        return;
    }
    m_plan = std::move(*plan);
    for (const ConnectPlan::Attempt &one : m_plan.attempts) {
        if (one.host.address.isEmpty() && HostLookups::isName(one.host.host))
            m_lookups.ask(one.host.host);
    }
    beginAttempt();
}

Dialer::State Dialer::advance()
{
    // Each step either changes where we are or has to wait for something from outside.
    for (;;) {
        const State before = m_state;
        const auto place = std::pair(m_attempt, m_address);
        if (m_state == State::Resolving)
            advanceLookup();
        else if (m_state == State::Connecting)
            advanceConnection();
        if (m_state == before && place == std::pair(m_attempt, m_address))
            return m_state;
    }
}

void Dialer::beginAttempt()
{
    m_connection.reset();
    m_address = 0;
    m_addresses.clear();
    const auto left = std::max(m_deadline - Clock::now(), Clock::duration(0));
    const auto share = left / static_cast<int>(m_plan.attempts.size() - m_attempt);
    m_attemptUntil = Clock::now() + std::min<Clock::duration>(share, hostTimeout());
    m_state = State::Resolving;
    if (!attempt().host.address.isEmpty() || !HostLookups::isName(attempt().host.host)) {
        m_addresses = {QString()};
        beginAddress();
    }
}

void Dialer::advanceLookup()
{
    const auto answer = m_lookups.answer(attempt().host.host);
    if (!answer) {
        if (Clock::now() < m_attemptUntil)
            return;
        note(ErrorCode::ConnectTimedOut, {});
        nextAddress();
    } else if (answer->addresses.isEmpty()) {
        ConnectText text;
        text.message = answer->complaint;
        note(ErrorCode::HostUnknown, text);
        nextAddress();
    } else {
        m_addresses = answer->addresses;
        beginAddress();
    }
}

void Dialer::beginAddress()
{
    // The addresses of one host share its time.
    const auto left = std::max(m_attemptUntil - Clock::now(), Clock::duration(0));
    const auto hosts = static_cast<int>(m_plan.attempts.size() - m_attempt);
    const auto addresses = static_cast<int>(m_addresses.size() - m_address);
    if (addresses > 1 || hosts > 1)
        m_attemptUntil = Clock::now() + left / addresses;
    m_connection = m_plan.start(attempt(), m_addresses[m_address], m_password);
    m_state = State::Connecting;
    m_polling = PGRES_POLLING_WRITING;
    if (!m_connection) {
        ConnectText text;
        text.message = QStringLiteral("out of memory");
        failWith(ErrorCode::Internal, text);
        return;
    }
    PQsetErrorVerbosity(m_connection.get(), PQERRORS_VERBOSE);
    PQsetNoticeReceiver(m_connection.get(), &ignoreNotice, nullptr);
    if (PQstatus(m_connection.get()) == CONNECTION_BAD)
        connectionFailed();
}

void Dialer::nextAddress()
{
    m_connection.reset();
    if (m_address + 1 < m_addresses.size()) {
        ++m_address;
        const auto left = std::max(m_deadline - Clock::now(), Clock::duration(0));
        const auto share = left / static_cast<int>(m_plan.attempts.size() - m_attempt);
        m_attemptUntil = Clock::now() + std::min<Clock::duration>(share, hostTimeout());
        beginAddress();
    } else if (m_attempt + 1 < m_plan.attempts.size()) {
        ++m_attempt;
        beginAttempt();
    } else {
        allFailed();
    }
}

int Dialer::socket() const
{
    return m_state == State::Connecting && m_connection ? PQsocket(m_connection.get()) : -1;
}

short Dialer::events() const
{
    return m_polling == PGRES_POLLING_READING ? POLLIN : POLLOUT;
}

void Dialer::advanceConnection()
{
    const PlainMessages plain;
    for (;;) {
        // libpq wants to be called only when the socket is ready; it would read from one that has nothing to say.
        pollfd ready{socket(), events(), 0};
        if (::poll(&ready, 1, 0) <= 0) {
            if (Clock::now() >= m_attemptUntil) {
                note(ErrorCode::ConnectTimedOut, {});
                nextAddress();
            }
            return;
        }
        m_polling = PQconnectPoll(m_connection.get());
        if (m_polling == PGRES_POLLING_OK) {
            checkServer();
            return;
        }
        if (m_polling == PGRES_POLLING_FAILED) {
            connectionFailed();
            return;
        }
    }
}

void Dialer::checkServer()
{
    const int version = PQserverVersion(m_connection.get());
    if (version < m_spec.minimumVersion) {
        m_error = Error{ErrorCode::ServerTooOld,
                        m_spec.name,
                        versionText(version),
                        {QString::number(m_spec.minimumVersion / 10000)},
                        0,
                        std::nullopt};
        m_connection.reset();
        m_state = State::Failed;
        return;
    }
    PQsetErrorVerbosity(m_connection.get(), PQERRORS_DEFAULT);
    PQsetnonblocking(m_connection.get(), 1);
    m_state = State::Connected;
}

void Dialer::connectionFailed()
{
    ConnectText text = readConnectText(QString::fromUtf8(PQerrorMessage(m_connection.get())));
    const bool missing = PQconnectionNeedsPassword(m_connection.get()) != 0;
    const bool refused = text.code == ErrorCode::PasswordRejected && PQconnectionUsedPassword(m_connection.get()) != 0;
    if (missing)
        text.code = ErrorCode::PasswordMissing;
    if ((missing || refused) && m_spec.passwords && m_passwordRounds < passwordRoundsMost) {
        // What the server said stands when nobody has another password.
        m_error = errorFrom(text.code, text);
        m_connection.reset();
        m_state = State::PasswordWanted;
        m_attemptUntil = m_deadline;
    } else if (std::find(std::begin(passable), std::end(passable), text.code) != std::end(passable)) {
        note(text.code, text);
        nextAddress();
    } else {
        failWith(text.code, text);
    }
}

PasswordRequest Dialer::passwordRequest() const
{
    const HostEntry &host = attempt().host;
    return {m_spec.name, m_plan.user, host.shown(), host.port, m_plan.database, m_passwordAsked};
}

void Dialer::givePassword(const QString &password, Clock::time_point deadline)
{
    m_password = password;
    m_passwordAsked = true;
    ++m_passwordRounds;
    m_deadline = deadline;
    m_attemptUntil = std::min(deadline, Clock::now() + hostTimeout());
    beginAddress();
}

void Dialer::refusePassword(const Error &error)
{
    if (error.code == ErrorCode::PasswordMissing) {
        // Why the source has none is a detail; that the server refused the one we had is the reason.
        if (m_error.db->detail.isEmpty())
            m_error.db->detail = error.found;
    } else {
        m_error = error;
        m_error.subject = m_spec.name;
    }
    m_state = State::Failed;
}

Milliseconds Dialer::hostTimeout() const
{
    return m_plan.hostTimeout.value_or(defaultHostTimeout);
}

QString Dialer::host() const
{
    return attempt().host.shown();
}

Error Dialer::abandoned(ErrorCode code) const
{
    if (m_state == State::Failed)
        return m_error;
    ConnectText text;
    return errorFrom(code, text);
}

void Dialer::note(ErrorCode code, const ConnectText &text)
{
    m_refusals.push_back({errorFrom(code, text), attempt().host.endpoint()});
}

void Dialer::failWith(ErrorCode code, const ConnectText &text)
{
    m_error = errorFrom(code, text);
    m_connection.reset();
    m_state = State::Failed;
}

void Dialer::allFailed()
{
    m_state = State::Failed;
    QStringList endpoints;
    for (const Refusal &refusal : m_refusals)
        endpoints += refusal.endpoint;
    endpoints.removeDuplicates();
    for (const ErrorCode code : passable) {
        const auto telling = std::find_if(m_refusals.begin(), m_refusals.end(),
                                          [&](const Refusal &refusal) { return refusal.error.code == code; });
        if (telling == m_refusals.end())
            continue;
        m_error = telling->error;
        if (code != ErrorCode::ConnectFailed)
            m_error.found = endpoints.join(QStringLiteral(", "));
        if (code == ErrorCode::NoSuitableHost)
            m_error.expected = {m_plan.targetRole};
        return;
    }
}

Error Dialer::errorFrom(ErrorCode code, const ConnectText &text) const
{
    Error error{code, m_spec.name, {}, {}, 0, DbError{}};
    error.db->sqlstate = text.sqlstate;
    error.db->message = redacted(text.message);
    error.db->detail = redacted(text.detail);
    error.db->hint = redacted(text.hint);
    error.db->timedOut = code == ErrorCode::ConnectTimedOut;
    error.db->cancelled = code == ErrorCode::Cancelled;
    switch (code) {
    case ErrorCode::PasswordMissing:
    case ErrorCode::PasswordRejected:
    case ErrorCode::LoginRefused:
        error.found = m_plan.user;
        break;
    case ErrorCode::DatabaseMissing:
        error.found = m_plan.database;
        break;
    case ErrorCode::TlsFailed:
    case ErrorCode::ConnectFailed:
    case ErrorCode::ConninfoBad:
    case ErrorCode::Internal:
        error.found = error.db->message;
        break;
    default:
        error.found = attempt().host.endpoint();
        break;
    }
    return error;
}

} // namespace shardhelm::pg
