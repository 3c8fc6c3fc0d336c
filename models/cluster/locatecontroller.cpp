// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/locatecontroller.h"

#include "cluster/directory.h"
#include "cluster/locatekey.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace shardhelm {

namespace {

constexpr Milliseconds patience{10000};
constexpr size_t mostHits = 20; ///< a text that names more tenants is worth another letter

/// One thread's session on the directory, kept between questions so that the second answer takes one round trip.
struct Session
{
    std::optional<cluster::Directory> directory;
    QString path;
};

LocateHit hitOf(const cluster::Location &location, const cluster::ShardMap &map, const QString &through)
{
    LocateHit hit{location.tenant, location.logicalShard, location.instance, {}, location.pinned, 0, location.mapEpoch,
                  through};
    if (map.layout == cluster::Layout::Schema && !map.schemaPattern.isEmpty())
        hit.schema = map.schemaOf(location.logicalShard);
    if (const cluster::LogicalShard *shard = map.shard(location.logicalShard))
        hit.shardEpoch = shard->epoch;
    return hit;
}

LocateAnswer answerOf(Session &session, const cluster::ClusterFile &file, const QString &text,
                      pg::PasswordSource *passwords, const Wait &wait)
{
    LocateAnswer answer{text, {}, std::nullopt, {}};
    if (!session.directory || session.path != file.path || !session.directory->connection().isOpen()) {
        auto opened = cluster::Directory::open(file, QStringLiteral("locate"), wait, passwords);
        if (!opened) {
            answer.error = opened.error();
            return answer;
        }
        session.directory.emplace(std::move(*opened));
        session.path = file.path;
    }
    cluster::Directory &directory = *session.directory;
    const auto map = directory.readMap(wait);
    if (!map) {
        answer.error = map.error();
        session.directory.reset();
        return answer;
    }
    cluster::LocateOptions options;
    options.passwords = passwords;
    const auto report = cluster::locateKey(directory.connection(), file, *map, text, options, wait);
    if (!report) {
        answer.error = report.error();
        return answer;
    }
    for (const cluster::Location &location : report->locations) {
        if (answer.hits.size() == mostHits)
            break;
        answer.hits.push_back(hitOf(location, *map, report->by));
    }
    answer.notAsked = report->missed.keys();
    if (answer.hits.empty() && !report->missed.isEmpty())
        answer.error = report->missed.first();
    return answer;
}

} // namespace

struct LocateController::Worker
{
    struct Question
    {
        qint64 id = 0;
        QString text;
        cluster::ClusterFile file;
        std::stop_source stop;
    };
    std::mutex mutex;
    std::condition_variable_any asked;
    std::optional<Question> next;
    std::stop_source current;
    std::jthread thread;
};

LocateController::LocateController(ClusterSession &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_worker(std::make_unique<Worker>())
{
    qRegisterMetaType<LocateAnswer>();
    connect(&session, &ClusterSession::opened, this, [this] { locate({}); });
}

LocateController::~LocateController()
{
    {
        const std::lock_guard lock(m_worker->mutex);
        m_worker->current.request_stop();
        if (m_worker->next)
            m_worker->next->stop.request_stop();
    }
    m_worker->thread.request_stop();
    m_worker->asked.notify_all();
    if (m_worker->thread.joinable())
        m_worker->thread.join();
}

void LocateController::locate(const QString &text)
{
    const QString asked = text.trimmed();
    ++m_question;
    {
        const std::lock_guard lock(m_worker->mutex);
        m_worker->current.request_stop();
        m_worker->next.reset();
        if (!asked.isEmpty())
            m_worker->next = Worker::Question{m_question, asked, m_session.fleet().file(), {}};
    }
    const bool busy = !asked.isEmpty();
    if (busy && !m_worker->thread.joinable()) {
        pg::PasswordSource *passwords = &m_session.passwordSource();
        m_worker->thread = std::jthread([this, worker = m_worker.get(), passwords](const std::stop_token &stop) {
            Session session;
            while (!stop.stop_requested()) {
                std::unique_lock lock(worker->mutex);
                if (!worker->asked.wait(lock, stop, [&] { return worker->next.has_value(); }))
                    return;
                const Worker::Question question = *std::exchange(worker->next, std::nullopt);
                worker->current = question.stop;
                lock.unlock();
                const LocateAnswer answer = answerOf(session, question.file, question.text, passwords,
                                                     Wait::forDuration(patience, question.stop.get_token()));
                if (!question.stop.stop_requested())
                    QMetaObject::invokeMethod(this, [this, id = question.id, answer] { receive(id, answer); });
            }
        });
    }
    m_worker->asked.notify_all();
    if (m_busy != busy) {
        m_busy = busy;
        Q_EMIT busyChanged();
    }
}

void LocateController::receive(qint64 question, const LocateAnswer &answer)
{
    if (question != m_question)
        return;
    m_busy = false;
    Q_EMIT busyChanged();
    Q_EMIT answered(answer);
}

} // namespace shardhelm
