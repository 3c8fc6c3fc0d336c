// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/fanout.h"

#include "pg/fanoutmember.h"

#include <poll.h>

#include <map>

namespace shardhelm::pg {

namespace {

/// A member at work on a task of this run.
struct Active
{
    size_t task;
    FanOutMember *member;
    bool ready = true; ///< something happened since its last step
    Clock::time_point wakeAt = {}; ///< when it wants its next step anyway
};

} // namespace

struct FanOut::Private
{
    std::shared_ptr<Waker> waker = std::make_shared<Waker>();
    HostLookups lookups{waker};
    std::map<QString, std::unique_ptr<FanOutMember>> members;
    /// Questions of members that are gone: withdrawn, and waited for at the end.
    std::vector<std::unique_ptr<PasswordQuestion>> withdrawn;

    void drop(const QString &name);
    FanOutMember *memberFor(const ConnectSpec &spec);
    void sleep(std::vector<Active> &active, Clock::time_point until);
};

FanOut::FanOut()
    : d(std::make_unique<Private>())
{
}

FanOut::~FanOut() = default;

void FanOut::Private::drop(const QString &name)
{
    const auto found = members.find(name);
    if (found == members.end())
        return;
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

void FanOut::Private::sleep(std::vector<Active> &active, Clock::time_point until)
{
    std::vector<pollfd> watched;
    watched.reserve(active.size() + 1);
    watched.push_back({waker->descriptor(), POLLIN, 0});
    for (Active &one : active) {
        watched.push_back({one.member->socket(), one.member->events(), 0});
        one.wakeAt = one.member->wakeAt();
        until = std::min(until, one.wakeAt);
    }
    ::poll(watched.data(), watched.size(), pollTimeout(*waker, until));
    const bool woken = watched.front().revents != 0;
    const auto now = Clock::now();
    for (size_t index = 0; index < active.size(); ++index)
        active[index].ready = woken || watched[index + 1].revents != 0 || active[index].wakeAt <= now;
}

void FanOut::run(const std::vector<FanOutTask> &tasks, Milliseconds timeoutPerMember,
                 const std::function<void(size_t, FanOutReply)> &deliver, const Wait &wait)
{
    const StopWakes stopWakes(d->waker, wait.stopToken());
    const Clock::time_point deadline = wait.atMost(timeoutPerMember).deadline();
    std::vector<Active> active;
    for (size_t index = 0; index < tasks.size(); ++index) {
        const ConnectSpec &spec = tasks[index].spec;
        const auto same = [&](const Active &other) { return tasks[other.task].spec.name == spec.name; };
        if (std::any_of(active.begin(), active.end(), same)) {
            deliver(index, {fail(ErrorCode::Internal, spec.name, QStringLiteral("twice in one run")), 0, false, 0, {}});
            continue;
        }
        FanOutMember *member = d->memberFor(spec);
        member->begin(tasks[index], deadline);
        active.push_back({index, member});
    }
    while (!active.empty()) {
        d->waker->clear();
        for (Active &one : active) {
            if (wait.stopRequested())
                one.member->end(ErrorCode::Cancelled);
            else if (one.ready)
                one.member->step();
            if (auto reply = one.member->takeReply()) {
                deliver(one.task, std::move(*reply));
                one.member = nullptr;
            }
        }
        std::erase_if(active, [](const Active &one) { return !one.member; });
        if (!active.empty())
            d->sleep(active, deadline);
    }
}

void FanOut::forget(const QString &name)
{
    d->drop(name);
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
