// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/recording/recordingfile.h"

#include "core/sqltext.h"

#include <QCborValue>
#include <QCoreApplication>
#include <QtEndian>

namespace shardhelm::monitor::recording {

namespace {

/// "SHLM" as the number that marks our files in their head.
constexpr qint64 applicationId = 0x53484c4d;
/// Content shorter than this is stored as it is.
constexpr qsizetype worthPacking = 256;
constexpr quint32 mostFactBytes = 64U << 20;
enum class Packing : char { None = 0, Deflated = 1 };

Result<void> make(const Database &database, const About &about)
{
    return database.transaction([&]() -> Result<void> {
        // Another process may have made it between our look and our lock.
        const auto made = database.number(QStringLiteral("PRAGMA application_id"));
        if (!made)
            return Failure(made.error());
        if (*made == applicationId)
            return {};
        if (auto done = database.script(sqlText("recording/v1")); !done)
            return done;
        const std::vector<std::pair<QString, QString>> values{
            {QStringLiteral("cluster"), about.cluster},
            {QStringLiteral("environment"), about.environment},
            {QStringLiteral("interval_ms"), QString::number(about.intervalMs)},
            {QStringLiteral("program"), QCoreApplication::applicationVersion()},
        };
        for (const auto &[name, value] : values) {
            const auto added = database.run(QStringLiteral("INSERT INTO meta (name, value) VALUES (?, ?)"),
                                            {name, value.isNull() ? QLatin1StringView("") : value});
            if (!added)
                return Failure(added.error());
        }
        for (const QString &pragma : {QStringLiteral("PRAGMA user_version = %1").arg(schemaVersion),
                                      QStringLiteral("PRAGMA application_id = %1").arg(applicationId)}) {
            if (const auto set = database.run(pragma); !set)
                return Failure(set.error());
        }
        return {};
    });
}

Result<void> check(const Database &database)
{
    const auto application = database.number(QStringLiteral("PRAGMA application_id"));
    if (!application)
        return Failure(application.error());
    if (*application != applicationId)
        return fail(ErrorCode::RecordingUnfit, database.path());
    const auto version = database.number(QStringLiteral("PRAGMA user_version"));
    if (!version)
        return Failure(version.error());
    if (*version != schemaVersion)
        return fail(ErrorCode::RecordingVersion, database.path(), QString::number(*version),
                    {QString::number(schemaVersion)});
    return {};
}

} // namespace

Result<Database> openForWriting(const QString &path, Form form, const About &about)
{
    auto database = Database::open(path, Database::Access::Create);
    if (!database)
        return database;
    const auto tables = database->number(QStringLiteral("SELECT count(*) FROM sqlite_master"));
    if (!tables)
        return Failure(tables.error());
    QStringList pragmas;
    if (*tables == 0)
        pragmas << QStringLiteral("PRAGMA auto_vacuum = INCREMENTAL");
    // A ring is read while it is written. A commit of either is in the hands of the system at once: a process that is
    // killed loses nothing of it; a computer that loses power, the last seconds.
    pragmas << (form == Form::Ring ? QStringLiteral("PRAGMA journal_mode = WAL")
                                   : QStringLiteral("PRAGMA journal_mode = DELETE"))
            << QStringLiteral("PRAGMA synchronous = NORMAL") << QStringLiteral("PRAGMA journal_size_limit = 4194304");
    for (const QString &pragma : pragmas) {
        if (const auto set = database->run(pragma); !set)
            return Failure(set.error());
    }
    if (*tables == 0) {
        if (const auto made = make(*database, about); !made)
            return Failure(made.error());
    }
    if (const auto checked = check(*database); !checked)
        return Failure(checked.error());
    return database;
}

Result<Database> openForReading(const QString &path)
{
    auto database = Database::open(path, Database::Access::Read);
    if (!database)
        return database;
    if (const auto checked = check(*database); !checked) {
        Error error = checked.error();
        // Reading a file of the right kind fails only when it is not whole.
        if (error.code == ErrorCode::FileUnwritable)
            error.code = ErrorCode::FileUnreadable;
        return Failure(error);
    }
    return database;
}

Result<About> readAbout(const Database &database)
{
    auto rows = database.run(QStringLiteral("SELECT name, value FROM meta"));
    if (!rows)
        return Failure(rows.error());
    About about;
    while (rows->next()) {
        const QString name = rows->value(0).toString();
        const QString value = rows->value(1).toString();
        if (name == QLatin1StringView("cluster"))
            about.cluster = value;
        else if (name == QLatin1StringView("environment"))
            about.environment = value;
        else if (name == QLatin1StringView("interval_ms"))
            about.intervalMs = value.toLongLong();
        else if (name == QLatin1StringView("program"))
            about.program = value;
    }
    if (const auto ended = database.ended(*rows); !ended)
        return Failure(ended.error());
    return about;
}

QByteArray packedFact(const QCborMap &content)
{
    const QByteArray plain = content.toCborValue().toCbor();
    if (plain.size() < worthPacking)
        return QByteArray(1, static_cast<char>(Packing::None)) + plain;
    return QByteArray(1, static_cast<char>(Packing::Deflated)) + qCompress(plain);
}

std::optional<QCborMap> unpackedFact(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return std::nullopt;
    QByteArray plain = bytes.sliced(1);
    if (bytes.front() == static_cast<char>(Packing::Deflated)) {
        if (plain.size() < 4 || qFromBigEndian<quint32>(plain.constData()) > mostFactBytes)
            return std::nullopt;
        plain = qUncompress(plain);
    }
    QCborParserError error;
    const QCborValue value = QCborValue::fromCbor(plain, &error);
    if (error.error != QCborError::NoError || !value.isMap())
        return std::nullopt;
    return value.toMap();
}

} // namespace shardhelm::monitor::recording
