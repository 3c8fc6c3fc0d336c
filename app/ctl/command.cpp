// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"

#include "cluster/clusterfile.h"
#include "wording/errors.h"

#include <QJsonDocument>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include <unistd.h>

namespace shardhelm::ctl {

namespace {

void write(std::FILE *stream, const QByteArray &bytes)
{
    // A failed write stays recorded in the stream; main() reports it at the end.
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stream);
    std::fflush(stream);
}

void writeError(const QString &line)
{
    write(stderr, line.toUtf8() + '\n');
}

QJsonObject envelope(const QJsonValue &data, bool complete, const QStringList &warnings)
{
    return {{QStringLiteral("version"), 1},
            {QStringLiteral("complete"), complete},
            {QStringLiteral("warnings"), QJsonArray::fromStringList(warnings)},
            {QStringLiteral("data"), data}};
}

/// An option as it is written on the command line.
QString written(const QString &option)
{
    return (option.size() == 1 ? QStringLiteral("-") : QStringLiteral("--")) + option;
}

} // namespace

Exit worse(Exit a, Exit b)
{
    static constexpr std::array precedence{Exit::Usage,       Exit::Refused, Exit::Failed,
                                           Exit::Differences, Exit::Partial, Exit::Done};
    for (const Exit candidate : precedence) {
        if (a == candidate || b == candidate)
            return candidate;
    }
    return Exit::Failed;
}

Exit exitOf(const Error &error)
{
    switch (error.code) {
    case ErrorCode::ConninfoBad:
    case ErrorCode::UsageBad:
    case ErrorCode::FileMissing:
    case ErrorCode::FileUnreadable:
    case ErrorCode::FileIsNone:
    case ErrorCode::FileTooLarge:
    case ErrorCode::FileSyntax:
    case ErrorCode::RecordingUnfit:
    case ErrorCode::RecordingVersion:
    case ErrorCode::RecordingEmpty:
    case ErrorCode::KeyUnknown:
    case ErrorCode::KeyMissing:
    case ErrorCode::ValueBad:
    case ErrorCode::InstanceUnknown:
    case ErrorCode::ShardUnknown:
    case ErrorCode::TableUnknown:
    case ErrorCode::KeyValueBad:
    case ErrorCode::LookupUnknown:
        return Exit::Usage;
    case ErrorCode::DirectoryExists:
    case ErrorCode::DirectoryIsForeign:
    case ErrorCode::MapChanged:
    case ErrorCode::InstanceDuplicate:
    case ErrorCode::InstanceInUse:
    case ErrorCode::InstanceIsAnother:
    case ErrorCode::ShardBusy:
    case ErrorCode::TableUnfit:
    case ErrorCode::RoutingBad:
    case ErrorCode::RoutingHasNoPredicate:
    case ErrorCode::Refused:
    case ErrorCode::FileExists:
    case ErrorCode::RecordingShown:
    case ErrorCode::FolderNotOurs:
    case ErrorCode::DemoDiffers:
    case ErrorCode::LedgerInUse:
    case ErrorCode::ProductionCluster:
        return Exit::Refused;
    case ErrorCode::Internal:
    case ErrorCode::HostUnknown:
    case ErrorCode::ConnectionRefused:
    case ErrorCode::ConnectTimedOut:
    case ErrorCode::ConnectionLost:
    case ErrorCode::ConnectFailed:
    case ErrorCode::PasswordMissing:
    case ErrorCode::PasswordRejected:
    case ErrorCode::LoginRefused:
    case ErrorCode::TlsFailed:
    case ErrorCode::DatabaseMissing:
    case ErrorCode::TooManyConnections:
    case ErrorCode::ServerNotReady:
    case ErrorCode::NoSuitableHost:
    case ErrorCode::ServerTooOld:
    case ErrorCode::ReplicationSetupFailed:
    case ErrorCode::ReplicationStopped:
    case ErrorCode::RoleUnexpected:
    case ErrorCode::StatementFailed:
    case ErrorCode::TimedOut:
    case ErrorCode::Cancelled:
    case ErrorCode::NotPermitted:
    case ErrorCode::ReadOnlyServer:
    case ErrorCode::AnswerUnexpected:
    case ErrorCode::FileUnwritable:
    case ErrorCode::SqliteMissing:
    case ErrorCode::RecordingDamaged:
    case ErrorCode::RecordingInUse:
    case ErrorCode::DiskFull:
    case ErrorCode::ProgramMissing:
    case ErrorCode::ProgramFailed:
    case ErrorCode::DirectoryMissing:
    case ErrorCode::DirectoryTooOld:
    case ErrorCode::DirectoryTooNew:
    case ErrorCode::DirectoryInconsistent:
    case ErrorCode::FolderClosed:
    case ErrorCode::DemoMissing:
    case ErrorCode::DemoNotRunning:
    case ErrorCode::PortTaken:
    case ErrorCode::LedgerBad:
        return Exit::Failed;
    }
    return Exit::Failed;
}

QStringList Invocation::values(const QString &option) const
{
    // QMultiMap hands out the values of one key latest first.
    QStringList result = options.values(option);
    std::reverse(result.begin(), result.end());
    return result;
}

Result<qint64> Invocation::number(const QString &option, qint64 minimum, qint64 maximum) const
{
    bool isNumber = false;
    const qint64 number = value(option).toLongLong(&isNumber);
    if (!isNumber || number < minimum || number > maximum) {
        const QString range = Text::tr("a whole number from %1 to %2");
        return shardhelm::fail(ErrorCode::UsageBad, written(option), value(option),
                               {range.arg(QString::number(minimum), QString::number(maximum))});
    }
    return number;
}

Result<Milliseconds> Invocation::seconds(const QString &option, Milliseconds minimum, Milliseconds maximum) const
{
    using Seconds = std::chrono::duration<double>;
    bool isNumber = false;
    const Seconds seconds(value(option).toDouble(&isNumber));
    // Compared as doubles: a huge number must not overflow on its way to milliseconds.
    if (!isNumber || !std::isfinite(seconds.count()) || seconds < Seconds(minimum) || seconds > Seconds(maximum)) {
        const QString range = Text::tr("seconds from %1 to %2");
        return shardhelm::fail(
            ErrorCode::UsageBad, written(option), value(option),
            {range.arg(QString::number(Seconds(minimum).count()), QString::number(Seconds(maximum).count()))});
    }
    return std::chrono::round<Milliseconds>(seconds);
}

QString Invocation::clusterFilePath() const
{
    return has(QStringLiteral("cluster")) ? value(QStringLiteral("cluster")) : cluster::defaultClusterFilePath();
}

Wait Invocation::wait(Milliseconds timeout) const
{
    return Wait::forDuration(timeout, stop);
}

void Invocation::print(const Table &table, bool complete, const QStringList &warnings) const
{
    print(table.toJson(), table, complete, warnings);
}

void Invocation::print(const QJsonValue &data, const Table &table, bool complete, const QStringList &warnings) const
{
    const QString format = value(QStringLiteral("format"));
    if (format == QLatin1StringView("json")) {
        write(stdout, QJsonDocument(envelope(data, complete, warnings)).toJson(QJsonDocument::Indented));
        return;
    }
    if (format == QLatin1StringView("csv"))
        write(stdout, table.toCsv());
    else if (format == QLatin1StringView("tsv"))
        write(stdout, table.toTsv());
    else
        write(stdout, table.toText());
    // Outside the envelope a reader learns of gaps on stderr only.
    for (const QString &warning : warnings)
        say(Text::tr("Warning: %1").arg(warning));
}

void Invocation::printLine(const QJsonValue &data, bool complete, const QStringList &warnings) const
{
    write(stdout, QJsonDocument(envelope(data, complete, warnings)).toJson(QJsonDocument::Compact) + '\n');
}

void Invocation::say(const QString &sentence) const
{
    if (!quiet())
        writeError(sentence);
}

void Invocation::progress(const QString &sentence) const
{
    if (::isatty(STDERR_FILENO) == 1)
        say(sentence);
}

Exit Invocation::fail(const Error &error) const
{
    writeError(QStringLiteral("shardhelmctl: ") + wording::sentence(error));
    for (const QString &line : {wording::advice(error), wording::technical(error)}) {
        if (!line.isEmpty())
            writeError(line);
    }
    return exitOf(error);
}

} // namespace shardhelm::ctl
