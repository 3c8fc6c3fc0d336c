// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/fanout.h"

#include "pg/fanoutmember.h"

#include <QSet>

#include <poll.h>

#include <atomic>
#include <deque>
#include <map>
#include <mutex>

namespace shardhelm::pg {

namespace {

using Deliver = std::function<void(FanOutReply)>;

struct Question
{
    FanOutTask task;
    Clock::time_point deadline;
    Deliver deliver;
};

/// A member at work on a question.
struct Active
{
    FanOutMember *member;
    Deliver deliver;
    bool ready = true; ///< something happened since its last step
    Clock::time_point wakeAt = {}; ///< when it wants its next step anyway
};

FanOutReply ended(ErrorCode code, const QString &name)
{
    return {fail(code, name), 0, false, 0, {}};
}

} // namespace

struct FanOut::Private
{
    std::shared_ptr<Waker> waker = std::make_shared<Waker>();
    HostLookups lookups{waker};
    std::map<QString, std::unique_ptr<FanOutMember>> members;
    /// Questions for passwords of members that are gone: withdrawn, and waited for at the end.
    std::vector<std::unique_ptr<PasswordQuestion>> withdrawn;
    std::map<QString, Active> active;
    std::deque<Question> waiting; ///< for their member to be free
    std::atomic<bool> interrupted = false;
    std::mutex mutex; ///< guards the next one
    std::deque<Question> asked; ///< not seen yet by the thread that works

    void drop(const QString &name);
    FanOutMember *memberFor(const ConnectSpec &spec);
    void takeQuestions();
    bool beginQuestions(bool stopped);
    bool step(bool stopped);
    void sleep(Clock::time_point until);
};

FanOut::FanOut()
    : d(std::make_unique<Private>())
{
}

FanOut::~FanOut()
{
    d->takeQuestions();
    d->step(true);
    d->beginQuestions(true);
}

void FanOut::Private::drop(const QString &name)
{
    const auto found = members.find(name);
    if (found == members.end())
        return;
    if (auto one = active.extract(name))
        one.mapped().deliver(ended(ErrorCode::Cancelled, name));
    if (auto question = found->second->takeQuestion()) {
        question->withdraw();
        withdrawn.push_back(std::move(question));
    }
    members.erase(found);
    std::erase_if(withdrawn, [](const auto &question) { return question->answer().has_value(); });
}

FanOutMember *FanOut::Private::memberFor(const ConnectSpec &spec)
{
    const auto found = members.find(spec.name);
    if (found != members.end() && found->second->differs(spec))
        drop(spec.name);
    auto &member = members[spec.name];
    if (!member)
        member = std::make_unique<FanOutMember>(waker, lookups);
    return member.get();
}

void FanOut::Private::takeQuestions()
{
    const std::lock_guard lock(mutex);
    std::ranges::move(asked, std::back_inserter(waiting));
    asked.clear();
}

/// Hands waiting questions to members that are free; ends those whose time is up, and all of them after a stop. Whether
/// one ended.
bool FanOut::Private::beginQuestions(bool stopped)
{
    const auto now = Clock::now();
    std::deque<Question> still;
    std::vector<std::pair<Deliver, FanOutReply>> over;
    for (Question &question : waiting) {
        const QString &name = question.task.spec.name;
        if (stopped || question.deadline <= now) {
            FanOutReply reply = ended(stopped ? ErrorCode::Cancelled : ErrorCode::TimedOut, name);
            reply.busy = !stopped && active.contains(name);
            over.emplace_back(std::move(question.deliver), std::move(reply));
        } else if (active.contains(name)) {
            still.push_back(std::move(question));
        } else {
            FanOutMember *member = memberFor(question.task.spec);
            member->begin(question.task, question.deadline);
            active.insert({name, {member, std::move(question.deliver)}});
        }
    }
    waiting = std::move(still);
    for (const auto &[deliver, reply] : over)
        deliver(reply);
    return !over.empty();
}

/// One round over the members at work; whether a question was answered.
bool FanOut::Private::step(bool stopped)
{
    bool answered = false;
    std::vector<std::pair<Deliver, FanOutReply>> done;
    for (auto &[name, one] : active) {
        if (stopped)
            one.member->end(ErrorCode::Cancelled);
        else if (one.ready)
            one.member->step();
        if (auto reply = one.member->takeReply()) {
            done.emplace_back(std::move(one.deliver), std::move(*reply));
            answered = true;
            one.member = nullptr;
        }
    }
    std::erase_if(active, [](const auto &one) { return !one.second.member; });
    for (const auto &[deliver, reply] : done)
        deliver(reply);
    return answered;
}

void FanOut::Private::sleep(Clock::time_point until)
{
    std::vector<pollfd> watched;
    watched.reserve(active.size() + 1);
    watched.push_back({waker->descriptor(), POLLIN, 0});
    for (auto &[name, one] : active) {
        watched.push_back({one.member->socket(), one.member->events(), 0});
        one.wakeAt = one.member->wakeAt();
        until = std::min(until, one.wakeAt);
    }
    for (const Question &question : waiting)
        until = std::min(until, question.deadline);
    ::poll(watched.data(), watched.size(), pollTimeout(*waker, until));
    const bool woken = watched.front().revents != 0;
    const auto now = Clock::now();
    auto socket = watched.begin();
    for (auto &[name, one] : active)
        one.ready = (++socket)->revents != 0 || woken || one.wakeAt <= now;
}

void FanOut::run(const std::vector<FanOutTask> &tasks, Milliseconds timeoutPerMember,
                 const std::function<void(size_t, FanOutReply)> &deliver, const Wait &wait)
{
    const StopWakes stopWakes(d->waker, wait.stopToken());
    const Clock::time_point deadline = wait.atMost(timeoutPerMember).deadline();
    QSet<QString> names;
    size_t open = 0;
    std::deque<Question> begun;
    for (size_t index = 0; index < tasks.size(); ++index) {
        const QString &name = tasks[index].spec.name;
        if (names.contains(name)) {
            deliver(index, {fail(ErrorCode::Internal, name, QStringLiteral("twice in one run")), 0, false, 0, {}});
            continue;
        }
        names.insert(name);
        ++open;
        begun.push_back({tasks[index], deadline, [&deliver, &open, index](FanOutReply reply) {
                             --open;
                             deliver(index, std::move(reply));
                         }});
    }
    std::ranges::move(d->waiting, std::back_inserter(begun));
    d->waiting = std::move(begun);
    while (open > 0) {
        d->waker->clear();
        d->takeQuestions();
        d->beginQuestions(wait.stopRequested());
        d->step(wait.stopRequested());
        if (open > 0)
            d->sleep(deadline);
    }
}

void FanOut::ask(FanOutTask task, Clock::time_point deadline, std::function<void(FanOutReply)> deliver)
{
    const std::lock_guard lock(d->mutex);
    d->asked.push_back({std::move(task), deadline, std::move(deliver)});
    d->waker->wake();
}

void FanOut::serve(const Wait &wait)
{
    const StopWakes stopWakes(d->waker, wait.stopToken());
    while (true) {
        d->waker->clear();
        const bool stopped = wait.stopRequested();
        d->takeQuestions();
        const bool ended = d->beginQuestions(stopped);
        const bool answered = d->step(stopped);
        if (ended || answered || stopped || wait.expired() || d->interrupted.exchange(false))
            return;
        d->sleep(wait.deadline());
    }
}

void FanOut::interrupt()
{
    d->interrupted = true;
    d->waker->wake();
}

void FanOut::forget(const QString &name)
{
    d->takeQuestions();
    std::vector<Deliver> over;
    for (Question &question : d->waiting) {
        if (question.task.spec.name == name)
            over.push_back(std::exchange(question.deliver, nullptr));
    }
    std::erase_if(d->waiting, [](const Question &question) { return !question.deliver; });
    d->drop(name);
    for (const Deliver &deliver : over)
        deliver(ended(ErrorCode::Cancelled, name));
}

QStringList FanOut::connected() const
{
    QStringList names;
    for (const auto &[name, member] : d->members) {
        if (member->isConnected())
            names += name;
    }
    return names;
}

} // namespace shardhelm::pg
