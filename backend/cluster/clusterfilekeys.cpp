// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/clusterfilekeys.h"

namespace shardhelm::cluster {

namespace {

using std::chrono::milliseconds;

constexpr qint64 second = 1000;
constexpr qint64 minute = 60 * second;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;
constexpr qint64 tebibyte = 1LL << 40;

FileKey textKey(const QString &section, const QString &name, KeyKind kind, QString ClusterFile::*field)
{
    FileKey key;
    key.section = section;
    key.name = name;
    key.kind = kind;
    key.text = [field](const ClusterFile &file) { return file.*field; };
    key.setText = [field](ClusterFile &file, const QString &value) { file.*field = value; };
    return key;
}

FileKey queryKey(const QString &name)
{
    FileKey key;
    key.section = QStringLiteral("directory.queries");
    key.name = name;
    key.text = [name](const ClusterFile &file) { return file.directoryQueries.value(name); };
    key.setText = [name](ClusterFile &file, const QString &value) { file.directoryQueries.insert(name, value); };
    return key;
}

FileKey environmentKey()
{
    FileKey key;
    key.section = QStringLiteral("cluster");
    key.name = QStringLiteral("environment");
    key.kind = KeyKind::Word;
    for (const Environment value : {Environment::Production, Environment::Staging, Environment::Development})
        key.choices.append(wordOf(value));
    key.text = [](const ClusterFile &file) { return wordOf(file.environment); };
    key.setText = [](ClusterFile &file, const QString &value) {
        file.environment = fromWord<Environment>(value).value_or(Environment::Production);
    };
    return key;
}

FileKey scratchKey()
{
    FileKey key;
    key.section = QStringLiteral("workbench");
    key.name = QStringLiteral("scratch");
    key.kind = KeyKind::ScratchPlace;
    key.text = [](const ClusterFile &file) { return file.workbench.scratch; };
    key.setText = [](ClusterFile &file, const QString &value) { file.workbench.scratch = value; };
    return key;
}

FileKey machineCommandKey()
{
    FileKey key;
    key.section = QStringLiteral("monitor");
    key.name = QStringLiteral("os_command");
    key.kind = KeyKind::Text;
    key.text = [](const ClusterFile &file) { return file.monitor.osCommand; };
    key.setText = [](ClusterFile &file, const QString &value) { file.monitor.osCommand = value; };
    return key;
}

/// Of the rules without a command of their own.
std::vector<FileKey> alertCommandKeys()
{
    const QString alerts = QStringLiteral("alerts");
    FileKey timeout;
    timeout.section = alerts;
    timeout.name = QStringLiteral("command_timeout");
    timeout.kind = KeyKind::Duration;
    timeout.minimum = 100;
    timeout.maximum = hour;
    timeout.bareUnit = second;
    timeout.number = [](const ClusterFile &file) -> qint64 { return file.alertCommandTimeout.count(); };
    timeout.setNumber = [](ClusterFile &file, qint64 value) { file.alertCommandTimeout = milliseconds(value); };
    return {textKey(alerts, QStringLiteral("command"), KeyKind::Text, &ClusterFile::alertCommand), timeout};
}

FileKey hoursKey()
{
    FileKey key;
    key.section = QStringLiteral("moves");
    key.name = QStringLiteral("hours");
    key.kind = KeyKind::Hours;
    key.text = [](const ClusterFile &file) { return file.moves.hours; };
    key.setText = [](ClusterFile &file, const QString &value) { file.moves.hours = value; };
    return key;
}

/// A key whose field is a duration, a size or a count inside one of the file's sections.
template <typename Section, typename Value>
FileKey numberKey(const QString &section, const QString &name, KeyKind kind, Section ClusterFile::*part,
                  Value Section::*field, qint64 minimum, qint64 maximum, qint64 bareUnit = 1)
{
    FileKey key;
    key.section = section;
    key.name = name;
    key.kind = kind;
    key.minimum = minimum;
    key.maximum = maximum;
    key.bareUnit = bareUnit;
    if constexpr (!std::is_integral_v<Value>)
        key.step = std::chrono::duration_cast<milliseconds>(Value(1)).count();
    key.number = [part, field](const ClusterFile &file) -> qint64 {
        if constexpr (std::is_integral_v<Value>)
            return file.*part.*field;
        else
            return std::chrono::duration_cast<milliseconds>(file.*part.*field).count();
    };
    key.setNumber = [part, field](ClusterFile &file, qint64 value) {
        if constexpr (std::is_integral_v<Value>)
            file.*part.*field = static_cast<Value>(value);
        else
            file.*part.*field = std::chrono::duration_cast<Value>(milliseconds(value));
    };
    return key;
}

std::vector<FileKey> makeKeys()
{
    using File = ClusterFile;
    const QString cluster = QStringLiteral("cluster");
    const QString directory = QStringLiteral("directory");
    const QString monitor = QStringLiteral("monitor");
    const QString workbench = QStringLiteral("workbench");
    const QString moves = QStringLiteral("moves");
    const std::vector<FileKey> alertKeys = alertCommandKeys();
    return {
        textKey(cluster, QStringLiteral("name"), KeyKind::Text, &File::name),
        environmentKey(),
        textKey(cluster, QStringLiteral("color"), KeyKind::Color, &File::color),
        textKey(directory, QStringLiteral("conninfo"), KeyKind::Conninfo, &File::directoryConninfo),
        textKey(directory, QStringLiteral("service"), KeyKind::Text, &File::directoryService),
        queryKey(QStringLiteral("instances")),
        queryKey(QStringLiteral("map")),
        queryKey(QStringLiteral("pins")),
        queryKey(QStringLiteral("tables")),
        queryKey(QStringLiteral("epoch")),
        queryKey(QStringLiteral("flip")),
        numberKey(monitor, QStringLiteral("interval"), KeyKind::Duration, &File::monitor, &File::Monitor::interval, 100,
                  hour, second),
        numberKey(monitor, QStringLiteral("timeout"), KeyKind::Duration, &File::monitor, &File::Monitor::timeout, 50,
                  5 * minute, second),
        numberKey(monitor, QStringLiteral("history"), KeyKind::Duration, &File::monitor, &File::Monitor::history,
                  minute, 7 * day, second),
        machineCommandKey(),
        numberKey(monitor, QStringLiteral("os_command_timeout"), KeyKind::Duration, &File::monitor,
                  &File::Monitor::osCommandTimeout, 100, 5 * minute, second),
        numberKey(monitor, QStringLiteral("recording_hours"), KeyKind::Integer, &File::monitor,
                  &File::Monitor::recordingHours, 0, 720),
        numberKey(monitor, QStringLiteral("recording_size"), KeyKind::Size, &File::monitor,
                  &File::Monitor::recordingSize, 16LL << 20, tebibyte),
        alertKeys[0],
        alertKeys[1],
        numberKey(workbench, QStringLiteral("shard_timeout"), KeyKind::Duration, &File::workbench,
                  &File::Workbench::shardTimeout, 10, day, second),
        numberKey(workbench, QStringLiteral("row_limit"), KeyKind::Integer, &File::workbench,
                  &File::Workbench::rowLimit, 1, 1000000000),
        scratchKey(),
        numberKey(moves, QStringLiteral("parallel"), KeyKind::Integer, &File::moves, &File::Moves::parallel, 1, 64),
        numberKey(moves, QStringLiteral("pause_budget"), KeyKind::Duration, &File::moves, &File::Moves::pauseBudget, 10,
                  minute),
        numberKey(moves, QStringLiteral("safety_window"), KeyKind::Duration, &File::moves, &File::Moves::safetyWindow,
                  0, 90 * day, second),
        numberKey(moves, QStringLiteral("copy_rate"), KeyKind::Size, &File::moves, &File::Moves::copyRate, 0, tebibyte),
        hoursKey(),
        textKey(QStringLiteral("routing"), QStringLiteral("lookup"), KeyKind::Text, &File::routingLookup),
    };
}

} // namespace

const std::vector<FileKey> &fileKeys()
{
    static const std::vector<FileKey> keys = makeKeys();
    return keys;
}

QStringList fileSections()
{
    return {QStringLiteral("cluster"), QStringLiteral("directory"), QStringLiteral("directory.queries"),
            QStringLiteral("monitor"), QStringLiteral("alerts"),    QStringLiteral("workbench"),
            QStringLiteral("moves"),   QStringLiteral("routing"),   QStringLiteral("locate")};
}

} // namespace shardhelm::cluster
