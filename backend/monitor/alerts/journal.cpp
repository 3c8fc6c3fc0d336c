// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/alerts/journal.h"

#include "cluster/directory.h"
#include "core/savefile.h"
#include "core/sqltext.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QLockFile>
#include <QSysInfo>

#include <algorithm>

namespace shardhelm::monitor::alerts {

namespace {

using Kind = Note::Kind;

constexpr Milliseconds pauseAfterFailure{15000};
constexpr int daysThatCount = 30;
constexpr qint64 largestLocalFile = 1 << 20;
constexpr Milliseconds lockPatience{2000};

QString stateFolder()
{
    const QString named = qEnvironmentVariable("XDG_STATE_HOME");
    return QDir::isAbsolutePath(named) ? named : QDir::homePath() + QStringLiteral("/.local/state");
}

QString localPathOf(const cluster::ClusterFile &file)
{
    // The name is free text; percent encoding keeps it one file below ours.
    const QByteArray name = file.name.toUtf8().toPercentEncoding({}, "./");
    return stateFolder() + QStringLiteral("/shardhelm/alerts/") + QString::fromLatin1(name) + QStringLiteral(".jsonl");
}

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray lineOf(const Note &note)
{
    return compact({{QStringLiteral("at"), note.at.toUTC().toString(Qt::ISODateWithMs)},
                    {QStringLiteral("who"), note.who},
                    {QStringLiteral("host"), note.host},
                    {QStringLiteral("what"), wordOf(note.kind)},
                    {QStringLiteral("detail"), detailOf(note)}})
        + '\n';
}

std::optional<Note> noteOfLine(const QByteArray &line)
{
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    const auto kind = kindOf(object.value(QLatin1StringView("what")).toString());
    const QDateTime at = QDateTime::fromString(object.value(QLatin1StringView("at")).toString(), Qt::ISODateWithMs);
    if (!kind || !at.isValid())
        return std::nullopt;
    Note note = noteOf(*kind, object.value(QLatin1StringView("detail")).toObject());
    note.at = at;
    note.who = object.value(QLatin1StringView("who")).toString();
    note.host = object.value(QLatin1StringView("host")).toString();
    return note;
}

/// Whether a note changes anything after those before it: raised once, cleared once.
bool isNews(const Note &note, const std::vector<Note> &before)
{
    if (note.kind != Kind::Raised && note.kind != Kind::Cleared)
        return true;
    const auto last = std::find_if(before.rbegin(), before.rend(), [&note](const Note &one) {
        return one.subject == note.subject && (one.kind == Kind::Raised || one.kind == Kind::Cleared);
    });
    const bool isRaised = last != before.rend() && last->kind == Kind::Raised;
    return isRaised == (note.kind == Kind::Cleared);
}

} // namespace

Journal::Journal(const cluster::ClusterFile &file, pg::PasswordSource *passwords)
    : m_file(file)
    , m_passwords(passwords)
    , m_localPath(localPathOf(file))
{
}

/// A connection to a directory of ours; after a failure none is tried for a while.
bool Journal::connect(const Wait &wait)
{
    if (!m_file.directoryQueries.isEmpty())
        return false;
    if (m_connection && m_connection->isOpen())
        return true;
    m_connection.reset();
    if (Clock::now() < m_nextAttempt)
        return false;
    auto directory = cluster::Directory::open(m_file, QStringLiteral("alerts"), wait, m_passwords);
    if (!directory) {
        m_directoryError = directory.error();
        m_nextAttempt = Clock::now() + pauseAfterFailure;
        return false;
    }
    m_connection = std::move(directory->connection());
    return true;
}

Result<bool> Journal::addToDirectory(const Note &note, const Wait &wait)
{
    auto transaction = pg::Transaction::begin(*m_connection, wait);
    if (!transaction)
        return Failure(transaction.error());
    const auto turn =
        m_connection->query("SELECT pg_advisory_xact_lock(hashtextextended('shardhelm alerts', 0))", wait);
    if (!turn)
        return Failure(turn.error());
    const auto added =
        m_connection->query(sqlText("alerts/add_note"),
                            pg::Params(QSysInfo::machineHostName(), wordOf(note.kind), compact(detailOf(note))), wait);
    if (!added)
        return Failure(added.error());
    if (const auto committed = transaction->commit(wait); !committed)
        return Failure(committed.error());
    return added->count() == 1;
}

Result<bool> Journal::addLocally(Note note)
{
    if (!QDir().mkpath(QFileInfo(m_localPath).path()))
        return fail(ErrorCode::FileUnwritable, m_localPath);
    QLockFile lock(m_localPath + QStringLiteral(".lock"));
    if (!lock.tryLock(static_cast<int>(lockPatience.count())))
        return fail(ErrorCode::FileUnwritable, m_localPath);
    const std::vector<Note> before = readLocal();
    if (!isNews(note, before))
        return false;
    note.at = QDateTime::currentDateTimeUtc();
    note.who = qEnvironmentVariable("USER");
    note.host = QSysInfo::machineHostName();
    QByteArray text;
    // Only what still counts is kept, once the file has grown.
    if (QFileInfo(m_localPath).size() > largestLocalFile) {
        for (size_t i = before.size() / 2; i < before.size(); ++i)
            text += lineOf(before[i]);
        if (const auto saved = saveFile(m_localPath, text); !saved)
            return Failure(saved.error());
    }
    QFile file(m_localPath);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Append))
        return fail(ErrorCode::FileUnwritable, m_localPath, file.errorString());
    const QByteArray line = lineOf(note);
    if (file.write(line) != line.size() || !file.flush())
        return fail(ErrorCode::FileUnwritable, m_localPath, file.errorString());
    return true;
}

Result<bool> Journal::add(const Note &note, const Wait &wait)
{
    if (connect(wait)) {
        const auto added = addToDirectory(note, wait);
        if (added) {
            m_directoryError.reset();
            return added;
        }
        m_directoryError = added.error();
        if (added.error().isCancel())
            return Failure(added.error());
    }
    return addLocally(note);
}

std::vector<Note> Journal::readDirectory(const Wait &wait)
{
    std::vector<Note> notes;
    if (!connect(wait))
        return notes;
    const auto rows = m_connection->query(sqlText("alerts/notes"), wait);
    if (!rows) {
        m_directoryError = rows.error();
        return notes;
    }
    for (int row = 0; row < rows->count(); ++row) {
        const auto kind = kindOf(rows->text(row, 3));
        if (!kind)
            continue;
        Note note = noteOf(*kind, QJsonDocument::fromJson(rows->bytes(row, 4)).object());
        note.at = QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(rows->number(row, 0) * 1000), Qt::UTC);
        note.who = rows->text(row, 1);
        note.host = rows->text(row, 2);
        notes.push_back(std::move(note));
    }
    m_directoryError.reset();
    return notes;
}

std::vector<Note> Journal::readLocal() const
{
    std::vector<Note> notes;
    QFile file(m_localPath);
    if (!file.open(QIODevice::ReadOnly))
        return notes;
    const QDateTime oldest = QDateTime::currentDateTimeUtc().addDays(-daysThatCount);
    while (!file.atEnd()) {
        // A line that was cut short by a full disk is passed over.
        auto note = noteOfLine(file.readLine());
        if (note && note->at >= oldest)
            notes.push_back(std::move(*note));
    }
    return notes;
}

std::vector<Note> Journal::read(const Wait &wait)
{
    std::vector<Note> notes = readDirectory(wait);
    const std::vector<Note> local = readLocal();
    notes.insert(notes.end(), local.begin(), local.end());
    std::ranges::stable_sort(notes, {}, &Note::at);
    return notes;
}

} // namespace shardhelm::monitor::alerts
