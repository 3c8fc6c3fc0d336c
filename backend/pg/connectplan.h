// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pg/connection.h"
#include "pg/handles.h"

#include <QByteArray>
#include <QList>
#include <QPair>

#include <optional>
#include <vector>

namespace shardhelm::pg {

/// One host of a conninfo, as written there; any part may be empty.
struct HostEntry
{
    QString host;
    QString address; ///< hostaddr
    QString port;

    /// For people and for passwords: the host, or the address when no host is named, or "localhost".
    [[nodiscard]] QString shown() const;
    [[nodiscard]] QString endpoint() const;
};

/// How to reach a server, worked out from a ConnectSpec and libpq's own places (service file, environment).
struct ConnectPlan
{
    /// Hosts to try one after the other, each with the role it must have: the whole list once per role.
    struct Attempt
    {
        HostEntry host;
        QByteArray targetRole; ///< target_session_attrs
    };
    std::vector<Attempt> attempts;
    QList<QPair<QByteArray, QByteArray>> parameters; ///< everything but host and role
    QString targetRole; ///< as wanted over all hosts
    QString user;
    QString database;
    std::optional<Milliseconds> hostTimeout; ///< connect_timeout

    /// Reads the spec. ConninfoBad with libpq's reason in `found`. Reads files of libpq, does not touch the network.
    static Result<ConnectPlan> make(const ConnectSpec &spec);
    /// Starts a connection to one host at one address (empty: as the host says); never blocks.
    [[nodiscard]] ConnectionHandle start(const Attempt &attempt, const QString &address, const QString &password) const;
};

} // namespace shardhelm::pg
