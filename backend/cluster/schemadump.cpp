// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/schemadump.h"

#include "core/process.h"
#include "pg/conninfo.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>

namespace shardhelm::cluster {

namespace {

/// pg_dump of the newest version in Debian's folders, else the one of $PATH; empty when there is none.
QString dumpProgram()
{
    const QDir versions(QStringLiteral("/usr/lib/postgresql"));
    double newest = 0;
    QString best;
    const QStringList folders = versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &folder : folders) {
        const QString path = versions.filePath(folder + QStringLiteral("/bin/pg_dump"));
        if (folder.toDouble() > newest && QFileInfo(path).isExecutable()) {
            newest = folder.toDouble();
            best = path;
        }
    }
    return best.isEmpty() ? QStandardPaths::findExecutable(QStringLiteral("pg_dump")) : best;
}

/// libpq finds passwords, services and certificates through these.
QStringList libpqSettings()
{
    QStringList settings{QStringLiteral("HOME=") + QDir::homePath(),
                         QStringLiteral("PGAPPNAME=shardhelm/instance add")};
    for (const char *name : {"PGPASSFILE", "PGSERVICEFILE", "PGSYSCONFDIR", "PGSERVICE", "PGUSER", "PGPASSWORD",
                             "PGHOST", "PGPORT", "PGSSLMODE", "PGSSLROOTCERT", "PGSSLCERT", "PGSSLKEY", "PGGSSENCMODE",
                             "PGCHANNELBINDING", "KRB5CCNAME", "USER"}) {
        if (qEnvironmentVariableIsSet(name))
            settings.append(QLatin1StringView(name) + u'=' + qEnvironmentVariable(name));
    }
    return settings;
}

bool wantsPassword(const ProgramOutput &output)
{
    return output.exitCode != 0
        && (output.err.contains("no password supplied") || output.err.contains("password authentication failed"));
}

Result<QString> askPassword(const SchemaDumpRequest &request, const Wait &wait)
{
    const auto conninfo = pg::Conninfo::parse(request.conninfo);
    if (!conninfo)
        return Failure(conninfo.error());
    const auto value = [&conninfo](const char *keyword) { return conninfo->value(QLatin1StringView(keyword)); };
    return request.passwords->password(
        {request.name, value("user"), value("host"), value("port"), value("dbname"), false}, wait);
}

Result<QByteArray> runDump(const SchemaDumpRequest &request, const QString &section, const Wait &wait)
{
    Program program;
    program.path = dumpProgram();
    if (program.path.isEmpty())
        return fail(ErrorCode::ProgramMissing, QStringLiteral("pg_dump"));
    program.settings = libpqSettings();
    program.arguments = {QStringLiteral("--schema-only"),
                         QStringLiteral("--section=") + section,
                         QStringLiteral("--snapshot=") + request.snapshot,
                         QStringLiteral("--no-publications"),
                         QStringLiteral("--no-subscriptions"),
                         QStringLiteral("--no-tablespaces"),
                         QStringLiteral("--no-password"),
                         QStringLiteral("--lock-wait-timeout=%1").arg(wait.remaining().count()),
                         QStringLiteral("--exclude-schema=") + exactPattern(QStringLiteral("shardhelm"))};
    for (const QString &schema : request.excludedSchemas)
        program.arguments.append(QStringLiteral("--exclude-schema=") + exactPattern(schema));
    for (const QString &table : request.excludedTables)
        program.arguments.append(QStringLiteral("--exclude-table=") + table);
    program.arguments.append(QStringLiteral("--dbname=") + request.conninfo);
    auto output = runProgram(program, wait);
    if (output && wantsPassword(*output) && request.passwords) {
        const auto password = askPassword(request, wait);
        if (!password)
            return Failure(password.error());
        program.settings.append(QStringLiteral("PGPASSWORD=") + *password);
        output = runProgram(program, wait);
    }
    if (!output)
        return Failure(output.error());
    if (output->exitCode != 0)
        return fail(ErrorCode::ProgramFailed, QStringLiteral("pg_dump"),
                    pg::redacted(QString::fromUtf8(output->err).trimmed().right(1000)));
    return plainScript(output->out);
}

} // namespace

QString exactPattern(const QString &schema, const QString &table)
{
    const auto quoted = [](QString name) -> QString {
        return u'"' + name.replace(u'"', QLatin1StringView("\"\"")) + u'"';
    };
    return table.isEmpty() ? quoted(schema) : QString(quoted(schema) + u'.' + quoted(table));
}

QByteArray plainScript(const QByteArray &dump)
{
    QString script = QString::fromUtf8(dump);
    // Newer minor versions fence their output with \restrict TOKEN … \unrestrict TOKEN, which only psql knows.
    static const QRegularExpression restricted(QStringLiteral("^\\\\restrict ([A-Za-z0-9]+)$"),
                                               QRegularExpression::MultilineOption);
    if (const auto match = restricted.match(script); match.hasMatch()) {
        script.remove(match.captured(0) + u'\n');
        script.remove(QStringLiteral("\\unrestrict ") + match.captured(1) + u'\n');
    }
    static const QRegularExpression ours(
        QStringLiteral("^(CREATE TRIGGER shardhelm_|ALTER TABLE [^;]* TRIGGER shardhelm_)"
                       ".*?;$\\n?"),
        QRegularExpression::MultilineOption | QRegularExpression::DotMatchesEverythingOption);
    script.remove(ours);
    return script.toUtf8();
}

Result<SchemaDump> dumpSchema(const SchemaDumpRequest &request, const Wait &wait)
{
    const auto before = runDump(request, QStringLiteral("pre-data"), wait);
    if (!before)
        return Failure(before.error());
    const auto after = runDump(request, QStringLiteral("post-data"), wait);
    if (!after)
        return Failure(after.error());
    return SchemaDump{*before, *after};
}

} // namespace shardhelm::cluster
