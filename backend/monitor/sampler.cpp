// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/sampler.h"

#include "monitor/serverreader.h"

#include <QHash>

#include <unordered_map>

namespace shardhelm::monitor {

namespace {

/// One server of the fleet.
struct Entry
{
    Target target;
    ServerReader reader;
    QString sharedKey; ///< of the shared server it is a member of, empty: none yet
    QSet<QByteArray> asked; ///< texts of questions, which the server's statistics know by now
    ServerSample sample; ///< as its own answer tells it, without what the other servers say
};

} // namespace

struct Sampler::Private
{
    explicit Private(pg::PasswordSource *source)
        : passwords(source)
    {
    }

    [[nodiscard]] pg::ConnectSpec specFor(const Target &target) const;
    Entry &entryFor(const Target &target);
    SharedServer *sharedOf(const Entry &entry);
    void joinShared(Entry &entry);
    void leaveShared(Entry &entry);
    void digest(Entry &entry, const pg::FanOutReply &reply);
    void rememberQuestion(const QString &name, const QSet<QByteArray> &asked, qint64 count,
                          const pg::FanOutReply &reply);
    /// The entry's sample with what other servers have said so far.
    [[nodiscard]] ServerSample finished(const Entry &entry) const;
    void judge(const Entry &entry, ServerSample &sample) const;
    void addLag(const Entry &entry, ServerSample &sample) const;
    [[nodiscard]] const Entry *primaryOf(const Entry &entry) const;

    pg::PasswordSource *passwords;
    SampleTexts texts;
    std::unordered_map<QString, Entry> entries;
    QHash<QString, SharedServer> shared; ///< by ServerSample::serverKey
    QHash<QString, QSet<QString>> replicas; ///< names by instance
    pg::FanOut fanOut; ///< last: its end answers questions
};

pg::ConnectSpec Sampler::Private::specFor(const Target &target) const
{
    pg::ConnectSpec spec;
    spec.name = target.name;
    spec.conninfo = target.conninfo;
    spec.purpose = QStringLiteral("monitor");
    spec.passwords = passwords;
    return spec;
}

Entry &Sampler::Private::entryFor(const Target &target)
{
    Entry &entry = entries[target.name];
    if (entry.target != target) {
        // Another connection string is another server until it has answered.
        if (entry.target.conninfo != target.conninfo) {
            leaveShared(entry);
            entry = Entry();
        }
        entry.target = target;
        if (target.role == Role::Replica)
            replicas[target.instance].insert(target.name);
    }
    return entry;
}

SharedServer *Sampler::Private::sharedOf(const Entry &entry)
{
    const auto found = shared.find(entry.sharedKey);
    return found == shared.end() ? nullptr : &*found;
}

void Sampler::Private::joinShared(Entry &entry)
{
    const QString key = entry.reader.serverKey();
    if (key == entry.sharedKey)
        return;
    leaveShared(entry);
    entry.sharedKey = key;
    if (!key.isEmpty())
        shared[key].members.insert(entry.target.name);
}

void Sampler::Private::leaveShared(Entry &entry)
{
    const auto found = shared.find(entry.sharedKey);
    entry.sharedKey.clear();
    if (found == shared.end())
        return;
    found->members.remove(entry.target.name);
    if (found->members.isEmpty())
        shared.erase(found);
}

void Sampler::Private::digest(Entry &entry, const pg::FanOutReply &reply)
{
    entry.sample = entry.reader.read(entry.target, reply);
    joinShared(entry);
    if (SharedServer *server = sharedOf(entry))
        entry.reader.share(*server, entry.sample);
}

const Entry *Sampler::Private::primaryOf(const Entry &entry) const
{
    const auto found = entries.find(entry.target.instance);
    return found == entries.end() ? nullptr : &found->second;
}

void Sampler::Private::judge(const Entry &entry, ServerSample &sample) const
{
    const bool wantsReplica = entry.target.role == Role::Replica;
    const bool isReplica = entry.reader.replica().has_value();
    const auto name = [](bool replica) { return replica ? QStringLiteral("replica") : QStringLiteral("primary"); };
    const Entry *primary = primaryOf(entry);
    if (isReplica != wantsReplica) {
        sample.state = State::Degraded;
        sample.reason =
            Error{ErrorCode::RoleUnexpected, entry.target.name, name(isReplica), {name(wantsReplica)}, 0, std::nullopt};
    } else if (isReplica && !entry.reader.isReceiving() && primary && primary->reader.answers()) {
        // Only when the primary answers: without it no replica can receive, and the fault is shown where it is.
        sample.state = State::Degraded;
        sample.reason = Error{ErrorCode::ReplicationStopped, entry.target.name, {}, {}, 0, std::nullopt};
    }
}

void Sampler::Private::addLag(const Entry &entry, ServerSample &sample) const
{
    const Entry *primary = primaryOf(entry);
    // A position from before it fell silent says nothing about now.
    if (!entry.reader.replica() || !primary || !primary->reader.answers())
        return;
    const bool onlyReplica = replicas.value(entry.target.instance).size() == 1;
    const Lag lag =
        lagOf(*entry.reader.replica(), primary->reader.walHistory(), primary->reader.senders(), onlyReplica);
    sample.lagBytes.value = lag.bytes;
    sample.lagSeconds.value = lag.seconds;
}

ServerSample Sampler::Private::finished(const Entry &entry) const
{
    ServerSample sample = entry.sample;
    if (sample.state != State::Down) {
        judge(entry, sample);
        if (entry.target.role == Role::Replica)
            addLag(entry, sample);
        warnOfHidden(sample);
    }
    return sample;
}

Sampler::Sampler(pg::PasswordSource *passwords)
    : d(std::make_unique<Private>(passwords))
{
}

Sampler::~Sampler() = default;

void Sampler::begin(const Target &target, const Pace &pace, Deliver deliver)
{
    Entry &entry = d->entryFor(target);
    pg::FanOutTask task{d->specFor(target), entry.reader.questions(pace, d->sharedOf(entry), d->texts), true};
    d->fanOut.ask(std::move(task), Clock::now() + pace.timeout,
                  [this, name = target.name, deliver = std::move(deliver)](const pg::FanOutReply &reply) {
                      const auto found = d->entries.find(name);
                      if (found == d->entries.end() || reply.busy) {
                          deliver(std::nullopt);
                          return;
                      }
                      d->digest(found->second, reply);
                      deliver(d->finished(found->second));
                  });
}

void Sampler::serve(const Wait &wait)
{
    d->fanOut.serve(wait);
}

void Sampler::interrupt()
{
    d->fanOut.interrupt();
}

void Sampler::sample(const std::vector<Target> &targets, const Pace &pace,
                     const std::function<void(size_t, const ServerSample &)> &deliver, const Wait &wait)
{
    // With a window every server is visited three times: to learn what it has, for the first reading, for the last.
    enum class Visit { First, Middle, Last };
    struct Next
    {
        size_t index;
        Visit visit;
        Clock::time_point at;
    };
    const bool windowed = pace.window > Milliseconds(0);
    const Clock::time_point end = wait.atMost(pace.timeout).deadline();
    std::vector<Next> waiting;
    QMultiHash<QString, size_t> answeredReplicas; ///< by instance
    size_t open = 0;
    for (size_t index = 0; index < targets.size(); ++index)
        waiting.push_back({index, windowed ? Visit::First : Visit::Last, Clock::now()});

    const auto deliverAgain = [&](size_t index) {
        const auto found = d->entries.find(targets[index].name);
        if (found != d->entries.end())
            deliver(index, d->finished(found->second));
    };
    const auto take = [&](const Next &done, const std::optional<ServerSample> &sample) {
        --open;
        if (!sample)
            return;
        const bool answers = sample->state != State::Down;
        if (answers && done.visit != Visit::Last) {
            const bool first = done.visit == Visit::First;
            waiting.push_back(
                {done.index, first ? Visit::Middle : Visit::Last, first ? Clock::now() : Clock::now() + pace.window});
            return;
        }
        deliver(done.index, *sample);
        const Target &target = targets[done.index];
        if (!answers)
            return;
        if (target.role == Role::Replica) {
            answeredReplicas.insert(target.instance, done.index);
            return;
        }
        // The primary's position has come: its replicas that answered before can be measured against it.
        for (const size_t replica : answeredReplicas.values(target.instance))
            deliverAgain(replica);
    };
    while (open > 0 || !waiting.empty()) {
        Clock::time_point until = end;
        std::vector<Next> later;
        for (const Next &next : std::exchange(waiting, {})) {
            if (next.at > Clock::now()) {
                until = std::min(until, next.at);
                later.push_back(next);
                continue;
            }
            Pace own = pace;
            own.timeout = std::chrono::duration_cast<Milliseconds>(end - Clock::now());
            if (next.visit == Visit::Last && windowed)
                own.statements = own.machine = Milliseconds(0);
            ++open;
            begin(targets[next.index], own,
                  [&take, next](const std::optional<ServerSample> &sample) { take(next, sample); });
        }
        waiting.insert(waiting.end(), later.begin(), later.end());
        d->fanOut.serve(Wait(until, wait.stopToken()));
        if (wait.stopRequested())
            waiting.clear();
    }
    if (!windowed)
        return;
    for (size_t index = 0; index < targets.size(); ++index) {
        const auto found = d->entries.find(targets[index].name);
        SharedServer *server = found == d->entries.end() ? nullptr : d->sharedOf(found->second);
        if (server && server->members.size() > 1 && found->second.reader.answers()) {
            found->second.reader.share(*server, found->second.sample);
            deliverAgain(index);
        }
    }
}

void Sampler::ask(const Target &target, std::vector<pg::Statement> statements, Clock::time_point deadline,
                  std::function<void(pg::FanOutReply)> answered)
{
    pg::FanOutTask task{d->specFor(target), std::move(statements)};
    QSet<QByteArray> texts;
    for (pg::Statement &statement : task.statements) {
        statement.sql = SampleTexts::marked(statement.sql);
        texts.insert(statement.sql);
    }
    const auto count = static_cast<qint64>(task.statements.size());
    d->fanOut.ask(std::move(task), deadline,
                  [this, name = target.name, texts, count, answered = std::move(answered)](pg::FanOutReply reply) {
                      d->rememberQuestion(name, texts, count, reply);
                      answered(std::move(reply));
                  });
}

void Sampler::Private::rememberQuestion(const QString &name, const QSet<QByteArray> &asked, qint64 count,
                                        const pg::FanOutReply &reply)
{
    const auto found = entries.find(name);
    if (found == entries.end() || reply.serverVersion == 0)
        return;
    Entry &entry = found->second;
    entry.reader.countOwn(count, reply.reconnected);
    // A text that is new to the server is looked for among its statements once more.
    SharedServer *server = sharedOf(entry);
    if (server && !entry.asked.contains(asked)) {
        entry.asked.unite(asked);
        server->newTexts = true;
    }
}

void Sampler::forget(const QString &name)
{
    d->fanOut.forget(name);
    const auto found = d->entries.find(name);
    if (found == d->entries.end())
        return;
    d->leaveShared(found->second);
    const QString instance = found->second.target.instance;
    d->replicas[instance].remove(name);
    d->entries.erase(found);
}

} // namespace shardhelm::monitor
