// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/schema.h"

#include "core/sqltext.h"

namespace shardhelm::cluster {

namespace {

constexpr int latestVersion = 1;
const QByteArray publicMark = QByteArrayLiteral("\n-- public\n");

} // namespace

int directoryVersion()
{
    return latestVersion;
}

QByteArray directoryScript(int version)
{
    const QByteArray name = "directory/v" + QByteArray::number(version);
    return sqlText(name.constData());
}

QByteArray directoryPrivateScript(int version)
{
    const QByteArray script = directoryScript(version);
    const qsizetype mark = script.indexOf(publicMark);
    return mark < 0 ? script : script.first(mark + 1);
}

Result<DirectoryState> findDirectory(pg::Connection &connection, const Wait &wait)
{
    const auto found = connection.query(sqlText("directory/find"), wait);
    if (!found)
        return Failure(found.error());
    DirectoryState state{found->text(0, 0), found->boolean(0, 1), found->boolean(0, 3), found->boolean(0, 4), 0};
    if (!state.ours)
        return state;
    if (!found->boolean(0, 2))
        return fail(ErrorCode::NotPermitted, QStringLiteral("shardhelm"), state.database);
    const auto version =
        connection.query(QByteArrayLiteral("select coalesce(max(version), 0) from shardhelm.layout_version"), wait);
    if (!version)
        return Failure(version.error());
    state.version = static_cast<int>(version->integer(0, 0));
    return state;
}

Result<void> createDirectorySchema(pg::Connection &connection, int version, const Wait &wait)
{
    const auto state = findDirectory(connection, wait);
    if (!state)
        return Failure(state.error());
    if (state->schemaThere)
        return fail(ErrorCode::DirectoryExists, state->database);
    for (int step = 1; step <= version; ++step) {
        if (const auto run = connection.run(directoryScript(step), wait); !run)
            return Failure(run.error());
    }
    return {};
}

Result<bool> upgradeDirectory(pg::Connection &connection, const Wait &wait)
{
    const auto state = findDirectory(connection, wait);
    if (!state)
        return Failure(state.error());
    if (!state->ours || state->version > latestVersion)
        return Failure(checkDirectory(*state).error());
    for (int step = state->version + 1; step <= latestVersion; ++step) {
        if (const auto run = connection.run(directoryScript(step), wait); !run)
            return Failure(run.error());
    }
    return state->version < latestVersion;
}

Result<void> checkDirectory(const DirectoryState &state)
{
    if (!state.ours)
        return fail(ErrorCode::DirectoryMissing, state.database);
    const QStringList expected{QString::number(latestVersion)};
    if (state.version < latestVersion)
        return fail(ErrorCode::DirectoryTooOld, state.database, QString::number(state.version), expected);
    if (state.version > latestVersion)
        return fail(ErrorCode::DirectoryTooNew, state.database, QString::number(state.version), expected);
    return {};
}

} // namespace shardhelm::cluster
