// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/alertrules.h"
#include "cluster/types.h"
#include "core/result.h"

#include <QMap>
#include <QString>

#include <chrono>
#include <optional>

namespace shardhelm::cluster {

/// A cluster file (TOML, DESIGN section 5) with every default filled in. No secrets.
struct ClusterFile
{
    QString path; ///< absolute; empty when made in memory
    QString name;
    Environment environment = Environment::Production; ///< the careful one when not said
    QString color; ///< "#rrggbb" in place of the environment's colour, or empty
    QString directoryConninfo; ///< empty when directoryService is set
    QString directoryService;
    QMap<QString, QString> directoryQueries; ///< a foreign directory: instances, map, pins, tables, epoch, flip

    struct Monitor
    {
        std::chrono::milliseconds interval{2000};
        std::chrono::milliseconds timeout{3000}; ///< per instance and sample
        std::chrono::seconds history{900};
        QString osCommand{}; ///< run here for every server, tells about its machine; empty: none
        std::chrono::milliseconds osCommandTimeout{5000};
        int recordingHours = 24; ///< how far back the recording on disk reaches, 0: none is made
        qint64 recordingSize = 256LL << 20; ///< bytes it takes at most
        bool operator==(const Monitor &) const = default;
    } monitor;
    QMap<QString, double> alerts = defaultAlerts(); ///< threshold by rule name (alertrules.h); absent: switched off
    QMap<QString, AlertOptions> alertOptions; ///< by rule name, of those with more than a threshold
    QString alertCommand; ///< of the rules without a command of their own, or empty
    std::chrono::milliseconds alertCommandTimeout{10000};
    struct Workbench
    {
        std::chrono::milliseconds shardTimeout{30000};
        qint64 rowLimit = 100000;
        QString scratch = QStringLiteral("embedded"); ///< or a conninfo
        bool operator==(const Workbench &) const = default;
    } workbench;
    struct Moves
    {
        int parallel = 1; ///< moves at once per instance
        std::chrono::milliseconds pauseBudget{250};
        std::chrono::seconds safetyWindow{std::chrono::hours(24)};
        qint64 copyRate = 0; ///< bytes per second, 0: unlimited
        QString hours; ///< "22:00-05:00", empty: any time
        bool operator==(const Moves &) const = default;
    } moves;
    QString routingLookup; ///< query of the directory, key -> logical shard, or empty
    QMap<QString, QString> locate; ///< query by name: finds a tenant by e-mail, order number, …

    bool operator==(const ClusterFile &) const = default;
};

/// Reads and checks a cluster file of at most 1 MiB. FileMissing, FileUnreadable, FileSyntax, KeyUnknown (`expected`
/// has the keys that look like it, else all of the section), KeyMissing, ValueBad. Every error names file, line and key
/// (Error::subject is the file, ::line the line,
/// ::found the key as section.key, for a bad value `section.key = value`, ::expected the choices).
Result<ClusterFile> readClusterFile(const QString &path);

/// The same from text; `path` is what errors name.
Result<ClusterFile> parseClusterFile(const QByteArray &text, const QString &path);

/// The cluster file used when none is named: $SHARDHELM_CLUSTER, else cluster.toml in the user's configuration folder.
QString defaultClusterFilePath();

/// Text of a cluster file with just what differs from the defaults; readClusterFile() gives the same back.
QString clusterFileText(const ClusterFile &file);

} // namespace shardhelm::cluster
