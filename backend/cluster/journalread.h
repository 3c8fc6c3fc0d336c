// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/wait.h"
#include "pg/connection.h"

#include <QDateTime>
#include <QJsonObject>
#include <QString>

#include <optional>
#include <vector>

namespace shardhelm::cluster {

/// One entry of the directory's journal (table operation).
struct JournalEntry
{
    qint64 id = 0;
    QDateTime at;
    QString who;
    QString host;
    QString what; ///< "map flip", "instance add", "alert raised", …
    QJsonObject detail;

    bool operator==(const JournalEntry &) const = default;
};

/// Which entries; all that is set must fit.
struct JournalFilter
{
    QDateTime since; ///< invalid: from the beginning
    QDateTime until; ///< exclusive; invalid: up to now
    QString kind; ///< beginning of `what`, e.g. "alert"; empty: any
    QString instance; ///< named in the detail, itself or one of its replicas; empty: any
    qint64 most = 1000;
};

/// Entries, newest first. Blocking. StatementFailed with SQLSTATE 42P01 when there is no journal.
Result<std::vector<JournalEntry>> readJournal(pg::Connection &directory, const JournalFilter &filter, const Wait &wait);

} // namespace shardhelm::cluster
