// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/waker.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>

namespace shardhelm::pg {

Waker::Waker()
    : m_descriptor(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
}

Waker::~Waker()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

void Waker::wake() const
{
    if (m_descriptor < 0)
        return;
    const std::uint64_t one = 1;
    // The only failure is a counter that is full, and then the descriptor is readable anyway.
    [[maybe_unused]] const ssize_t written = ::write(m_descriptor, &one, sizeof one);
}

void Waker::clear() const
{
    if (m_descriptor < 0)
        return;
    std::uint64_t count = 0;
    [[maybe_unused]] const ssize_t got = ::read(m_descriptor, &count, sizeof count);
}

int pollTimeout(const Waker &waker, Clock::time_point until)
{
    const Milliseconds most(waker.descriptor() < 0 ? 50 : 60000);
    const Milliseconds left = std::chrono::ceil<Milliseconds>(until - Clock::now());
    return static_cast<int>(std::clamp(left, Milliseconds(0), most).count());
}

Woken sleepOn(int socket, short events, const Waker &waker, Clock::time_point until)
{
    std::array<pollfd, 2> watched{pollfd{socket, events, 0}, pollfd{waker.descriptor(), POLLIN, 0}};
    for (;;) {
        const int timeout = pollTimeout(waker, until);
        const int count = ::poll(watched.data(), watched.size(), timeout);
        if (count < 0 && errno != EINTR)
            return Woken::Ready; // the caller's next call on the socket meets the failure and names it
        if (watched[1].revents != 0)
            return Woken::Waker;
        if (count > 0 && watched[0].revents != 0)
            return Woken::Ready;
        if (Clock::now() >= until)
            return Woken::TimedOut;
        if (waker.descriptor() < 0)
            return Woken::Waker;
    }
}

} // namespace shardhelm::pg
