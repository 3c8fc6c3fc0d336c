// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>
#include <QVariant>
#include <QVariantList>

#include <functional>
#include <memory>

namespace shardhelm::monitor::recording {

/// The answer of a statement, read forwards. Gone before its database.
class SqliteRows
{
public:
    SqliteRows(SqliteRows &&other) noexcept;
    SqliteRows &operator=(SqliteRows &&other) noexcept;
    SqliteRows(const SqliteRows &) = delete;
    SqliteRows &operator=(const SqliteRows &) = delete;
    ~SqliteRows();

    /// Goes to the next row; false behind the last one and after an error (Database::ended()).
    [[nodiscard]] bool next();
    [[nodiscard]] QVariant value(int column) const;

private:
    friend class Database;
    struct Private;
    explicit SqliteRows(std::unique_ptr<Private> rows);
    std::unique_ptr<Private> d;
};

/// A connection to one SQLite file. Opened, used and closed on one thread; moves with the thread's objects only.
class Database
{
public:
    enum class Access {
        Read, ///< nothing is changed, not even beside the file
        Write, ///< the file is there
        Create, ///< the file is made when it is not there
    };

    /// Opens the file. Waits up to `busyMs` whenever another process writes to it. FileMissing, FileUnreadable,
    /// FileIsNone, FileUnwritable, RecordingUnfit (no SQLite file), RecordingInUse, DiskFull, SqliteMissing.
    static Result<Database> open(const QString &path, Access access, int busyMs = 5000);

    Database(Database &&other) noexcept = default;
    Database &operator=(Database &&other) noexcept = default;
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;
    ~Database() = default;

    [[nodiscard]] const QString &path() const { return m_connection->path; }

    /// Runs one statement with its parameters; errors as open(), and RecordingDamaged.
    Result<SqliteRows> run(const QString &sql, const QVariantList &parameters = {}) const;
    /// Runs statements separated by semicolons at line ends, comments left out.
    Result<void> script(const QByteArray &sql) const;
    /// The first column of the first row as a number; 0 without rows.
    Result<qint64> number(const QString &sql, const QVariantList &parameters = {}) const;
    /// Runs `work` in one transaction, which is rolled back when it fails.
    Result<void> transaction(const std::function<Result<void>()> &work) const;
    /// The error that reading rows ended with; nothing when they were read to their end.
    [[nodiscard]] Result<void> ended(const SqliteRows &rows) const;

private:
    struct Connection
    {
        QString name;
        QString path;
        ~Connection();
    };

    explicit Database(std::unique_ptr<Connection> connection)
        : m_connection(std::move(connection))
    {
    }

    std::unique_ptr<Connection> m_connection;
};

} // namespace shardhelm::monitor::recording
