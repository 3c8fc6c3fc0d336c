// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"

#include "fleettable.h"
#include "moment.h"
#include "monitor/recording/cut.h"
#include "monitor/recording/place.h"
#include "monitor/recording/playback.h"
#include "monitor/recording/recorder.h"
#include "monitor/recording/snapshots.h"
#include "monitor/watcher.h"
#include "wording/errors.h"

#include <QFile>
#include <QFileInfo>

#include <atomic>
#include <condition_variable>
#include <mutex>

namespace shardhelm::ctl {

namespace {

using namespace monitor::recording;

constexpr Milliseconds shortestRecording{1000};
constexpr Milliseconds longestRecording = std::chrono::hours(24 * 30);
/// For the ends of the span that are not given.
constexpr qint64 farMs = 253402300799000;

/// What is in the new file, as data.
Exit printRecording(const Invocation &call, const QString &path)
{
    auto reader = RecordingReader::open(path);
    if (!reader)
        return call.fail(reader.error());
    const auto span = reader->span();
    if (!span)
        return call.fail(span.error());
    const auto servers = reader->servers();
    if (!servers)
        return call.fail(servers.error());
    const auto moment = [](qint64 ms) {
        return QJsonValue(QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs));
    };
    Table table{{{QStringLiteral("file"), Text::tr("FILE")},
                 {QStringLiteral("cluster"), Text::tr("CLUSTER")},
                 {QStringLiteral("from"), Text::tr("FROM")},
                 {QStringLiteral("to"), Text::tr("TO")},
                 {QStringLiteral("servers"), Text::tr("SERVERS"), Table::Column::Kind::Count},
                 {QStringLiteral("size_bytes"), Text::tr("SIZE"), Table::Column::Kind::Bytes}},
                {}};
    table.rows.push_back(QJsonArray{QFileInfo(path).absoluteFilePath(), reader->about().cluster, moment(span->from),
                                    moment(span->to), static_cast<qint64>(servers->size()), QFileInfo(path).size()});
    call.print(table);
    return Exit::Done;
}

Exit cut(const Invocation &call, const cluster::ClusterFile &file, const QString &path)
{
    const QDateTime now = QDateTime::currentDateTime();
    Span span{0, farMs};
    for (const auto &[option, end] :
         {std::pair(QStringLiteral("from"), &span.from), {QStringLiteral("to"), &span.to}}) {
        if (!call.has(option))
            continue;
        const auto moment = momentFrom(QStringLiteral("--") + option, call.value(option), now);
        if (!moment)
            return call.fail(moment.error());
        *end = moment->toMSecsSinceEpoch();
    }
    if (const auto done = cutRecording(ringPath(file), path, span); !done)
        return call.fail(done.error());
    return printRecording(call, path);
}

/// Records until `wait` ends, something breaks or somebody stops it.
class LiveRecording
{
public:
    LiveRecording(const cluster::ClusterFile &file, const QString &path, pg::PasswordSource *passwords)
        : m_recorder({path, Form::Portable, std::nullopt, file}, [this](const Error &error) { end(error); })
        , m_watcher(std::make_unique<monitor::Watcher>(file, reports(), passwords))
        , m_snapshots(*m_watcher, [this](Fact fact) { m_recorder.add(std::move(fact)); })
    {
        m_considering = &m_snapshots;
    }
    ~LiveRecording()
    {
        // The snapshots ask the watcher, and the watcher reports to the snapshots.
        m_snapshots.stop();
        m_watcher.reset();
    }
    LiveRecording(const LiveRecording &) = delete;
    LiveRecording &operator=(const LiveRecording &) = delete;

    /// What ended it before its time; nothing when nothing did.
    std::optional<Error> run(const Wait &wait)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait_until(lock, wait.stopToken(), wait.deadline(), [this] { return m_error.has_value(); });
        return m_error;
    }

    [[nodiscard]] std::optional<Error> mapError() const
    {
        const std::lock_guard lock(m_mutex);
        return m_mapRead ? std::nullopt : m_mapError;
    }

private:
    void end(const Error &error)
    {
        const std::lock_guard lock(m_mutex);
        m_error = error;
        m_changed.notify_all();
    }

    monitor::Watcher::Reports reports()
    {
        monitor::Watcher::Reports reports;
        reports.sampled = [this](const monitor::FleetSample &sample) {
            m_recorder.add(sample);
            if (Snapshots *snapshots = m_considering)
                snapshots->consider(sample);
        };
        reports.mapRead = [this](const cluster::ShardMap &map) {
            m_recorder.add(map);
            const std::lock_guard lock(m_mutex);
            m_mapRead = true;
        };
        reports.mapFailed = [this](const Error &error) {
            const std::lock_guard lock(m_mutex);
            m_mapError = error;
        };
        reports.markersRead = [this](const std::vector<Marker> &markers) { m_recorder.add(markers); };
        return reports;
    }

    mutable std::mutex m_mutex; ///< guards the next five
    std::condition_variable_any m_changed;
    std::optional<Error> m_error;
    std::optional<Error> m_mapError;
    bool m_mapRead = false;
    std::atomic<Snapshots *> m_considering = nullptr;
    // In this order: each reports to those before it.
    Recorder m_recorder;
    std::unique_ptr<monitor::Watcher> m_watcher;
    Snapshots m_snapshots;
};

Exit recordLive(const Invocation &call, const cluster::ClusterFile &file, const QString &path)
{
    Milliseconds duration = longestRecording;
    if (call.has(QStringLiteral("duration"))) {
        const auto given = call.seconds(QStringLiteral("duration"), shortestRecording, longestRecording);
        if (!given)
            return call.fail(given.error());
        duration = *given;
    }
    if (QFileInfo::exists(path))
        return call.fail(Error{ErrorCode::FileExists, path, {}, {}, 0, std::nullopt});
    call.progress(Text::tr("Recording %1 to %2. Ctrl+C ends it.").arg(file.name, path));
    std::optional<Error> error;
    std::optional<Error> mapError;
    {
        LiveRecording recording(file, path, call.passwords);
        error = recording.run(call.wait(duration));
        mapError = recording.mapError();
    }
    if (error)
        return call.fail(*error);
    // Without a map there was nothing but the directory, which did not answer.
    if (mapError) {
        QFile::remove(path);
        return call.fail(*mapError);
    }
    return printRecording(call, path);
}

Exit record(const Invocation &call)
{
    const bool isCut = call.has(QStringLiteral("from")) || call.has(QStringLiteral("to"));
    if (isCut && call.has(QStringLiteral("duration")))
        return call.fail(Error{ErrorCode::UsageBad,
                               QStringLiteral("--duration"),
                               call.value(QStringLiteral("duration")),
                               {Text::tr("not with --from and --to")},
                               0,
                               std::nullopt});
    const auto file = cluster::readClusterFile(call.clusterFilePath());
    if (!file)
        return call.fail(file.error());
    const QString path = call.arguments.value(0);
    return isCut ? cut(call, *file, path) : recordLive(call, *file, path);
}

Exit replay(const Invocation &call)
{
    auto playback = Playback::open(call.arguments.value(0));
    if (!playback)
        return call.fail(playback.error());
    const auto span = playback->span();
    if (!span)
        return call.fail(span.error());
    if (span->to == 0)
        return call.fail(Error{ErrorCode::RecordingEmpty, call.arguments.value(0), {}, {}, 0, std::nullopt});
    qint64 at = span->to;
    if (call.has(QStringLiteral("at"))) {
        const auto moment = momentFrom(QStringLiteral("--at"), call.value(QStringLiteral("at")),
                                       QDateTime::fromMSecsSinceEpoch(span->to));
        if (!moment)
            return call.fail(moment.error());
        at = moment->toMSecsSinceEpoch();
    }
    const QString all = momentText(span->from) + QStringLiteral(" – ") + momentText(span->to);
    // Samples of one cycle come within a moment: the first of them is not yet the fleet.
    if (at < span->from || at > span->to + playback->reader().about().intervalMs)
        return call.fail(
            Error{ErrorCode::RecordingEmpty, call.arguments.value(0), momentText(at), {all}, 0, std::nullopt});
    // What was recorded with the last sample counts to it.
    const auto fleet = playback->seek(at == span->to ? at + 1000 : at);
    if (!fleet)
        return call.fail(fleet.error());
    call.say(Text::tr("Replay of %1: %2 as of %3. The recording reaches from %4.")
                 .arg(call.arguments.value(0), playback->reader().about().cluster, momentText(at), all));
    const bool complete = isComplete(*fleet);
    const bool forPeople = call.value(QStringLiteral("format")) == QLatin1StringView("table");
    call.print(forPeople ? fleetSummary(*fleet) : fleetTable(*fleet), complete,
               forPeople ? QStringList() : fleetWarnings(*fleet));
    if (complete)
        return Exit::Done;
    return call.strict() ? Exit::Failed : Exit::Partial;
}

} // namespace

std::vector<Command> recordCommands()
{
    return {
        {QStringLiteral("record"),
         Text::tr("Record the cluster to a file that can be replayed anywhere"),
         {{QStringLiteral("FILE"), Text::tr("the new recording")}},
         {{QStringLiteral("duration"), QStringLiteral("S"), Text::tr("seconds; else until Ctrl+C")},
          {QStringLiteral("from"), QStringLiteral("T"),
           Text::tr("cut the file out of what the window has recorded, from this moment on: %1").arg(momentHelp())},
          {QStringLiteral("to"), QStringLiteral("T"), Text::tr("to this moment; else to the newest sample")}},
         record,
         Text::tr("While a cluster is open, the window keeps its last hours in a recording of its own ([monitor] "
                  "recording_hours); --from and --to cut a part out of it. Otherwise the cluster is watched now, until "
                  "Ctrl+C or --duration, and every sample is kept.\n\nA recording holds figures, states, alerts, "
                  "markers, the shard map, and the sessions of servers that something was wrong with, literals of "
                  "statements and passwords left out. It is a SQLite file; figures are kept to four digits.")},
        {QStringLiteral("replay"),
         Text::tr("Show the state of every server as it was recorded"),
         {{QStringLiteral("FILE"), Text::tr("a recording")}},
         {{QStringLiteral("at"), QStringLiteral("T"), Text::tr("the moment, else the last one: %1").arg(momentHelp())}},
         replay,
         Text::tr("The output and the exit code are those of \"status\" at that moment; a time of day or an age counts "
                  "from the end of the recording. The window replays it with \"shardhelm --replay FILE\".")},
    };
}

} // namespace shardhelm::ctl
