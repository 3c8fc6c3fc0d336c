// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "cluster/fleethistory.h"
#include "cluster/types.h"
#include "core/error.h"
#include "monitor/recording/content.h"
#include "monitor/sample.h"
#include "monitor/triage/session.h"

#include <QMap>
#include <QObject>
#include <QPointer>
#include <QString>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace shardhelm {

/// What a recording is, as it is opened.
struct ReplayStart
{
    monitor::recording::About about;
    monitor::recording::Span span;
    std::vector<monitor::recording::Marker> markers;
};

/// The sessions of one server as they were last recorded.
struct RecordedSessions
{
    qint64 at = 0; ///< ms since 1970
    monitor::SessionList list;
};

/// The fleet at a moment of a recording.
struct ReplayMoment
{
    qint64 at = 0;
    monitor::FleetSample sample;
    QMap<QString, RecordedSessions> sessions; ///< by server; none where nothing was wrong
    std::optional<FleetHistory> history; ///< the curves before it, when they were asked for
    std::optional<cluster::ShardMap> map; ///< when it is another one than in the moment before
    std::optional<cluster::ClusterFile> file;
};

/// The thread that reads a recording for the window. Made and destroyed on the thread of its context; the callbacks are
/// called there. Requests that are overtaken by a newer one are dropped.
class ReplayWorker
{
public:
    struct Answers
    {
        std::function<void(const ReplayStart &)> opened;
        std::function<void(const ReplayMoment &)> shown;
        std::function<void(const Error &)> failed; ///< the file cannot be opened, or read on
    };

    /// Opens the file at once. `context` outlives the worker.
    ReplayWorker(QString path, QObject *context, Answers answers);
    ~ReplayWorker();
    ReplayWorker(const ReplayWorker &) = delete;
    ReplayWorker &operator=(const ReplayWorker &) = delete;

    /// Asks for a moment, ms since 1970. With a `span` the curves over so much time before it come along: after a jump.
    void show(qint64 at, std::optional<std::chrono::seconds> span);

private:
    struct Wanted
    {
        qint64 at;
        std::optional<std::chrono::seconds> span;
    };

    void run(const std::stop_token &stop);
    void post(std::function<void()> deliver);

    QString m_path;
    QObject *m_context;
    Answers m_answers;
    std::shared_ptr<std::atomic<bool>> m_stopped = std::make_shared<std::atomic<bool>>(false);
    std::mutex m_mutex; // guards the next one
    std::optional<Wanted> m_wanted;
    std::condition_variable_any m_wake;
    std::jthread m_thread; // last: everything above exists while it runs
};

} // namespace shardhelm
