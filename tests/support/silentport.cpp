// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/silentport.h"

#include <QtGlobal>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <netinet/in.h>

namespace shardhelm::test {

SilentPort::SilentPort()
    : m_descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    if (::bind(m_descriptor, generic, length) != 0 || ::listen(m_descriptor, 64) != 0
        || ::getsockname(m_descriptor, generic, &length) != 0)
        qFatal("no port on 127.0.0.1");
    m_number = ntohs(address.sin_port);
}

SilentPort::~SilentPort()
{
    ::close(m_descriptor);
}

bool SilentPort::awaitPeer(const Wait &wait) const
{
    pollfd waiting{m_descriptor, POLLIN, 0};
    return ::poll(&waiting, 1, static_cast<int>(wait.remaining().count())) > 0;
}

int SilentPort::unused()
{
    return SilentPort().number();
}

} // namespace shardhelm::test
