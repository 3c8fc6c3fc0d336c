// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/directory.h"

#include "cluster/localcopy.h"
#include "cluster/mapchange.h"
#include "cluster/readmap.h"
#include "cluster/schema.h"
#include "pg/conninfo.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace shardhelm::cluster {

Directory::Directory(ClusterFile file, pg::Connection connection)
    : m_file(std::move(file))
    , m_connection(std::move(connection))
    , m_copyFolder(localCopyFolder(m_file))
{
}

Result<pg::Connection> Directory::connect(const ClusterFile &file, const QString &purpose, const Wait &wait,
                                          pg::PasswordSource *passwords)
{
    pg::ConnectSpec spec;
    spec.name = QStringLiteral("directory");
    spec.conninfo = file.directoryConninfo;
    if (!file.directoryService.isEmpty()) {
        pg::Conninfo conninfo;
        conninfo.set(QStringLiteral("service"), file.directoryService);
        spec.conninfo = conninfo.toString();
    }
    spec.purpose = purpose;
    spec.passwords = passwords;
    return pg::Connection::open(spec, wait);
}

Result<Directory> Directory::open(const ClusterFile &file, const QString &purpose, const Wait &wait,
                                  pg::PasswordSource *passwords)
{
    auto connection = connect(file, purpose, wait, passwords);
    if (!connection)
        return Failure(connection.error());
    if (file.directoryQueries.isEmpty()) {
        const auto state = findDirectory(*connection, wait);
        if (!state)
            return Failure(state.error());
        if (const auto fit = checkDirectory(*state); !fit)
            return Failure(fit.error());
    }
    return Directory(file, std::move(*connection));
}

Result<ShardMap> Directory::readMap(const Wait &wait)
{
    return readShardMap(m_connection, m_file, wait);
}

Result<qint64> Directory::readEpoch(const Wait &wait)
{
    return readMapEpoch(m_connection, m_file, wait);
}

Result<qint64> Directory::flip(int shard, const QString &from, const QString &to, qint64 epoch, const Wait &wait)
{
    const auto flipped =
        isForeign() ? flipForeign(shard, from, to, epoch, wait) : flipOwn(shard, from, to, epoch, wait);
    if (flipped)
        keepCopy(wait);
    return flipped;
}

Result<qint64> Directory::flipOwn(int shard, const QString &from, const QString &to, qint64 epoch, const Wait &wait)
{
    auto transaction = beginMapChange(m_connection, wait);
    if (!transaction)
        return Failure(transaction.error());
    if (const auto placed = setPlacement(m_connection, shard, from, to, epoch, wait); !placed)
        return Failure(placed.error());
    const QJsonObject detail{{QStringLiteral("shard"), shard},
                             {QStringLiteral("from"), from},
                             {QStringLiteral("to"), to},
                             {QStringLiteral("epoch"), epoch + 1}};
    const auto audited = appendOperation(m_connection, QStringLiteral("map flip"),
                                         QJsonDocument(detail).toJson(QJsonDocument::Compact), wait);
    if (!audited)
        return Failure(audited.error());
    const auto mapEpoch = raiseMapEpoch(m_connection, wait);
    if (!mapEpoch)
        return mapEpoch;
    if (const auto committed = transaction->commit(wait); !committed)
        return Failure(committed.error());
    return mapEpoch;
}

Result<qint64> Directory::flipForeign(int shard, const QString &from, const QString &to, qint64 epoch, const Wait &wait)
{
    const QByteArray statement = m_file.directoryQueries.value(QStringLiteral("flip")).toUtf8();
    if (statement.isEmpty())
        return fail(ErrorCode::KeyMissing, m_file.path, QStringLiteral("directory.queries.flip"));
    auto transaction = beginMapChange(m_connection, wait);
    if (!transaction)
        return Failure(transaction.error());
    const auto before = readEpoch(wait);
    if (!before)
        return before;
    const auto changed = m_connection.query(statement, pg::Params(shard, from, to, epoch), wait);
    if (!changed)
        return Failure(changed.error());
    if (changed->affected() == 0)
        return fail(ErrorCode::MapChanged, QString::number(shard), {},
                    {QStringLiteral("%1, epoch %2").arg(from).arg(epoch)});
    if (changed->affected() != 1)
        return fail(ErrorCode::DirectoryInconsistent, QStringLiteral("flip"), QString::number(changed->affected()),
                    {QStringLiteral("1")});
    const auto mapEpoch = readEpoch(wait);
    if (!mapEpoch)
        return mapEpoch;
    if (*mapEpoch <= *before)
        return fail(ErrorCode::DirectoryInconsistent, QStringLiteral("epoch.map_epoch"), QString::number(*mapEpoch),
                    {QStringLiteral("> %1").arg(*before)});
    const auto notified =
        m_connection.query("select pg_notify('shardhelm_map', $1)", pg::Params(QString::number(*mapEpoch)), wait);
    if (!notified)
        return Failure(notified.error());
    if (const auto committed = transaction->commit(wait); !committed)
        return Failure(committed.error());
    return mapEpoch;
}

Result<void> Directory::record(const QString &what, const QByteArray &detail, const Wait &wait)
{
    return appendOperation(m_connection, what, detail, wait);
}

void Directory::keepCopy(const Wait &wait)
{
    m_copyError.reset();
    if (m_copyFolder.isEmpty() || isForeign())
        return;
    if (const auto kept = saveLocalCopy(m_connection, m_copyFolder, wait); !kept)
        m_copyError = kept.error();
}

} // namespace shardhelm::cluster
