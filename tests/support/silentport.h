// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/wait.h"

namespace shardhelm::test {

/// A TCP port on 127.0.0.1 that accepts connections and never says a word: a server that hangs.
class SilentPort
{
public:
    SilentPort();
    ~SilentPort();
    SilentPort(const SilentPort &) = delete;
    SilentPort &operator=(const SilentPort &) = delete;

    [[nodiscard]] int number() const { return m_number; }
    /// Waits until a peer has connected; false at the end of `wait`.
    [[nodiscard]] bool awaitPeer(const Wait &wait) const;

    /// A port of 127.0.0.1 that nobody listens on now.
    static int unused();

private:
    int m_descriptor = -1;
    int m_number = 0;
};

} // namespace shardhelm::test
