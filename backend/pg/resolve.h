// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pg/waker.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <memory>
#include <mutex>
#include <optional>

namespace shardhelm::pg {

/// What a name server said: addresses in the order of preference of the system, or its complaint.
struct HostAddresses
{
    QStringList addresses;
    QString complaint; ///< in English; empty when there are addresses
};

/// Host names looked up off the calling thread: getaddrinfo() cannot be given a deadline and blocks for as long as the
/// name servers keep silent. A lookup that is not waited for any more runs to its end on its own. Used by one thread.
class HostLookups
{
public:
    /// `waker` is woken when a lookup is answered.
    explicit HostLookups(std::shared_ptr<Waker> waker);

    /// Asks for a name, unless a question about it is still open.
    void ask(const QString &host);
    /// The answer, once it is there; it stays until the next ask(), so that a changed address is noticed.
    [[nodiscard]] std::optional<HostAddresses> answer(const QString &host) const;

    /// Whether a host of a conninfo has to be looked up: not empty, no socket folder, no literal address.
    static bool isName(const QString &host);

private:
    struct Lookup
    {
        std::mutex mutex;
        std::optional<HostAddresses> answer;
    };
    static void run(const std::shared_ptr<Lookup> &lookup, const QByteArray &host, const std::shared_ptr<Waker> &waker);

    std::shared_ptr<Waker> m_waker;
    QHash<QString, std::shared_ptr<Lookup>> m_lookups;
};

} // namespace shardhelm::pg
