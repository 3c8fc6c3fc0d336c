// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/serverguard.h"

#include <QFile>

#include <array>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace shardhelm::test {

ServerGuard::ServerGuard(const QString &folder)
{
    std::array<int, 2> ends{-1, -1};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        qFatal("no pipe");
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, ends[0], STDIN_FILENO);
    // Out of our process group, so that Ctrl+C on the test leaves it to do its work.
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    QByteArray script(SHARDHELM_SOURCE_DIR "/tests/support/serverguard.sh");
    QByteArray path = QFile::encodeName(folder);
    const std::array<char *, 3> arguments{script.data(), path.data(), nullptr};
    if (::posix_spawn(&m_shell, script.constData(), &files, &attributes, arguments.data(), environ) != 0)
        qFatal("%s cannot be run", script.constData());
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    ::close(ends[0]);
    m_pipe = ends[1];
}

ServerGuard::~ServerGuard()
{
    ::close(m_pipe);
    ::waitpid(m_shell, nullptr, 0);
}

} // namespace shardhelm::test
