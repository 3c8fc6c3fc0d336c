// SPDX-License-Identifier: GPL-3.0-or-later
#include "mapsource.h"

#include "cluster/localcopy.h"
#include "command.h"
#include "format/units.h"
#include "wording/errors.h"

namespace shardhelm::ctl {

namespace {

/// Whether the directory may be as it was, and only cannot be asked now.
bool cannotBeReached(const Error &error)
{
    switch (error.code) {
    case ErrorCode::HostUnknown:
    case ErrorCode::ConnectionRefused:
    case ErrorCode::ConnectTimedOut:
    case ErrorCode::ConnectionLost:
    case ErrorCode::ConnectFailed:
    case ErrorCode::TooManyConnections:
    case ErrorCode::ServerNotReady:
    case ErrorCode::NoSuitableHost:
    case ErrorCode::TimedOut:
        return true;
    default:
        return false;
    }
}

Result<MapSource> fromDirectory(const Invocation &call, const cluster::ClusterFile &file, const QString &purpose,
                                const Wait &wait)
{
    auto directory = cluster::Directory::open(file, purpose, wait, call.passwords);
    if (!directory)
        return Failure(directory.error());
    auto map = directory->readMap(wait);
    if (!map)
        return Failure(map.error());
    return MapSource{std::move(*map), std::move(*directory)};
}

QString warningAbout(const Error &why, const cluster::LocalCopy &copy)
{
    const auto age = static_cast<double>(copy.writtenAt.secsTo(QDateTime::currentDateTimeUtc()));
    return Text::tr("%1 The map is from the copy of %2 UTC, %3 old: %4")
        .arg(wording::sentence(why), copy.writtenAt.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")),
             format::duration(std::max(0.0, age)), copy.path);
}

} // namespace

Result<MapSource> openMap(const Invocation &call, const cluster::ClusterFile &file, const QString &purpose,
                          const Wait &wait)
{
    auto copy = cluster::readLocalCopy(file, cluster::localCopyFolder(file));
    auto source = fromDirectory(call, file, purpose, copy ? wait.atMost(wait.remaining() * 2 / 3) : wait);
    if (source || !copy || !cannotBeReached(source.error()))
        return source;
    MapSource stored{std::move(copy->map)};
    stored.unreachable = source.error();
    stored.warning = warningAbout(source.error(), *copy);
    return stored;
}

bool isOfDirectoryOnly(const Error &error)
{
    // undefined_table, undefined_column, undefined_function, invalid_schema_name
    const QString state = error.sqlstate();
    return state == QLatin1StringView("42P01") || state == QLatin1StringView("42703")
        || state == QLatin1StringView("42883") || state == QLatin1StringView("3F000");
}

Evaluator::Evaluator(const Invocation &call, MapSource &source, const QString &purpose, const Wait &wait)
{
    if (source.directory) {
        m_connection = &source.directory->connection();
        return;
    }
    for (const cluster::Instance &instance : source.map.instances) {
        if (instance.state == cluster::InstanceState::Retired)
            continue;
        // One that hangs must leave time for the others.
        auto opened = pg::Connection::open({instance.name, instance.conninfo, purpose, call.passwords},
                                           wait.atMost(wait.remaining() / 4));
        if (opened) {
            m_instance = std::move(*opened);
            m_connection = &*m_instance;
            return;
        }
    }
}

} // namespace shardhelm::ctl
