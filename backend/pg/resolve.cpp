// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/resolve.h"

#include "pg/plainmessages.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <thread>

namespace shardhelm::pg {

namespace {

HostAddresses lookUp(const QByteArray &host)
{
    const PlainMessages plain;
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo *found = nullptr;
    const int status = ::getaddrinfo(host.constData(), nullptr, &hints, &found);
    if (status != 0) {
        const char *why = status == EAI_SYSTEM ? std::strerror(errno) : ::gai_strerror(status);
        return {{}, QString::fromLocal8Bit(why)};
    }
    HostAddresses answer;
    for (const addrinfo *entry = found; entry; entry = entry->ai_next) {
        std::array<char, NI_MAXHOST> text{};
        if (::getnameinfo(entry->ai_addr, entry->ai_addrlen, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST) == 0)
            answer.addresses += QString::fromLatin1(text.data());
    }
    ::freeaddrinfo(found);
    answer.addresses.removeDuplicates();
    if (answer.addresses.isEmpty())
        answer.complaint = QStringLiteral("No address associated with hostname");
    return answer;
}

} // namespace

HostLookups::HostLookups(std::shared_ptr<Waker> waker)
    : m_waker(std::move(waker))
{
}

void HostLookups::ask(const QString &host)
{
    if (m_lookups.contains(host) && !answer(host))
        return;
    auto lookup = std::make_shared<Lookup>();
    m_lookups.insert(host, lookup);
    try {
        std::thread(&HostLookups::run, lookup, host.toUtf8(), m_waker).detach();
    } catch (const std::system_error &noThread) {
        const std::lock_guard lock(lookup->mutex);
        lookup->answer = HostAddresses{{}, QString::fromLocal8Bit(noThread.what())};
    }
}

void HostLookups::run(const std::shared_ptr<Lookup> &lookup, const QByteArray &host,
                      const std::shared_ptr<Waker> &waker)
{
    HostAddresses found = lookUp(host);
    {
        const std::lock_guard lock(lookup->mutex);
        lookup->answer = std::move(found);
    }
    waker->wake();
}

std::optional<HostAddresses> HostLookups::answer(const QString &host) const
{
    const auto lookup = m_lookups.value(host);
    if (!lookup)
        return std::nullopt;
    const std::lock_guard lock(lookup->mutex);
    return lookup->answer;
}

bool HostLookups::isName(const QString &host)
{
    if (host.isEmpty() || host.startsWith(QLatin1Char('/')) || host.startsWith(QLatin1Char('@')))
        return false;
    const QByteArray text = host.toUtf8();
    std::array<unsigned char, sizeof(in6_addr)> address{};
    return ::inet_pton(AF_INET, text.constData(), address.data()) != 1
        && ::inet_pton(AF_INET6, text.split('%').first().constData(), address.data()) != 1;
}

} // namespace shardhelm::pg
