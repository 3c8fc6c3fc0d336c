// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/recording/database.h"

#include <QFile>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>

namespace shardhelm::monitor::recording {

namespace {

const QByteArray magic = QByteArrayLiteral("SQLite format 3");

/// SQLite's primary result codes, of which extended ones are the low byte.
enum class Code {
    Permission = 3,
    Busy = 5,
    Locked = 6,
    ReadOnly = 8,
    InputOutput = 10,
    Corrupt = 11,
    Full = 13,
    CannotOpen = 14,
    NotADatabase = 26,
};

Error errorOf(const QString &path, const QSqlError &error)
{
    const auto with = [&](ErrorCode code) { return Error{code, path, error.databaseText(), {}, 0, std::nullopt}; };
    const int code = error.nativeErrorCode().toInt();
    // SQLITE_IOERR_READ and SQLITE_IOERR_SHORT_READ.
    const bool isRead = code >> 8 == 1 || code >> 8 == 2;
    switch (static_cast<Code>(code & 0xff)) {
    case Code::Busy:
    case Code::Locked:
        return with(ErrorCode::RecordingInUse);
    case Code::Permission:
    case Code::ReadOnly:
    case Code::CannotOpen:
        return with(ErrorCode::FileUnwritable);
    case Code::Full:
        return with(ErrorCode::DiskFull);
    case Code::NotADatabase:
        return with(ErrorCode::RecordingUnfit);
    case Code::InputOutput:
        return with(isRead ? ErrorCode::FileUnreadable : ErrorCode::FileUnwritable);
    case Code::Corrupt:
        break;
    }
    // Whatever else a statement of ours meets in a file: the file is not what it says it is.
    return with(ErrorCode::RecordingDamaged);
}

/// What is plainly no database is told before SQLite waits for it, locks it or makes one of it.
Result<void> look(const QString &path, Database::Access access)
{
    const QFileInfo info(path);
    if (!info.exists()) {
        if (access == Database::Access::Create)
            return {};
        return fail(ErrorCode::FileMissing, path);
    }
    if (!info.isFile())
        return fail(ErrorCode::FileIsNone, path);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::FileUnreadable, path, file.errorString());
    const QByteArray head = file.read(magic.size());
    // SQLite itself leaves an empty file where it was stopped before the first write.
    if (head != magic && !(head.isEmpty() && access != Database::Access::Read))
        return fail(ErrorCode::RecordingUnfit, path);
    return {};
}

} // namespace

struct SqliteRows::Private
{
    QSqlQuery query;
};

SqliteRows::SqliteRows(std::unique_ptr<Private> rows)
    : d(std::move(rows))
{
}

SqliteRows::SqliteRows(SqliteRows &&other) noexcept = default;
SqliteRows &SqliteRows::operator=(SqliteRows &&other) noexcept = default;
SqliteRows::~SqliteRows() = default;

bool SqliteRows::next()
{
    return d->query.next();
}

QVariant SqliteRows::value(int column) const
{
    return d->query.value(column);
}

Database::Connection::~Connection()
{
    QSqlDatabase::removeDatabase(name);
}

Result<Database> Database::open(const QString &path, Access access, int busyMs)
{
    if (const auto seen = look(path, access); !seen)
        return Failure(seen.error());
    if (!QSqlDatabase::isDriverAvailable(QStringLiteral("QSQLITE")))
        return fail(ErrorCode::SqliteMissing, path);
    auto connection = std::make_unique<Connection>();
    connection->name = QStringLiteral("recording-") + QUuid::createUuid().toString(QUuid::WithoutBraces);
    connection->path = path;
    Database database(std::move(connection));
    QSqlDatabase handle = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), database.m_connection->name);
    QStringList options{QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(busyMs)};
    if (access == Access::Read)
        options += QStringLiteral("QSQLITE_OPEN_READONLY");
    handle.setConnectOptions(options.join(u';'));
    handle.setDatabaseName(path);
    if (!handle.open())
        return Failure(errorOf(path, handle.lastError()));
    // A file from elsewhere must not run functions through its schema, and its figures are worth a check.
    for (const char *pragma : {"PRAGMA trusted_schema = OFF", "PRAGMA cell_size_check = ON"}) {
        if (const auto set = database.run(QString::fromLatin1(pragma)); !set)
            return Failure(set.error());
    }
    return database;
}

Result<SqliteRows> Database::run(const QString &sql, const QVariantList &parameters) const
{
    QSqlQuery query(QSqlDatabase::database(m_connection->name, false));
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        return Failure(errorOf(path(), query.lastError()));
    for (const QVariant &parameter : parameters)
        query.addBindValue(parameter);
    if (!query.exec())
        return Failure(errorOf(path(), query.lastError()));
    return SqliteRows(std::make_unique<SqliteRows::Private>(SqliteRows::Private{std::move(query)}));
}

Result<void> Database::script(const QByteArray &sql) const
{
    QString statement;
    const QStringList lines = QString::fromUtf8(sql).split(u'\n');
    for (const QString &line : lines) {
        if (line.trimmed().startsWith(QLatin1StringView("--")))
            continue;
        statement += line + u'\n';
        if (!line.trimmed().endsWith(u';'))
            continue;
        if (const auto done = run(statement); !done)
            return Failure(done.error());
        statement.clear();
    }
    return {};
}

Result<qint64> Database::number(const QString &sql, const QVariantList &parameters) const
{
    auto query = run(sql, parameters);
    if (!query)
        return Failure(query.error());
    if (query->next())
        return query->value(0).toLongLong();
    if (const auto end = ended(*query); !end)
        return Failure(end.error());
    return 0;
}

Result<void> Database::transaction(const std::function<Result<void>()> &work) const
{
    // Immediate: a transaction that reads first and writes then could not wait for another writer.
    if (const auto begun = run(QStringLiteral("BEGIN IMMEDIATE")); !begun)
        return Failure(begun.error());
    auto done = work();
    if (done) {
        if (const auto committed = run(QStringLiteral("COMMIT")); !committed)
            done = Failure(committed.error());
    }
    if (!done) {
        // SQLite has rolled back by itself after some errors; then this one does nothing.
        (void)run(QStringLiteral("ROLLBACK"));
    }
    return done;
}

Result<void> Database::ended(const SqliteRows &rows) const
{
    const QSqlError error = rows.d->query.lastError();
    if (error.isValid())
        return Failure(errorOf(path(), error));
    return {};
}

} // namespace shardhelm::monitor::recording
