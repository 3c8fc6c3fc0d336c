// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/machine.h"

#include <algorithm>
#include <cmath>

namespace shardhelm::monitor {

namespace {

/// Numbers of a line after its first word.
QList<qint64> numbersOf(const QByteArray &line)
{
    QList<qint64> numbers;
    const QList<QByteArray> words = line.simplified().split(' ');
    for (qsizetype i = 1; i < words.size(); ++i)
        numbers << words[i].toLongLong();
    return numbers;
}

/// Disks that are memory, or parts of another line.
bool isNoDisk(const QByteArray &device)
{
    return device.startsWith("loop") || device.startsWith("ram") || device.startsWith("zram") || device.startsWith("sr")
        || device.startsWith("fd");
}

QHash<QByteArray, qint64> diskTimes(const QByteArray &diskstats)
{
    QHash<QByteArray, qint64> times;
    const QList<QByteArray> lines = diskstats.split('\n');
    for (const QByteArray &line : lines) {
        const QList<QByteArray> words = line.simplified().split(' ');
        // Major, minor, device, then ten and more fields; the tenth is the time with requests in flight. A line that
        // the read cut off is short.
        if (words.size() >= 14 && !isNoDisk(words[2]))
            times.insert(words[2], words[12].toLongLong());
    }
    return times;
}

std::optional<qint64> memoryAvailable(const QByteArray &meminfo)
{
    const QList<QByteArray> lines = meminfo.split('\n');
    for (const QByteArray &line : lines) {
        const QList<qint64> numbers = numbersOf(line);
        if (line.startsWith("MemAvailable:") && !numbers.isEmpty())
            return numbers.first() * 1024;
    }
    return std::nullopt;
}

Result<double> numberIn(const QByteArray &line, double most)
{
    bool good = false;
    const double value = line.mid(line.indexOf('=') + 1).trimmed().toDouble(&good);
    if (!good || !std::isfinite(value) || value < 0 || value > most)
        return fail(ErrorCode::ValueBad, {}, QString::fromUtf8(line.trimmed().left(200)));
    return value;
}

} // namespace

std::optional<MachineReading> machineReading(const ProcTexts &texts, double atSeconds)
{
    const QByteArray first = texts.stat.left(texts.stat.indexOf('\n'));
    // user nice system idle iowait irq softirq steal; guest times are in user and nice already.
    const QList<qint64> times = numbersOf(first);
    if (!first.startsWith("cpu ") || times.size() < 4)
        return std::nullopt;
    MachineReading reading;
    reading.atSeconds = atSeconds;
    for (qsizetype i = 0; i < std::min<qsizetype>(8, times.size()); ++i)
        reading.total += times[i];
    reading.busy = reading.total - times[3] - (times.size() > 4 ? times[4] : 0);
    reading.diskBusyMs = diskTimes(texts.diskstats);
    bool good = false;
    const double load = texts.loadavg.left(texts.loadavg.indexOf(' ')).toDouble(&good);
    if (good)
        reading.loadAverage = load;
    reading.memoryAvailableBytes = memoryAvailable(texts.meminfo);
    return reading;
}

MachineFigures machineFigures(const std::optional<MachineReading> &earlier, const MachineReading &later)
{
    MachineFigures figures;
    figures.loadAverage = later.loadAverage;
    figures.memoryAvailableBytes = later.memoryAvailableBytes;
    if (!earlier)
        return figures;
    const qint64 total = later.total - earlier->total;
    const qint64 busy = later.busy - earlier->busy;
    if (total > 0 && busy >= 0)
        figures.cpuRatio = std::min(1.0, static_cast<double>(busy) / static_cast<double>(total));
    const double elapsedMs = (later.atSeconds - earlier->atSeconds) * 1000;
    if (elapsedMs <= 0)
        return figures;
    for (auto disk = later.diskBusyMs.cbegin(); disk != later.diskBusyMs.cend(); ++disk) {
        const auto before = earlier->diskBusyMs.constFind(disk.key());
        if (before != earlier->diskBusyMs.cend() && disk.value() >= *before) {
            const double ratio = static_cast<double>(disk.value() - *before) / elapsedMs;
            figures.ioRatio = std::max(figures.ioRatio.value_or(0), std::min(1.0, ratio));
        }
    }
    return figures;
}

Result<MachineFigures> machineFigures(const QByteArray &lines)
{
    constexpr double mostBytes = 1e18;
    MachineFigures figures;
    const QList<QByteArray> all = lines.split('\n');
    for (const QByteArray &line : all) {
        const QByteArray key = line.left(line.indexOf('=')).trimmed();
        const bool percent = key == "cpu_percent" || key == "io_percent";
        if (!line.contains('=') || (!percent && key != "disk_free_bytes" && key != "disk_size_bytes"))
            continue;
        const auto value = numberIn(line, percent ? 100 : mostBytes);
        if (!value)
            return Failure(value.error());
        if (key == "cpu_percent")
            figures.cpuRatio = *value / 100;
        else if (key == "io_percent")
            figures.ioRatio = *value / 100;
        else if (key == "disk_free_bytes")
            figures.diskFreeBytes = std::llround(*value);
        else
            figures.diskSizeBytes = std::llround(*value);
    }
    return figures;
}

} // namespace shardhelm::monitor
