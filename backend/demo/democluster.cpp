// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/democluster.h"

#include "cluster/clusterfile.h"
#include "core/parallel.h"
#include "core/process.h"
#include "demo/demomake.h"
#include "demo/demoreplica.h"
#include "monitor/recording/place.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStorageInfo>

#include <mutex>

namespace shardhelm::demo {

namespace {

using Task = std::function<Result<void>(const Wait &)>;
using Kind = DemoStep::Kind;

/// Servers worked on at once. Each is busy with one core and the disk in turns.
constexpr int serversAtOnce = 4;
/// What stopping everything gets when the caller's own wait is over.
constexpr Milliseconds cleanupTime(20000);

/// Tells of steps one at a time.
class Reporter
{
public:
    explicit Reporter(const DemoProgress &progress)
        : m_progress(progress)
    {
    }

    /// Runs `work` and tells of it when it succeeded.
    template <typename Work>
    Result<void> step(Kind kind, const QString &server, const Work &work)
    {
        const auto begun = Clock::now();
        const Result<void> done = work();
        if (done)
            tell({kind, server, std::chrono::duration_cast<Milliseconds>(Clock::now() - begun)});
        return done;
    }

private:
    void tell(const DemoStep &step)
    {
        const std::lock_guard lock(m_mutex);
        if (m_progress)
            m_progress(step);
    }

    const DemoProgress &m_progress;
    std::mutex m_mutex;
};

DemoSettings merged(const DemoSettings &base, const DemoRequest &request)
{
    DemoSettings settings = base;
    settings.instances = request.instances.value_or(base.instances);
    settings.replicas = request.replicas.value_or(base.replicas);
    settings.logicalShards = request.logicalShards.value_or(base.logicalShards);
    settings.layout = request.layout.value_or(base.layout);
    settings.tenants = request.tenants.value_or(base.tenants);
    settings.scale = request.scale.value_or(base.scale);
    return settings;
}

/// Each setting as the option that asks for it.
QStringList asOptions(const DemoSettings &settings)
{
    return {
        QStringLiteral("--instances %1").arg(settings.instances),
        QStringLiteral("--replicas %1").arg(settings.replicas),
        QStringLiteral("--logical %1").arg(settings.logicalShards),
        settings.layout == cluster::Layout::Rows ? QStringLiteral("--layout rows") : QStringLiteral("--layout schema"),
        QStringLiteral("--tenants %1").arg(settings.tenants),
        QStringLiteral("--scale %1").arg(settings.scale),
    };
}

/// DemoDiffers when a demo is not what is asked for, or not where it was made.
Result<void> checkSame(const DemoFolder &folder, const DemoSettings &wanted)
{
    const QStringList has = asOptions(folder.settings());
    const QStringList asked = asOptions(wanted);
    QStringList found;
    QStringList expected;
    for (qsizetype index = 0; index < has.size(); ++index) {
        if (has[index] != asked[index]) {
            found += has[index];
            expected += asked[index];
        }
    }
    if (folder.madeAs() != folder.path()) {
        found += QStringLiteral("--dir ") + folder.madeAs();
        expected += QStringLiteral("--dir ") + folder.path();
    }
    if (!found.isEmpty())
        return fail(ErrorCode::DemoDiffers, folder.path(), found.join(u' '), {expected.join(u' ')});
    return {};
}

std::vector<DemoServer> withRole(const DemoFolder &folder, bool replicas)
{
    std::vector<DemoServer> chosen;
    for (const DemoServer &server : folder.servers()) {
        if ((server.role == monitor::Role::Replica) == replicas)
            chosen.push_back(server);
    }
    return chosen;
}

/// The primary of a replica.
DemoServer primaryOf(const DemoFolder &folder, const DemoServer &replica)
{
    const std::vector<DemoServer> all = folder.servers();
    return *std::find_if(all.begin(), all.end(),
                         [&replica](const DemoServer &server) { return server.name == replica.instance; });
}

Result<void> stopAll(const DemoFolder &folder, const Wait &wait)
{
    // All at once: a primary waits for its replicas to take its last words.
    std::vector<Task> tasks;
    for (const DemoServer &server : folder.servers()) {
        tasks.emplace_back(
            [server](const Wait &inner) { return server.server.stop(pg::LocalServer::StopMode::Fast, inner); });
    }
    return inParallel(tasks, static_cast<int>(tasks.size()), wait);
}

Result<void> purge(const DemoFolder &folder, const Wait &wait)
{
    return stopAll(folder, wait).and_then([&folder] {
        // What consoles on this computer remember of it goes too.
        if (const auto file = cluster::readClusterFile(folder.clusterFile()))
            QDir(monitor::recording::stateFolder(*file)).removeRecursively();
        return folder.remove();
    });
}

/// Makes and starts the directory's server and the instances.
Result<void> makeServers(const DemoFolder &folder, Reporter &reporter, const Wait &wait)
{
    std::vector<Task> tasks;
    for (const DemoServer &server : withRole(folder, false)) {
        tasks.emplace_back([&reporter, server](const Wait &inner) {
            return reporter.step(Kind::ServerMade, server.name, [&] {
                return server.server.create(inner).and_then([&] { return server.server.start(inner); }).and_then([&] {
                    return makeDatabase(server, inner);
                });
            });
        });
    }
    return inParallel(tasks, serversAtOnce, wait);
}

/// Fills the instances and makes the directory over them.
Result<void> makeContents(const DemoFolder &folder, Reporter &reporter, const Wait &wait)
{
    const auto plan = planDemo(folder, wait);
    if (!plan)
        return Failure(plan.error());
    std::vector<Task> tasks;
    for (const DemoServer &server : withRole(folder, false)) {
        if (server.role == monitor::Role::Directory)
            continue;
        tasks.emplace_back([&reporter, &plan, server](const Wait &inner) {
            return reporter.step(Kind::DataMade, server.name, [&] { return makeData(*plan, server, inner); });
        });
    }
    return inParallel(tasks, serversAtOnce, wait).and_then([&] {
        return reporter.step(Kind::DirectoryMade, QStringLiteral("directory"),
                             [&] { return makeDirectory(folder, *plan, wait); });
    });
}

/// Makes and starts the replicas.
Result<void> makeReplicas(const DemoFolder &folder, Reporter &reporter, const Wait &wait)
{
    std::vector<Task> tasks;
    for (const DemoServer &replica : withRole(folder, true)) {
        tasks.emplace_back([&reporter, &folder, replica](const Wait &inner) {
            return reporter.step(Kind::ReplicaMade, replica.name, [&] {
                return replica.server.createReplica(primaryOf(folder, replica).server, inner).and_then([&] {
                    return replica.server.start(inner);
                });
            });
        });
    }
    return inParallel(tasks, serversAtOnce, wait);
}

/// Makes everything in a new folder.
Result<void> make(DemoFolder &folder, Reporter &reporter, const Wait &wait)
{
    return makeServers(folder, reporter, wait)
        .and_then([&] { return makeContents(folder, reporter, wait); })
        .and_then([&] { return makeReplicas(folder, reporter, wait); })
        .and_then([&] { return folder.markComplete(); });
}

/// Starts what is down of a whole demo and repairs its replicas.
Result<void> bringBack(const DemoFolder &folder, Reporter &reporter, const Wait &wait)
{
    const auto starter = [&reporter](const DemoServer &server, const Wait &inner) -> Result<void> {
        if (server.server.isRunning())
            return server.server.start(inner);
        return reporter.step(Kind::ServerStarted, server.name, [&] { return server.server.start(inner); });
    };
    std::vector<Task> primaries;
    for (const DemoServer &server : withRole(folder, false))
        primaries.emplace_back([starter, server](const Wait &inner) { return starter(server, inner); });
    std::vector<Task> replicas;
    for (const DemoServer &replica : withRole(folder, true)) {
        replicas.emplace_back([&, replica](const Wait &inner) -> Result<void> {
            const DemoServer primary = primaryOf(folder, replica);
            const auto lost = replicaIsLost(primary, replica, inner);
            if (!lost)
                return Failure(lost.error());
            if (*lost) {
                return reporter.step(Kind::ReplicaMadeAnew, replica.name,
                                     [&] { return makeReplicaAnew(primary, replica, inner); });
            }
            return starter(replica, inner).and_then([&] { return resumeReplay(replica, inner); });
        });
    }
    return inParallel(primaries, serversAtOnce, wait)
        .and_then([&] { return inParallel(replicas, serversAtOnce, wait); })
        .and_then([&] { return QFile::exists(folder.clusterFile()) ? Result<void>() : writeClusterFile(folder); });
}

DemoState stateOf(const DemoServer &server, qint64 pid)
{
    if (!QFileInfo::exists(server.server.settings().dataFolder))
        return DemoState::Missing;
    if (pid == 0)
        return DemoState::Stopped;
    if (processFrozen(pid))
        return DemoState::Frozen;
    return server.server.isReady() ? DemoState::Running : DemoState::Starting;
}

/// Whether a server died of a full disk, by its log, as far as that could still be written.
bool logTellsOfFullDisk(const DemoServer &server)
{
    constexpr qint64 readSize = 1 << 20;
    QFile log(server.server.logFile());
    if (!log.open(QIODevice::ReadOnly))
        return false;
    log.seek(std::max<qint64>(0, log.size() - readSize));
    return log.read(readSize).contains("No space left on device");
}

/// Why a demo could not be made, before what is there of it is removed. A full disk shows in many ways, by where it
/// meets the servers; one that is stopped by it drops its connections without a word of it.
Error whyUnmade(const Error &error, const DemoFolder &folder, const Wait &wait)
{
    if (wait.stopRequested())
        return {ErrorCode::Cancelled, {}, {}, {}, 0, {}};
    // Less than a server needs to begin its next log file, which it takes back when it does not fit.
    constexpr qint64 leastFree = 24 << 20;
    const qint64 free = QStorageInfo(folder.path()).bytesAvailable(); // -1: not known
    const std::vector<DemoServer> servers = folder.servers();
    const bool full = error.code == ErrorCode::DiskFull || error.sqlstate() == u"53100"
        || (!error.isTimeout()
            && ((free >= 0 && free < leastFree) || std::any_of(servers.begin(), servers.end(), logTellsOfFullDisk)));
    return full ? Error{ErrorCode::DiskFull, folder.path(), {}, {}, 0, {}} : error;
}

} // namespace

Result<void> checkDemoSettings(const DemoSettings &settings)
{
    struct Limit
    {
        const char *option;
        double value;
        double least;
        double most;
    };
    for (const Limit &limit :
         {Limit{"--instances", double(settings.instances), 1, DemoSettings::mostInstances},
          Limit{"--replicas", double(settings.replicas), 0, 2},
          Limit{"--logical", double(settings.logicalShards), double(settings.instances), 4096},
          Limit{"--tenants", double(settings.tenants), 1, 1000000}, Limit{"--scale", settings.scale, 0.01, 1000}}) {
        if (!(limit.value >= limit.least && limit.value <= limit.most)) {
            return fail(ErrorCode::ValueBad, QString::fromLatin1(limit.option), QString::number(limit.value),
                        {QStringLiteral("%1 … %2").arg(limit.least).arg(limit.most)});
        }
    }
    return {};
}

Result<DemoFolder> demoUp(const QString &folder, const DemoRequest &request, const DemoProgress &progress,
                          const Wait &wait)
{
    const QString path = QFileInfo(folder).absoluteFilePath();
    Reporter reporter(progress);
    if (const auto fits = checkDemoSettings(merged({}, request)); !fits)
        return Failure(fits.error());
    // An existing folder is looked at before anything is made, so that a foreign one stays as it is.
    if (const auto seen = DemoFolder::open(path); !seen && seen.error().code != ErrorCode::DemoMissing)
        return Failure(seen.error());
    auto lock = DemoLock::lock(path, wait);
    if (!lock)
        return Failure(lock.error());

    auto existing = DemoFolder::open(path);
    if (!existing && existing.error().code != ErrorCode::DemoMissing)
        return Failure(existing.error());
    if (existing && existing->isComplete()) {
        if (const auto same = checkSame(*existing, merged(existing->settings(), request)); !same)
            return Failure(same.error());
        if (const auto back = bringBack(*existing, reporter, wait); !back)
            return Failure(wait.stopRequested() ? Error{ErrorCode::Cancelled, {}, {}, {}, 0, {}} : back.error());
        return *existing;
    }
    DemoSettings wanted = merged({}, request);
    if (existing) {
        wanted = merged(existing->settings(), request);
        if (const auto fits = checkDemoSettings(wanted); !fits)
            return Failure(fits.error());
        const auto cleaned = reporter.step(Kind::CleanedUp, path, [&] { return purge(*existing, wait); });
        if (!cleaned)
            return Failure(cleaned.error());
        // The lock was on the folder that is now gone.
        lock = DemoLock::lock(path, wait);
        if (!lock)
            return Failure(lock.error());
    }
    auto made = DemoFolder::create(path, wanted);
    if (!made) {
        QDir().rmdir(path); // the lock made it; with anything in it, it stays
        return made;
    }
    if (const auto done = make(*made, reporter, wait); !done) {
        const Error why = whyUnmade(done.error(), *made, wait);
        static_cast<void>(purge(*made, Wait::forDuration(cleanupTime)));
        return Failure(why);
    }
    return made;
}

Result<QStringList> demoDown(const QString &folder, bool removeIt, const Wait &wait)
{
    const QString path = QFileInfo(folder).absoluteFilePath();
    if (const auto seen = DemoFolder::open(path); !seen)
        return Failure(seen.error());
    const auto lock = DemoLock::lock(path, wait);
    if (!lock)
        return Failure(lock.error());
    const auto existing = DemoFolder::open(path);
    if (!existing)
        return Failure(existing.error());
    const auto done = removeIt ? purge(*existing, wait) : stopAll(*existing, wait);
    if (!done)
        return Failure(done.error());
    return removeIt ? QDir(path).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot) : QStringList();
}

Result<std::vector<DemoStatus>> demoStatus(const QString &folder)
{
    const auto existing = DemoFolder::open(folder);
    if (!existing)
        return Failure(existing.error());
    std::vector<DemoStatus> all;
    for (const DemoServer &server : existing->servers()) {
        const qint64 pid = server.server.pid();
        all.push_back({server, stateOf(server, pid), pid});
    }
    return all;
}

} // namespace shardhelm::demo
