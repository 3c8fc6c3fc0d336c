// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/locatecontroller.h"

#include "cluster/directory.h"
#include "cluster/routing.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace shardhelm {

namespace {

constexpr Milliseconds patience{10000};

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

/// Tenants that the [locate] queries find for a text, with the name of the query.
Result<std::vector<std::pair<QString, QString>>> tenantsOf(cluster::Directory &directory, const QString &text,
                                                           const Wait &wait)
{
    std::vector<std::pair<QString, QString>> tenants;
    std::optional<Error> firstError;
    const QMap<QString, QString> queries = directory.file().locate;
    for (auto it = queries.constBegin(); it != queries.constEnd(); ++it) {
        const auto rows = directory.connection().query(it.value().toUtf8(), pg::Params(text), wait);
        if (!rows) {
            // A query for order numbers refuses an e-mail address; that is no reason not to try the next one.
            if (!rows.error().connectionUsable())
                return tl::unexpected(rows.error());
            if (!firstError)
                firstError = rows.error();
            continue;
        }
        for (int row = 0; row < rows->count() && tenants.size() < 20; ++row)
            tenants.emplace_back(rows->text(row, 0), it.key());
    }
    if (tenants.empty() && firstError && queries.size() == 1)
        return tl::unexpected(*firstError);
    return tenants;
}

LocateAnswer answerOf(Session &session, const cluster::ClusterFile &file, const QString &text,
                      pg::PasswordSource *passwords, const Wait &wait)
{
    LocateAnswer answer{text, {}, std::nullopt};
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
    const auto direct = cluster::locate(directory.connection(), *map, file.routingLookup, text, wait);
    if (direct)
        answer.hits.push_back(hitOf(*direct, *map, {}));
    const auto tenants = tenantsOf(directory, text, wait);
    if (tenants) {
        for (const auto &[tenant, through] : *tenants) {
            const auto location = cluster::locate(directory.connection(), *map, file.routingLookup, tenant, wait);
            if (location)
                answer.hits.push_back(hitOf(*location, *map, through));
            else if (!answer.error)
                answer.error = location.error();
        }
    }
    if (answer.hits.empty() && !answer.error)
        answer.error = !direct ? direct.error() : tenants.error();
    if (!answer.hits.empty())
        answer.error.reset();
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
