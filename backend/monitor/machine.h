// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QHash>

#include <optional>

namespace shardhelm::monitor {

/// What is known of the machine under a server.
struct MachineFigures
{
    std::optional<double> cpuRatio; ///< 0 to 1, of all processors
    std::optional<double> ioRatio; ///< of the time that the busiest disk was at work, 0 to 1
    std::optional<double> loadAverage; ///< over one minute
    std::optional<qint64> memoryAvailableBytes;
    std::optional<qint64> diskFreeBytes;
    std::optional<qint64> diskSizeBytes;

    bool operator==(const MachineFigures &) const = default;
};

/// Texts of a Linux machine's /proc; empty where there is none.
struct ProcTexts
{
    QByteArray stat;
    QByteArray loadavg;
    QByteArray meminfo;
    QByteArray diskstats;
};

/// The counters in them at one moment.
struct MachineReading
{
    double atSeconds = 0;
    qint64 busy = 0; ///< processor time in ticks, of all processors
    qint64 total = 0; ///< idle time included
    QHash<QByteArray, qint64> diskBusyMs; ///< by device: milliseconds with requests in flight
    std::optional<double> loadAverage;
    std::optional<qint64> memoryAvailableBytes;
};

/// What the texts say at `atSeconds`; nothing without processor times. Fields as in proc(5) and the kernel's
/// admin-guide/iostats. Pure, as the functions below.
std::optional<MachineReading> machineReading(const ProcTexts &texts, double atSeconds);

/// Ratios over the time between two readings; what is of one moment alone comes from the later one.
MachineFigures machineFigures(const std::optional<MachineReading> &earlier, const MachineReading &later);

/// Lines `key=value` as a command of the cluster file prints them: cpu_percent, io_percent, disk_free_bytes,
/// disk_size_bytes. Other lines are passed over. ValueBad with the line when a value is no number or out of range.
Result<MachineFigures> machineFigures(const QByteArray &lines);

} // namespace shardhelm::monitor
