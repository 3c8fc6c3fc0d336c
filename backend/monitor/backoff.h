// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/wait.h"

#include <QRandomGenerator>

namespace shardhelm::monitor {

/// How long to wait before the next attempt at something that fails: grows exponentially, with jitter, so that many
/// clients do not knock at the same moment ("decorrelated jitter", Marc Brooker, "Exponential Backoff And Jitter",
/// 2015).
class Backoff
{
public:
    Backoff(Milliseconds base, Milliseconds limit)
        : m_base(base)
        , m_limit(limit)
        , m_last(base)
    {
    }

    /// The next pause: between the base and three times the last one, never above the limit.
    Milliseconds next(QRandomGenerator &random)
    {
        const qint64 high = std::max(m_base.count() + 1, m_last.count() * 3);
        m_last = std::min(m_limit, Milliseconds(m_base.count() + random.bounded(high - m_base.count())));
        return m_last;
    }

private:
    Milliseconds m_base;
    Milliseconds m_limit;
    Milliseconds m_last;
};

} // namespace shardhelm::monitor
