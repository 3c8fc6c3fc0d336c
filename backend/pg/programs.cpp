// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/programs.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include <unistd.h>

namespace shardhelm::pg {

namespace {

constexpr Milliseconds versionTimeout(5000);

bool hasServerPrograms(const QString &folder)
{
    for (const auto *name : {"initdb", "postgres", "pg_basebackup", "pg_receivewal"}) {
        if (!QFileInfo(folder + u'/' + QLatin1StringView(name)).isExecutable())
            return false;
    }
    return true;
}

/// Major version of the programs in `folder`, 0 when they cannot be asked.
int majorOf(const QString &folder)
{
    const auto answer = runProgram({folder + QStringLiteral("/postgres"), {QStringLiteral("--version")}},
                                   Wait::forDuration(versionTimeout));
    if (!answer || answer->exitCode != 0)
        return 0;
    static const QRegularExpression number(QStringLiteral("\\) (\\d+)"));
    return number.match(QString::fromUtf8(answer->out)).captured(1).toInt();
}

/// Folders outside Debian's layout.
QStringList otherFolders()
{
    QStringList folders;
    const QStringList path = qEnvironmentVariable("PATH").split(u':', Qt::SkipEmptyParts);
    for (const QString &folder : path) {
        const QString config = folder + QStringLiteral("/pg_config");
        if (QFileInfo(config).isExecutable()) {
            const auto answer = runProgram({config, {QStringLiteral("--bindir")}}, Wait::forDuration(versionTimeout));
            if (answer && answer->exitCode == 0)
                folders += QString::fromUtf8(answer->out).trimmed();
        }
        folders += folder;
    }
    folders.removeDuplicates();
    return folders;
}

} // namespace

Result<QString> serverProgramFolder(std::optional<int> major)
{
    int best = 0;
    QString bestFolder;
    const auto consider = [&](int version, const QString &folder) {
        if (version >= oldestMajor && version > best && (!major || *major == version)) {
            best = version;
            bestFolder = folder;
        }
    };
    const QDir debian(QStringLiteral("/usr/lib/postgresql"));
    const QStringList versions = debian.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &version : versions) {
        const QString folder = debian.filePath(version + QStringLiteral("/bin"));
        if (hasServerPrograms(folder))
            consider(version.toInt(), folder);
    }
    // Only then, because each of these has to be started to learn its version.
    if (best == 0) {
        const QStringList others = otherFolders();
        for (const QString &folder : others) {
            if (hasServerPrograms(folder))
                consider(majorOf(folder), folder);
        }
    }
    if (best == 0)
        return fail(ErrorCode::ProgramMissing, QStringLiteral("initdb"), {},
                    {QStringLiteral("PostgreSQL %1").arg(major.value_or(oldestMajor))});
    return bestFolder;
}

Result<std::optional<SystemUser>> serverUser()
{
    if (geteuid() != 0)
        return std::nullopt;
    for (const auto &name : {QStringLiteral("postgres"), QStringLiteral("nobody")}) {
        if (const auto user = SystemUser::named(name))
            return user;
    }
    return fail(ErrorCode::ProgramFailed, QStringLiteral("postgres"), QStringLiteral("root"),
                {QStringLiteral("postgres"), QStringLiteral("nobody")});
}

Error programError(const QString &subject, const QByteArray &output)
{
    const QString text = QString::fromUtf8(output).trimmed();
    ErrorCode code = ErrorCode::ProgramFailed;
    if (text.contains(QStringLiteral("No space left on device")) || text.contains(QStringLiteral("quota exceeded")))
        code = ErrorCode::DiskFull;
    else if (text.contains(QStringLiteral("Address already in use")))
        code = ErrorCode::PortTaken;
    constexpr int linesKept = 3;
    const QStringList lines = text.split(u'\n', Qt::SkipEmptyParts);
    return {code, subject, lines.mid(std::max<qsizetype>(0, lines.size() - linesKept)).join(u'\n'), {}, 0, {}};
}

Result<QByteArray> runServerProgram(const QString &path, const QStringList &arguments, const Wait &wait)
{
    const auto user = serverUser();
    if (!user)
        return Failure(user.error());
    const auto output = runProgram({path, arguments, QStringLiteral("/"), *user}, wait);
    if (!output)
        return Failure(output.error());
    if (output->exitCode != 0)
        return Failure(programError(QFileInfo(path).fileName(), output->err));
    return output->out;
}

} // namespace shardhelm::pg
