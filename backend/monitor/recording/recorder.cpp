// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/recording/recorder.h"

#include "core/wait.h"
#include "monitor/recording/changes.h"
#include "monitor/recording/clusterfacts.h"
#include "monitor/recording/place.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace shardhelm::monitor::recording {

namespace {

/// What is reported within this time goes into the same transaction.
constexpr Milliseconds gatherTime{250};
constexpr Milliseconds retryTime{60000};
constexpr Milliseconds lockRetryTime{5000};
/// Facts that wait for a file that cannot be written now.
constexpr size_t mostWaiting = 10000;

} // namespace

struct Recorder::Private
{
    using Lock = std::unique_lock<std::mutex>;

    /// Taken in and not written yet.
    struct Waiting
    {
        std::optional<FleetSample> fleet;
        std::optional<cluster::ShardMap> map;
        std::vector<Fact> facts;
        std::vector<Marker> markers;
        [[nodiscard]] bool isEmpty() const { return !fleet && !map && facts.empty() && markers.empty(); }
    };

    Plan plan;
    std::function<void(const Error &)> failed;

    mutable std::mutex mutex; ///< guards the next four
    std::condition_variable_any changed;
    Waiting waiting;
    std::optional<Error> error;
    qint64 written = 0;

    // Of the thread alone.
    RingLock lock;
    std::optional<RecordingWriter> writer;
    Changes changes;
    std::optional<cluster::ShardMap> map;
    bool clusterDue = true; ///< map and file are not written yet
    Clock::time_point retryAt{};

    std::jthread thread; ///< last: everything above exists while it runs

    void run(const std::stop_token &stop);
    [[nodiscard]] bool open();
    Result<void> openFile();
    void write(Waiting taken);
    void fail(const Error &reason);
    void succeed();
};

std::optional<Recorder::Plan> Recorder::ringOf(const cluster::ClusterFile &file)
{
    if (file.monitor.recordingHours <= 0)
        return std::nullopt;
    Limits limits;
    limits.hours = std::chrono::hours(file.monitor.recordingHours);
    limits.bytes = file.monitor.recordingSize;
    return Plan{ringPath(file), Form::Ring, limits, file};
}

Recorder::Recorder(Plan plan, std::function<void(const Error &)> failed)
    : d(std::make_unique<Private>())
{
    d->plan = std::move(plan);
    d->failed = std::move(failed);
    d->thread = std::jthread([p = d.get()](const std::stop_token &stop) { p->run(stop); });
}

Recorder::~Recorder() = default;

void Recorder::add(const FleetSample &fleet)
{
    const Private::Lock lock(d->mutex);
    d->waiting.fleet = fleet;
    d->changed.notify_all();
}

void Recorder::add(const cluster::ShardMap &map)
{
    const Private::Lock lock(d->mutex);
    d->waiting.map = map;
    d->changed.notify_all();
}

void Recorder::add(Fact fact)
{
    const Private::Lock lock(d->mutex);
    if (d->waiting.facts.size() < mostWaiting)
        d->waiting.facts.push_back(std::move(fact));
    d->changed.notify_all();
}

void Recorder::add(std::vector<Marker> markers)
{
    const Private::Lock lock(d->mutex);
    if (d->waiting.markers.size() < mostWaiting)
        std::ranges::move(markers, std::back_inserter(d->waiting.markers));
    d->changed.notify_all();
}

std::optional<Error> Recorder::error() const
{
    const Private::Lock lock(d->mutex);
    return d->error;
}

qint64 Recorder::written() const
{
    const Private::Lock lock(d->mutex);
    return d->written;
}

void Recorder::Private::fail(const Error &reason)
{
    writer.reset();
    // After a failure nobody knows what is there: the next report is written whole.
    changes.forget();
    retryAt = Clock::now() + retryTime;
    bool isNews = false;
    {
        const Lock guard(mutex);
        isNews = !error;
        error = reason;
    }
    if (isNews && failed)
        failed(reason);
}

void Recorder::Private::succeed()
{
    const Lock guard(mutex);
    error.reset();
    ++written;
}

Result<void> Recorder::Private::openFile()
{
    const About about{plan.file.name, cluster::wordOf(plan.file.environment), plan.file.monitor.interval.count(), {}};
    auto opened = RecordingWriter::open(plan.path, plan.form, about);
    if (!opened)
        return Failure(opened.error());
    writer.emplace(std::move(*opened));
    clusterDue = true;
    // Sessions and statements of a cluster are nobody else's business.
    QFile::setPermissions(plan.path, QFile::ReadOwner | QFile::WriteOwner);
    return {};
}

bool Recorder::Private::open()
{
    if (writer)
        return true;
    if (Clock::now() < retryAt)
        return false;
    if (plan.form == Form::Ring && !QDir().mkpath(QFileInfo(plan.path).absolutePath())) {
        fail(Error{ErrorCode::FileUnwritable, plan.path, {}, {}, 0, std::nullopt});
        return false;
    }
    if (plan.form == Form::Ring && !lock.take(plan.path)) {
        retryAt = Clock::now() + lockRetryTime;
        return false;
    }
    auto opened = openFile();
    const auto isBroken = [](const Error &reason) {
        return reason.code == ErrorCode::RecordingDamaged || reason.code == ErrorCode::RecordingUnfit;
    };
    if (!opened && plan.form == Form::Ring && isBroken(opened.error())) {
        const Error reason = opened.error();
        const QString aside = plan.path + QStringLiteral(".damaged");
        QFile::remove(aside);
        const bool moved = QFile::rename(plan.path, aside);
        for (const QString &suffix : {QStringLiteral("-wal"), QStringLiteral("-shm")})
            QFile::remove(plan.path + suffix);
        opened = moved ? openFile() : opened;
        if (opened && failed)
            failed(reason);
    }
    if (!opened) {
        fail(opened.error());
        return false;
    }
    return true;
}

void Recorder::Private::write(Waiting taken)
{
    if (taken.map) {
        map = std::move(*taken.map);
        clusterDue = true;
    }
    if (!open())
        return;
    const qint64 now = taken.fleet ? taken.fleet->at.toMSecsSinceEpoch() : QDateTime::currentMSecsSinceEpoch();
    Batch batch;
    if (taken.fleet)
        batch = changes.of(*taken.fleet);
    if (clusterDue) {
        batch.facts.push_back({now, {}, fileKind(), fileFact(plan.file)});
        if (map)
            batch.facts.push_back({now, {}, mapKind(), mapFact(*map)});
    }
    std::ranges::move(taken.facts, std::back_inserter(batch.facts));
    batch.markers = std::move(taken.markers);
    auto done = writer->write(batch);
    if (done && plan.limits)
        done = writer->tidy(now, *plan.limits);
    if (!done) {
        fail(done.error());
        return;
    }
    clusterDue = false;
    if (taken.fleet)
        succeed();
}

void Recorder::Private::run(const std::stop_token &stop)
{
    while (true) {
        Waiting taken;
        {
            Lock guard(mutex);
            changed.wait(guard, stop, [this] { return !waiting.isEmpty(); });
            if (!stop.stop_requested())
                changed.wait_for(guard, stop, gatherTime, [] { return false; });
            taken = std::exchange(waiting, {});
        }
        if (!taken.isEmpty())
            write(std::move(taken));
        if (stop.stop_requested())
            break;
    }
    // On the thread that opened it.
    writer.reset();
}

} // namespace shardhelm::monitor::recording
