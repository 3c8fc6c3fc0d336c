// SPDX-License-Identifier: GPL-3.0-or-later
#include "wording/errors.h"

#include "format/units.h"
#include "pg/conninfo.h"

#include <QCoreApplication>

namespace shardhelm::wording {

namespace {

/// Translation context of everything below.
struct Errors
{
    Q_DECLARE_TR_FUNCTIONS(Errors)
};

/// One line without secrets, whatever the text was taken from.
QString clean(const QString &text)
{
    return pg::redacted(text.simplified());
}

/// The parts of an error as text, each usable as an argument of a sentence.
struct Facts
{
    explicit Facts(const Error &error)
        : subject(error.subject.isEmpty() ? Errors::tr("the server") : clean(error.subject))
        , found(clean(error.found))
        , expected(clean(error.expected.join(QStringLiteral(", "))))
        , said(error.db ? clean(error.db->message) : QString())
    {
        if (error.line > 0)
            place = Errors::tr("%1, line %2").arg(subject, QString::number(error.line));
        else
            place = subject;
        if (said.isEmpty())
            said = found;
        met = found.isEmpty() ? said : found;
    }

    QString subject; ///< what it is about
    QString place; ///< the same with the line when there is one
    QString found;
    QString expected;
    QString said; ///< what the server or libpq said, else `found`
    QString met; ///< `found`, else what the server or libpq said
};

/// The sentence without its full stop, then a colon and what was found and what would have been right, as far as known.
QString with(const QString &sentence, const QString &found, const QString &expected = {})
{
    QString text = sentence;
    if (!found.isEmpty())
        text += QStringLiteral(": ") + found;
    if (!expected.isEmpty()) {
        while (text.endsWith(u'.'))
            text.chop(1);
        text = Errors::tr("%1; expected: %2").arg(text, expected);
    }
    return text.endsWith(u'.') || text.endsWith(u'?') || text.endsWith(u'!') ? text : text + u'.';
}

/// A value as it stands in a sentence.
QString valueText(const QString &value)
{
    return value.isEmpty() ? Errors::tr("an empty value") : QStringLiteral("\"%1\"").arg(value);
}

/// Whether a value was refused because it is a secret in a place where secrets do not belong.
bool isMisplacedSecret(const Error &error)
{
    return error.found.endsWith(QLatin1StringView("password"))
        && error.expected.contains(QLatin1StringView("keychain"));
}

/// The source text `sentence` translated, with one fact filled in.
QString about(const char *sentence, const QString &fact)
{
    return Errors::tr(sentence).arg(fact);
}

} // namespace

namespace {

QString worded(const Error &error)
{
    const Facts f(error);
    // No default: the compiler names a code that is not worded.
    switch (error.code) {
    case ErrorCode::Internal:
        return with(about(QT_TRANSLATE_NOOP("Errors", "Shardhelm met a state it does not know at %1"), f.subject),
                    f.said, f.expected);
    case ErrorCode::ConninfoBad:
        return with(about(QT_TRANSLATE_NOOP("Errors", "The connection string of %1 cannot be read"), f.subject), f.said,
                    f.expected);
    case ErrorCode::HostUnknown:
        return with(about(QT_TRANSLATE_NOOP("Errors", "The host of %1 was not found by name"), f.subject), f.met);
    case ErrorCode::ConnectionRefused:
        return with(about(QT_TRANSLATE_NOOP("Errors", "%1 refused the connection"), f.subject), f.met);
    case ErrorCode::ConnectTimedOut:
        return with(about(QT_TRANSLATE_NOOP("Errors", "%1 did not answer the connection attempt in time"), f.subject),
                    f.met);
    case ErrorCode::ConnectionLost:
        return with(about(QT_TRANSLATE_NOOP("Errors", "The connection to %1 broke"), f.subject), f.said, f.expected);
    case ErrorCode::ConnectFailed:
        return with(about(QT_TRANSLATE_NOOP("Errors", "%1 could not be connected"), f.subject), f.said, f.expected);
    case ErrorCode::PasswordMissing:
        return f.found.isEmpty()
            ? about(QT_TRANSLATE_NOOP("Errors", "%1 wants a password and none was found."), f.subject)
            : Errors::tr("%1 wants a password of the role %2 and none was found.").arg(f.subject, f.found);
    case ErrorCode::PasswordRejected:
        return f.found.isEmpty() ? about(QT_TRANSLATE_NOOP("Errors", "%1 rejected the password."), f.subject)
                                 : Errors::tr("%1 rejected the password of the role %2.").arg(f.subject, f.found);
    case ErrorCode::LoginRefused:
        return with(about(QT_TRANSLATE_NOOP("Errors", "%1 refused the login"), f.subject), f.said, f.expected);
    case ErrorCode::TlsFailed:
        return with(about(QT_TRANSLATE_NOOP("Errors", "The encrypted connection to %1 could not be made"), f.subject),
                    f.said, f.expected);
    case ErrorCode::DatabaseMissing:
        return with(about(QT_TRANSLATE_NOOP("Errors", "The database of %1 does not exist"), f.subject), f.met);
    case ErrorCode::TooManyConnections:
        return with(about(QT_TRANSLATE_NOOP("Errors", "%1 has no connection left"), f.subject), f.met);
    case ErrorCode::ServerNotReady:
        return with(about(QT_TRANSLATE_NOOP("Errors", "%1 is starting up, shutting down or recovering"), f.subject),
                    f.said, f.expected);
    case ErrorCode::NoSuitableHost:
        return with(about(QT_TRANSLATE_NOOP("Errors", "None of the hosts of %1 is what target_session_attrs asks for"),
                          f.subject),
                    f.said, f.expected);
    case ErrorCode::ServerTooOld:
        return f.found.isEmpty() ? about(QT_TRANSLATE_NOOP("Errors", "%1 runs a PostgreSQL older than 15."), f.subject)
                                 : Errors::tr("%1 runs PostgreSQL %2; 15 or later is needed.").arg(f.subject, f.found);
    case ErrorCode::ReplicationSetupFailed:
        return with(about(QT_TRANSLATE_NOOP("Errors", "Replication of %1 could not be set up"), f.subject), f.said,
                    f.expected);
    case ErrorCode::ReplicationStopped:
        return with(about(QT_TRANSLATE_NOOP("Errors", "The replica %1 receives nothing from its primary"), f.subject),
                    f.said, f.expected);
    case ErrorCode::RoleUnexpected:
        if (f.found.isEmpty() || f.expected.isEmpty())
            return with(about(QT_TRANSLATE_NOOP("Errors", "%1 has another role than it should have"), f.subject),
                        f.found, f.expected);
        return Errors::tr("%1 is a %2 and should be a %3.").arg(f.subject, f.found, f.expected);
    case ErrorCode::StatementFailed:
        return with(about(QT_TRANSLATE_NOOP("Errors", "A statement failed on %1"), f.subject), f.said, f.expected);
    case ErrorCode::TimedOut:
        return with(about(QT_TRANSLATE_NOOP("Errors", "%1 did not answer in time"), f.subject), f.said, f.expected);
    case ErrorCode::Cancelled:
        return error.subject.isEmpty() ? Errors::tr("Cancelled.")
                                       : about(QT_TRANSLATE_NOOP("Errors", "%1 was cancelled."), f.subject);
    case ErrorCode::NotPermitted:
        return with(about(QT_TRANSLATE_NOOP("Errors", "The role that is logged in may not do this on %1"), f.subject),
                    f.said, f.expected);
    case ErrorCode::ReadOnlyServer:
        return with(
            about(QT_TRANSLATE_NOOP("Errors", "%1 accepts no writes: it is a replica or set to read only"), f.subject),
            f.said, f.expected);
    case ErrorCode::AnswerUnexpected:
        return with(about(QT_TRANSLATE_NOOP("Errors", "%1 answered something unexpected"), f.subject), f.said,
                    f.expected);
    case ErrorCode::UsageBad:
        if (f.found.isEmpty())
            return with(about(QT_TRANSLATE_NOOP("Errors", "%1 is wrong or missing"), f.subject), {}, f.expected);
        return with(Errors::tr("%1 cannot be \"%2\"").arg(f.subject, f.found), {}, f.expected);
    case ErrorCode::FileMissing:
        return with(about(QT_TRANSLATE_NOOP("Errors", "The file %1 does not exist"), f.subject), f.said, f.expected);
    case ErrorCode::FileUnreadable:
        return with(about(QT_TRANSLATE_NOOP("Errors", "The file %1 cannot be read"), f.subject), f.said, f.expected);
    case ErrorCode::FileIsNone:
        return about(QT_TRANSLATE_NOOP("Errors", "%1 is a folder or a device, not a file."), f.subject);
    case ErrorCode::FileTooLarge:
        return Errors::tr("The file %1 is too large: %2, at most %3 can be.")
            .arg(f.subject, format::bytes(error.found.toLongLong()),
                 format::bytes(error.expected.value(0).toLongLong()));
    case ErrorCode::FileExists:
        return about(QT_TRANSLATE_NOOP("Errors", "The file %1 is there already."), f.subject);
    case ErrorCode::SqliteMissing:
        return about(
            QT_TRANSLATE_NOOP("Errors", "Nothing can be recorded in %1: Qt's driver for SQLite is not installed."),
            f.subject);
    case ErrorCode::RecordingUnfit:
        return about(QT_TRANSLATE_NOOP("Errors", "%1 is not a recording of Shardhelm."), f.subject);
    case ErrorCode::RecordingVersion:
        return with(about(QT_TRANSLATE_NOOP("Errors", "The recording %1 has another version of the format"), f.subject),
                    f.found, f.expected);
    case ErrorCode::RecordingDamaged:
        return with(about(QT_TRANSLATE_NOOP("Errors", "The recording %1 is damaged"), f.subject), f.found);
    case ErrorCode::RecordingInUse:
        return about(QT_TRANSLATE_NOOP("Errors", "Another program is writing to the recording %1."), f.subject);
    case ErrorCode::RecordingEmpty:
        if (f.expected.isEmpty())
            return about(QT_TRANSLATE_NOOP("Errors", "The recording %1 is empty."), f.subject);
        return Errors::tr("The recording %1 has nothing of %2; it reaches from %3.")
            .arg(f.subject, f.found, f.expected);
    case ErrorCode::RecordingShown:
        return about(QT_TRANSLATE_NOOP("Errors", "%1 is part of a recording, and can be neither asked nor changed."),
                     f.subject);
    case ErrorCode::FileUnwritable:
        return with(about(QT_TRANSLATE_NOOP("Errors", "%1 cannot be written"), f.subject), f.said, f.expected);
    case ErrorCode::FileSyntax:
        if (error.line == 0 && error.expected.contains(QLatin1StringView("shardhelm_directory")))
            return with(Errors::tr("%1 is no whole dump of a directory; this does not fit").arg(f.subject), f.found);
        return with(about(QT_TRANSLATE_NOOP("Errors", "%1 is not well formed"), f.place), f.found, f.expected);
    case ErrorCode::KeyUnknown:
        if (f.found.isEmpty())
            return with(about(QT_TRANSLATE_NOOP("Errors", "%1: there is a key that nothing knows"), f.place), {});
        return f.expected.isEmpty()
            ? Errors::tr("%1: there is no key %2.").arg(f.place, f.found)
            : Errors::tr("%1: there is no key %2; similar: %3.").arg(f.place, f.found, f.expected);
    case ErrorCode::KeyMissing:
        if (f.found.isEmpty())
            return with(about(QT_TRANSLATE_NOOP("Errors", "%1: a key is missing"), f.place), {}, f.expected);
        return with(Errors::tr("%1: the key %2 is missing").arg(f.place, f.found), {}, f.expected);
    case ErrorCode::ValueBad:
        if (isMisplacedSecret(error))
            return Errors::tr("%1 holds a secret (%2), which belongs elsewhere: %3.").arg(f.place, f.found, f.expected);
        return with(Errors::tr("%1: %2 cannot be used").arg(f.place, valueText(f.found)), {}, f.expected);
    case ErrorCode::DiskFull:
        return with(about(QT_TRANSLATE_NOOP("Errors", "The disk is full at %1"), f.subject), f.said, f.expected);
    case ErrorCode::ProgramMissing:
        return with(about(QT_TRANSLATE_NOOP("Errors", "The program %1 was not found"), f.subject), f.said, f.expected);
    case ErrorCode::ProgramFailed:
        return with(about(QT_TRANSLATE_NOOP("Errors", "The program %1 failed"), f.subject), f.said, f.expected);
    case ErrorCode::DirectoryMissing:
        return with(about(QT_TRANSLATE_NOOP("Errors", "There is no Shardhelm directory in the database %1"), f.subject),
                    f.found);
    case ErrorCode::DirectoryExists:
        return with(
            about(QT_TRANSLATE_NOOP("Errors", "There is a Shardhelm directory in the database %1 already"), f.subject),
            f.found);
    case ErrorCode::DirectoryTooOld:
        return with(about(QT_TRANSLATE_NOOP("Errors", "The directory of %1 was made by an older Shardhelm"), f.subject),
                    f.found, f.expected);
    case ErrorCode::DirectoryTooNew:
        return with(about(QT_TRANSLATE_NOOP("Errors", "The directory of %1 was made by a newer Shardhelm"), f.subject),
                    f.found, f.expected);
    case ErrorCode::DirectoryIsForeign:
        return with(
            about(QT_TRANSLATE_NOOP("Errors",
                                    "The directory of %1 has a shape of its own and is not changed by this command"),
                  f.subject),
            f.found, f.expected);
    case ErrorCode::DirectoryInconsistent:
        return with(about(QT_TRANSLATE_NOOP("Errors", "The directory contradicts itself at %1"), f.subject), f.found,
                    f.expected);
    case ErrorCode::MapChanged:
        return with(about(QT_TRANSLATE_NOOP("Errors", "The shard map changed meanwhile at %1"), f.subject), f.found,
                    f.expected);
    case ErrorCode::InstanceUnknown:
        return f.expected.isEmpty()
            ? about(QT_TRANSLATE_NOOP("Errors", "There is no instance %1 in the directory."), f.subject)
            : Errors::tr("There is no instance %1 in the directory; there are: %2.").arg(f.subject, f.expected);
    case ErrorCode::InstanceDuplicate:
        if (error.found.startsWith(QLatin1StringView("shardhelm.instance_id")))
            return with(about(QT_TRANSLATE_NOOP("Errors", "The server behind %1 bears the mark of another directory"),
                              f.subject),
                        f.found, f.expected);
        if (!error.found.isEmpty() && error.found != error.subject)
            return Errors::tr("The server behind %1 is the same as that of %2.").arg(f.subject, f.found);
        return with(about(QT_TRANSLATE_NOOP("Errors", "The instance %1 is there already"), f.subject), {}, f.expected);
    case ErrorCode::InstanceInUse:
        return with(about(QT_TRANSLATE_NOOP("Errors", "The instance %1 still holds logical shards"), f.subject),
                    f.found, f.expected);
    case ErrorCode::InstanceIsAnother:
        // Without what would have been right, it is one connection string that leads elsewhere than the others.
        if (f.expected.isEmpty() && !f.found.isEmpty())
            return Errors::tr("A connection string of %1 leads to another server than its main one: %2.")
                .arg(f.subject, f.found);
        return with(
            about(QT_TRANSLATE_NOOP("Errors", "The server behind %1 is not the one the directory knows by that name"),
                  f.subject),
            f.found, f.expected);
    case ErrorCode::ShardUnknown:
        // Found is a key that is routed there.
        if (!f.found.isEmpty())
            return Errors::tr("Logical shard %1, where %2 belongs, is not placed on any instance.")
                .arg(f.subject, f.found);
        return with(about(QT_TRANSLATE_NOOP("Errors", "There is no logical shard %1"), f.subject), f.expected);
    case ErrorCode::ShardBusy:
        return with(about(QT_TRANSLATE_NOOP("Errors", "The logical shard %1 takes part in a move"), f.subject), f.found,
                    f.expected);
    case ErrorCode::TableUnknown:
        return f.found.isEmpty() ? about(QT_TRANSLATE_NOOP("Errors", "There is no table %1."), f.subject)
                                 : Errors::tr("There is no table %1 on %2.").arg(f.subject, f.found);
    case ErrorCode::TableUnfit:
        return with(about(QT_TRANSLATE_NOOP("Errors", "The table %1 cannot be used like this"), f.subject), f.found,
                    f.expected);
    case ErrorCode::KeyValueBad:
        return with(about(QT_TRANSLATE_NOOP("Errors", "%1 is no value of the shard key"),
                          valueText(f.found.isEmpty() ? error.subject : f.found)),
                    error.db ? f.said : QString(), f.expected);
    case ErrorCode::RoutingBad:
        return with(about(QT_TRANSLATE_NOOP("Errors", "The routing cannot be used for %1"), f.subject), f.said,
                    f.expected);
    case ErrorCode::RoutingHasNoPredicate:
        return with(
            about(QT_TRANSLATE_NOOP("Errors", "The routing of %1 cannot be written as a condition on its key column"),
                  f.subject),
            f.found, f.expected);
    case ErrorCode::LookupUnknown:
        return f.expected.isEmpty()
            ? about(QT_TRANSLATE_NOOP("Errors", "There is no lookup named %1 in the cluster file."), f.subject)
            : Errors::tr("There is no lookup named %1 in the cluster file; there are: %2.").arg(f.subject, f.expected);
    case ErrorCode::Refused:
        return with(about(QT_TRANSLATE_NOOP("Errors", "%1 was refused"), f.subject), f.said, f.expected);
    case ErrorCode::FolderNotOurs:
        return f.expected.isEmpty()
            ? with(about(QT_TRANSLATE_NOOP("Errors", "The folder %1 was not made by the demo"), f.subject), f.found)
            : Errors::tr("The folder %1 belongs to %2, not to %3.").arg(f.subject, f.found, f.expected);
    case ErrorCode::FolderClosed:
        return f.found.isEmpty()
            ? about(QT_TRANSLATE_NOOP("Errors", "The user who runs the servers cannot enter the folder %1."), f.subject)
            : Errors::tr("The user %1, who runs the servers, cannot enter the folder %2.").arg(f.found, f.subject);
    case ErrorCode::DemoDiffers:
        return f.found.isEmpty() || f.expected.isEmpty()
            ? about(QT_TRANSLATE_NOOP("Errors", "The demo cluster in %1 was made with other options."), f.subject)
            : Errors::tr("The demo cluster in %1 was made with %2, not with %3.").arg(f.subject, f.found, f.expected);
    case ErrorCode::DemoMissing:
        return with(about(QT_TRANSLATE_NOOP("Errors", "There is no demo cluster in %1"), f.subject), f.found,
                    f.expected);
    case ErrorCode::DemoNotRunning:
        return f.found.isEmpty() ? about(QT_TRANSLATE_NOOP("Errors", "The demo cluster in %1 does not run."), f.subject)
                                 : Errors::tr("%1 of the demo cluster in %2 does not run.").arg(f.found, f.subject);
    case ErrorCode::PortTaken:
        return with(about(QT_TRANSLATE_NOOP("Errors", "The port of %1 is in use by another program"), f.subject),
                    f.found, f.expected);
    case ErrorCode::LedgerBad:
        return f.found.isEmpty()
            ? about(QT_TRANSLATE_NOOP("Errors", "The ledger %1 cannot be used."), f.subject)
            : Errors::tr("The ledger %1 is damaged, or is none, from its byte %2.").arg(f.subject, f.found);
    case ErrorCode::LedgerInUse:
        if (!f.found.isEmpty() && f.found == f.expected)
            return Errors::tr("The ledger %1 belongs to another cluster, to which %2 led before.")
                .arg(f.subject, f.found);
        if (!f.found.isEmpty() && !f.expected.isEmpty())
            return Errors::tr("The ledger %1 belongs to another cluster, that of %2, not to that of %3.")
                .arg(f.subject, f.found, f.expected);
        return about(QT_TRANSLATE_NOOP("Errors", "A load is writing the ledger %1 at this moment."), f.subject);
    case ErrorCode::ProductionCluster:
        return about(QT_TRANSLATE_NOOP("Errors", "The cluster of %1 is a production cluster."), f.subject);
    }
    return {};
}

} // namespace

QString sentence(const Error &error)
{
    QString text = worded(error);
    // Only a sentence that begins with our own word for a nameless server is changed; names are left as they are.
    if (error.subject.isEmpty() && !text.isEmpty())
        text[0] = text.at(0).toUpper();
    return text;
}

QString advice(const Error &error)
{
    switch (error.code) {
    case ErrorCode::Internal:
        return Errors::tr("Please report this with the line below.");
    case ErrorCode::ConninfoBad:
        return Errors::tr("Write it as libpq does: \"host=… port=… dbname=… user=…\" or a postgresql:// address.");
    case ErrorCode::HostUnknown:
        return Errors::tr("Check the host in the connection string and the name service of this computer.");
    case ErrorCode::ConnectionRefused:
        return Errors::tr("Check that PostgreSQL runs there and listens on this address and port.");
    case ErrorCode::ConnectTimedOut:
        return Errors::tr("Check the host and the network between; a server that hangs looks the same.");
    case ErrorCode::ConnectionLost:
        return Errors::tr("Check whether the server was restarted; then try again.");
    case ErrorCode::ConnectFailed:
        return Errors::tr("Check the connection string and that the server can be reached from this computer.");
    case ErrorCode::PasswordMissing:
        return Errors::tr(
            "Put it into ~/.pgpass (mode 0600) or a service file, or let the window store it in the keychain.");
    case ErrorCode::PasswordRejected:
        return Errors::tr("Correct the password in ~/.pgpass, the service file or the keychain.");
    case ErrorCode::LoginRefused:
        return Errors::tr("Check the role and that pg_hba.conf of the server admits it from this computer.");
    case ErrorCode::TlsFailed:
        return Errors::tr("Check sslmode, sslrootcert and the certificates of the connection string.");
    case ErrorCode::DatabaseMissing:
        return Errors::tr("Check dbname in the connection string, or create the database.");
    case ErrorCode::TooManyConnections:
        return Errors::tr(
            "The window and \"shardhelmctl watch\" hold connections of their own and still get in, as does "
            "a role with reserved connections. Close sessions there, or raise max_connections.");
    case ErrorCode::ServerNotReady:
        return Errors::tr("Wait a moment and try again.");
    case ErrorCode::NoSuitableHost:
        return Errors::tr("Check which of them is the primary now.");
    case ErrorCode::ServerTooOld:
        return Errors::tr("Upgrade the server.");
    case ErrorCode::ReplicationSetupFailed:
        return Errors::tr("Check wal_level, max_wal_senders and the replication rights of the role.");
    case ErrorCode::ReplicationStopped:
        return Errors::tr(
            "Check primary_conninfo of the replica, its log, and that the primary still has the WAL it needs.");
    case ErrorCode::RoleUnexpected:
        return Errors::tr("After a failover, correct the connection strings with \"shardhelmctl instance edit\".");
    case ErrorCode::TimedOut:
        return Errors::tr("Try again with a longer timeout, or look for locks and load there.");
    case ErrorCode::NotPermitted:
        return Errors::tr(
            "Grant the right: SELECT on the tables of schema shardhelm and USAGE on it for reading the directory, "
            "pg_monitor for monitoring, the owner's rights for changes.");
    case ErrorCode::ReadOnlyServer:
        return Errors::tr(
            "Connect to the primary, for instance with target_session_attrs=read-write and all hosts listed.");
    case ErrorCode::AnswerUnexpected:
        return Errors::tr("Check that the other end is PostgreSQL 15 or later and not a proxy that changes answers.");
    case ErrorCode::UsageBad:
        return Errors::tr("See --help of the command.");
    case ErrorCode::FileMissing:
        return Errors::tr("Check the path.");
    case ErrorCode::FileUnreadable:
        return Errors::tr("Check its permissions and that it is a file.");
    case ErrorCode::FileIsNone:
    case ErrorCode::FileTooLarge:
        return Errors::tr("Check the path.");
    case ErrorCode::FileExists:
        return Errors::tr("Choose another name, or remove the file first.");
    case ErrorCode::SqliteMissing:
        return Errors::tr("Install the package libqt6sql6-sqlite.");
    case ErrorCode::RecordingUnfit:
        return Errors::tr("Choose a file that \"shardhelmctl record\" wrote.");
    case ErrorCode::RecordingVersion:
        return Errors::tr("Open it with the version of Shardhelm that wrote it.");
    case ErrorCode::RecordingDamaged:
        return Errors::tr("Use another copy of the file; what is missing in this one cannot be made up.");
    case ErrorCode::RecordingInUse:
        return Errors::tr("Try again in a moment.");
    case ErrorCode::RecordingEmpty:
        return Errors::tr("Choose a span that was recorded.");
    case ErrorCode::RecordingShown:
        return Errors::tr("Go back to the live cluster first.");
    case ErrorCode::FileUnwritable:
        return Errors::tr("Check the permissions of the file and its folder.");
    case ErrorCode::FileSyntax:
        if (error.expected.contains(QLatin1StringView("shardhelm_directory")))
            return Errors::tr("Use a document that \"shardhelmctl directory dump\" wrote, unchanged.");
        return Errors::tr("Correct the line; the example cluster file shows the form.");
    case ErrorCode::KeyUnknown:
        return Errors::tr("Correct or remove the key.");
    case ErrorCode::KeyMissing:
        return Errors::tr("Add the key; the example cluster file explains it.");
    case ErrorCode::ValueBad:
        if (error.subject == QLatin1StringView("instance name"))
            return Errors::tr(
                "A name has up to 63 printable characters, no blanks and none of : = / @ , \" '; the name "
                "\"directory\" is taken.");
        return Errors::tr("Correct the value.");
    case ErrorCode::DiskFull:
        // A file that is being written says why; what is made as a whole is removed.
        return error.found.isEmpty() ? Errors::tr("Make room there and try again; nothing half made was left.")
                                     : Errors::tr("Make room there and try again.");
    case ErrorCode::ProgramMissing:
        return Errors::tr("Install it; the programs of the server are in the package postgresql.");
    case ErrorCode::DirectoryMissing:
        return Errors::tr(
            "Make one with \"shardhelmctl directory init\" or \"directory adopt\", or correct the connection string.");
    case ErrorCode::DirectoryExists:
        return Errors::tr("Use it, choose another database, or remove it with \"shardhelmctl directory detach\".");
    case ErrorCode::DirectoryTooOld:
        return Errors::tr("Migrate it with \"shardhelmctl directory upgrade\".");
    case ErrorCode::DirectoryTooNew:
        return Errors::tr("Upgrade this Shardhelm.");
    case ErrorCode::DirectoryIsForeign:
        return Errors::tr("Make the change with the tools that own that directory.");
    case ErrorCode::DirectoryInconsistent:
        return Errors::tr("Run \"shardhelmctl directory check\" and repair what it lists.");
    case ErrorCode::MapChanged:
        return Errors::tr("Read the map again and repeat the step if it still makes sense.");
    case ErrorCode::InstanceUnknown:
        return Errors::tr("Check the name with \"shardhelmctl status\".");
    case ErrorCode::InstanceDuplicate:
        if (error.found.startsWith(QLatin1StringView("shardhelm.instance_id")))
            return Errors::tr("If that directory is gone, take the instance with \"shardhelmctl directory init "
                              "--keep-marks\"; else choose another server.");
        return Errors::tr("Choose another name or another server.");
    case ErrorCode::InstanceInUse:
        return Errors::tr("Drain it first.");
    case ErrorCode::InstanceIsAnother:
        return Errors::tr("Check the connection string; if the server was rebuilt on purpose, edit the instance.");
    case ErrorCode::ShardUnknown:
        if (!error.found.isEmpty())
            return Errors::tr("Such shards held nothing when the directory was adopted; \"shardhelmctl map\" lists "
                              "them, \"directory adopt --place-empty\" places them.");
        return Errors::tr("See \"shardhelmctl map\".");
    case ErrorCode::ShardBusy:
        return Errors::tr("Wait for the move to end, or abort it.");
    case ErrorCode::TableUnknown:
        return Errors::tr("Check schema and name.");
    case ErrorCode::TableUnfit:
        return Errors::tr("Change the table, or register it as another kind.");
    case ErrorCode::KeyValueBad:
        return Errors::tr("Write the key as PostgreSQL prints it.");
    case ErrorCode::RoutingBad:
        return Errors::tr(
            "Correct the routing expression: one placeholder $1, a whole number from 0 to the number of logical "
            "shards minus 1 as the result.");
    case ErrorCode::RoutingHasNoPredicate:
        return Errors::tr("Use a routing of built-in immutable functions, or the schema layout.");
    case ErrorCode::LookupUnknown:
        return Errors::tr("Name one of [locate] of the cluster file.");
    case ErrorCode::FolderNotOurs:
        return Errors::tr("Choose another folder with --dir; this one was left as it is.");
    case ErrorCode::FolderClosed:
        return Errors::tr("Choose a folder that everybody may pass through, or run this as an ordinary user.");
    case ErrorCode::DemoDiffers:
        return Errors::tr("Leave these options out to use it as it is, choose another folder with --dir, or remove it "
                          "first with \"shardhelmctl demo down --purge\".");
    case ErrorCode::DemoMissing:
        return Errors::tr("Start one with \"shardhelmctl demo up\".");
    case ErrorCode::DemoNotRunning:
        return Errors::tr("Start it with \"shardhelmctl demo up\".");
    case ErrorCode::PortTaken:
        return Errors::tr("Stop that program, or choose another port.");
    case ErrorCode::LedgerBad:
        return Errors::tr("Use the file that \"shardhelmctl demo load\" wrote, unchanged.");
    case ErrorCode::LedgerInUse:
        if (!error.found.isEmpty())
            return Errors::tr("Name the cluster that the ledger was made on, or another ledger.");
        return Errors::tr("End the load with Ctrl+C first, or use another file.");
    case ErrorCode::ProductionCluster:
        return Errors::tr("The demo's load writes; use it on a demo, development or staging cluster.");
    case ErrorCode::StatementFailed:
    case ErrorCode::Cancelled:
    case ErrorCode::ProgramFailed:
    case ErrorCode::Refused:
        return error.db ? clean(error.db->hint) : QString();
    }
    return {};
}

QString technical(const Error &error)
{
    if (!error.db)
        return {};
    QStringList parts;
    if (!error.db->sqlstate.isEmpty())
        parts += Errors::tr("SQLSTATE %1").arg(error.db->sqlstate);
    if (!error.subject.isEmpty())
        parts += clean(error.subject);
    for (const QString &text : {error.db->message, error.db->detail, error.db->query}) {
        if (!text.isEmpty())
            parts += clean(text);
    }
    return parts.join(QStringLiteral(" · "));
}

} // namespace shardhelm::wording
