// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/fleet.h"

#include <QString>

#include <vector>

namespace shardhelm {

/// One line of a detail: what, how much, and where that is known from.
struct Fact
{
    QString label;
    QString value;
    QString note; ///< source, window or comparison; may be empty
    bool unknown = false; ///< unknown or not permitted, shown faded
    bool marked = false; ///< one of the server's findings
};

/// Facts under a head.
struct FactGroup
{
    QString title;
    std::vector<Fact> facts;
};

/// Everything known about one server of the fleet, in groups. No secrets.
std::vector<FactGroup> factsOf(const QString &server, const Fleet &fleet);

/// The connection string by which a server is reached, secrets replaced; empty when unknown.
QString conninfoOf(const QString &server, const Fleet &fleet);

/// Numbers of logical shards as ranges: "0–7, 12, 14–15".
QString shardRanges(const std::vector<int> &shards);

} // namespace shardhelm
