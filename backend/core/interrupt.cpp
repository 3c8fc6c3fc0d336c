// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interrupt.h"

#include <atomic>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace shardhelm {

namespace {

// A signal handler has no other way to reach the object that waits: the write end of its pipe.
std::atomic<int> signalPipe{-1};
static_assert(std::atomic<int>::is_always_lock_free);

void onSignal(int)
{
    const int savedErrno = errno;
    const char byte = 's';
    [[maybe_unused]] const ssize_t written = ::write(signalPipe.load(), &byte, 1);
    errno = savedErrno;
}

constexpr int stoppingSignals[]{SIGINT, SIGTERM, SIGHUP};

} // namespace

Interrupt::Interrupt()
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return; // Without the pipe the signals keep their usual effect.
    m_readEnd = ends[0];
    signalPipe.store(ends[1]);
    // request_stop() runs callbacks and must not be called in a signal handler: a thread does it.
    m_thread = std::thread([this, readEnd = m_readEnd] { wait(readEnd); });
    struct sigaction action
    {
    };
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);
    for (const int number : stoppingSignals) {
        struct sigaction current
        {
        };
        // A signal ignored by whoever started us (nohup) stays ignored.
        if (::sigaction(number, nullptr, &current) == 0 && current.sa_handler != SIG_IGN)
            ::sigaction(number, &action, nullptr);
    }
}

Interrupt::~Interrupt()
{
    if (m_readEnd < 0)
        return;
    for (const int number : stoppingSignals) {
        struct sigaction current
        {
        };
        if (::sigaction(number, nullptr, &current) == 0 && current.sa_handler == onSignal)
            ::signal(number, SIG_DFL);
    }
    ::close(signalPipe.exchange(-1));
    m_thread.join();
    ::close(m_readEnd);
}

void Interrupt::wait(int readEnd)
{
    char byte = 0;
    ssize_t got = 0;
    do {
        got = ::read(readEnd, &byte, 1);
    } while (got < 0 && errno == EINTR);
    if (got > 0) {
        // After Ctrl+C neither signal is held back any more, whichever came first.
        for (const int number : stoppingSignals) {
            struct sigaction current
            {
            };
            if (::sigaction(number, nullptr, &current) == 0 && current.sa_handler == onSignal)
                ::signal(number, SIG_DFL);
        }
        m_source.request_stop();
    }
}

} // namespace shardhelm
