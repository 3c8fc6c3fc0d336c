// SPDX-License-Identifier: GPL-3.0-or-later
#include "unixsignals.h"

#include <QSocketNotifier>

#include <atomic>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace shardhelm::gui {

namespace {

// A signal handler has no other way to reach the object: the write end of its pipe.
std::atomic<int> signalPipe{-1};
static_assert(std::atomic<int>::is_always_lock_free);

void onSignal(int)
{
    const int savedErrno = errno;
    const char byte = 's';
    [[maybe_unused]] const ssize_t written = ::write(signalPipe.load(), &byte, 1);
    errno = savedErrno;
}

} // namespace

UnixSignals::UnixSignals(QObject *parent)
    : QObject(parent)
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return; // Without the pipe the signals keep their usual effect.
    m_readEnd = ends[0];
    signalPipe.store(ends[1]);
    m_notifier = new QSocketNotifier(m_readEnd, QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        while (::read(m_readEnd, &byte, 1) == 1) { }
        Q_EMIT stopRequested();
    });
    struct sigaction action
    {
    };
    action.sa_handler = onSignal;
    // The second one ends the process at once.
    action.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);
    for (const int number : {SIGINT, SIGTERM})
        ::sigaction(number, &action, nullptr);
}

UnixSignals::~UnixSignals()
{
    if (m_readEnd < 0)
        return;
    for (const int number : {SIGINT, SIGTERM})
        std::signal(number, SIG_DFL);
    ::close(signalPipe.exchange(-1));
    ::close(m_readEnd);
}

} // namespace shardhelm::gui
