// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/fleet.h"

#include <QString>

#include <functional>
#include <vector>

namespace shardhelm {

/// What is typed into the filter box: words that must occur in name, role, zone, state, version or reason, and
/// comparisons such as "p99 > 100 ms", "size >= 2 TB", "state = down", "connections > 80 %"; every metric can be named
/// by its key or the beginning of it. All must hold; an unknown figure fulfils no comparison.
class FilterExpression
{
public:
    /// Always gives an expression; what cannot be understood is in error() and keeps nothing out.
    static FilterExpression parse(const QString &text);

    [[nodiscard]] bool matches(const monitor::ServerSample &server, const Fleet &fleet) const;
    [[nodiscard]] bool isEmpty() const { return m_terms.empty(); }
    /// A sentence that says what is wrong, or empty.
    [[nodiscard]] QString error() const { return m_error; }

private:
    std::vector<std::function<bool(const monitor::ServerSample &, const Fleet &)>> m_terms;
    QString m_error;
};

} // namespace shardhelm
