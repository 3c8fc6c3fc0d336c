// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>
#include <QStringList>

#include <optional>

namespace shardhelm {

/// What went wrong. One value per sentence a user may read; models/wording turns it into that sentence.
enum class ErrorCode {
    Internal,
    // Reaching a server.
    ConninfoBad,
    HostUnknown,
    ConnectionRefused,
    ConnectTimedOut,
    ConnectionLost,
    ConnectFailed,
    PasswordMissing,
    PasswordRejected,
    LoginRefused,
    TlsFailed,
    DatabaseMissing,
    TooManyConnections,
    ServerNotReady,
    NoSuitableHost,
    ServerTooOld,
    ReplicationSetupFailed,
    ReplicationStopped,
    RoleUnexpected,
    // Running a statement.
    StatementFailed,
    TimedOut,
    Cancelled,
    NotPermitted,
    ReadOnlyServer,
    AnswerUnexpected,
    // Files, programs, options.
    UsageBad,
    FileMissing,
    FileUnreadable,
    FileIsNone, ///< a folder or a device in place of a file
    FileTooLarge, ///< found: its bytes, expected: the most bytes
    FileExists,
    FileUnwritable,
    FileSyntax,
    KeyUnknown,
    KeyMissing,
    ValueBad,
    DiskFull,
    ProgramMissing,
    ProgramFailed,
    // The directory.
    DirectoryMissing,
    DirectoryExists,
    DirectoryTooOld,
    DirectoryTooNew,
    DirectoryIsForeign,
    DirectoryInconsistent,
    MapChanged,
    InstanceUnknown,
    InstanceDuplicate,
    InstanceInUse,
    InstanceIsAnother,
    ShardUnknown,
    ShardBusy,
    TableUnknown,
    TableUnfit,
    KeyValueBad,
    RoutingBad,
    RoutingHasNoPredicate,
    LookupUnknown,
    Refused,
    // Recordings.
    SqliteMissing,
    RecordingUnfit, ///< no recording at all
    RecordingVersion, ///< found: its version, expected: ours
    RecordingDamaged,
    RecordingInUse,
    RecordingEmpty, ///< found: the span asked for; expected: what there is
    RecordingShown, ///< what is shown is a recording: nothing can be asked or done
    // The demo cluster.
    FolderNotOurs,
    FolderClosed,
    DemoDiffers,
    DemoMissing,
    DemoNotRunning,
    PortTaken,
    LedgerBad,
    LedgerInUse,
    ProductionCluster,
};

/// What PostgreSQL or libpq said about a failed call.
struct DbError
{
    QString sqlstate; ///< five characters, empty when libpq failed before or without the server
    QString message; ///< the server's primary message, redacted
    QString detail;
    QString hint;
    QString query; ///< the statement, redacted and cut to 500 characters
    int position = 0; ///< 1-based character position of the error in the statement, 0 when unknown
    bool connectionUsable = false; ///< whether the connection can run another statement
    bool timedOut = false;
    bool cancelled = false;

    bool operator==(const DbError &) const = default;
};

/// A failure as a value: facts only, no sentence. Copyable, crosses threads and layers.
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    QString subject; ///< what it is about: instance, file, table, option, key
    QString found; ///< the fact found there: a value, the text of the operating system or of another program
    QStringList expected; ///< what would have been right, when that can be listed
    int line = 0; ///< 1-based line when `subject` is a text file, else 0
    std::optional<DbError> db; ///< set when a server or libpq took part

    bool operator==(const Error &) const = default;
    [[nodiscard]] bool isTimeout() const { return code == ErrorCode::TimedOut || code == ErrorCode::ConnectTimedOut; }
    [[nodiscard]] bool isCancel() const { return code == ErrorCode::Cancelled; }
    /// SQLSTATE of the server, or empty.
    [[nodiscard]] QString sqlstate() const { return db ? db->sqlstate : QString(); }
    /// Whether the connection that failed can be used again; true when none was involved.
    [[nodiscard]] bool connectionUsable() const { return !db || db->connectionUsable; }
};

} // namespace shardhelm

Q_DECLARE_METATYPE(shardhelm::Error)
