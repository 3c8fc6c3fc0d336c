// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/schema.h"

#include "core/sqltext.h"

namespace shardhelm::cluster {

namespace {

constexpr int latestVersion = 1;
const QByteArray publicMark = QByteArrayLiteral("\n-- public\n");

SchemaVersion schemaVersion(int number)
{
    const QByteArray name = "directory/v" + QByteArray::number(number);
    const QByteArray script = sqlText(name.constData());
    const qsizetype mark = script.indexOf(publicMark);
    return {number, script, mark < 0 ? script : script.first(mark + 1)};
}

Result<void> runVersion(pg::Connection &connection, const SchemaVersion &version, bool foreign, const Wait &wait)
{
    if (const auto run = connection.run(foreign ? version.privateScript : version.script, wait); !run)
        return Failure(run.error());
    const auto recorded =
        connection.query(QByteArrayLiteral("select max(version) from shardhelm.layout_version"), wait);
    if (!recorded)
        return Failure(recorded.error());
    if (recorded->integer(0, 0) != version.number)
        return fail(ErrorCode::Internal, QStringLiteral("shardhelm.layout_version"), recorded->text(0, 0),
                    {QString::number(version.number)});
    return {};
}

} // namespace

std::vector<SchemaVersion> schemaVersions()
{
    std::vector<SchemaVersion> versions;
    for (int number = 1; number <= latestVersion; ++number)
        versions.push_back(schemaVersion(number));
    return versions;
}

int directoryVersion()
{
    return latestVersion;
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

Result<void> createDirectorySchema(pg::Connection &connection, int last, const Wait &wait)
{
    const auto state = findDirectory(connection, wait);
    if (!state)
        return Failure(state.error());
    if (state->schemaThere)
        return fail(ErrorCode::DirectoryExists, state->database);
    for (const SchemaVersion &version : schemaVersions()) {
        if (version.number > last)
            break;
        if (const auto run = runVersion(connection, version, false, wait); !run)
            return run;
    }
    return {};
}

Result<std::vector<SchemaVersion>>
migrateDirectory(pg::Connection &connection, const std::vector<SchemaVersion> &versions, bool foreign, const Wait &wait)
{
    auto state = findDirectory(connection, wait);
    if (!state)
        return Failure(state.error());
    if (!state->ours && !foreign)
        return fail(ErrorCode::DirectoryMissing, state->database);
    if (!state->ours && state->schemaThere)
        return fail(ErrorCode::DirectoryExists, state->database);
    if (state->ours) {
        const auto locked = connection.run("lock table shardhelm.layout_version in exclusive mode", wait);
        if (!locked)
            return Failure(locked.error());
        // Another one may have been at it while we waited for the lock.
        state = findDirectory(connection, wait);
        if (!state)
            return Failure(state.error());
    }
    const int last = versions.empty() ? 0 : versions.back().number;
    if (state->version > last)
        return fail(ErrorCode::DirectoryTooNew, state->database, QString::number(state->version),
                    {QString::number(last)});
    std::vector<SchemaVersion> ran;
    for (const SchemaVersion &version : versions) {
        if (version.number <= state->version)
            continue;
        if (const auto run = runVersion(connection, version, foreign, wait); !run)
            return Failure(run.error());
        ran.push_back(version);
    }
    return ran;
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
