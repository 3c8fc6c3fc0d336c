// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <sys/types.h>

namespace shardhelm::test {

/// Kills the servers below a folder and removes it when this process dies without having run its destructors: a failed
/// assertion, a crash, a timeout of the test runner. A shell of its own waits for the end of a pipe from us.
class ServerGuard
{
public:
    explicit ServerGuard(const QString &folder);
    ~ServerGuard();
    ServerGuard(const ServerGuard &) = delete;
    ServerGuard &operator=(const ServerGuard &) = delete;

private:
    int m_pipe = -1;
    pid_t m_shell = -1;
};

} // namespace shardhelm::test
