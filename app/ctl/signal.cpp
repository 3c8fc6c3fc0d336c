// SPDX-License-Identifier: GPL-3.0-or-later
#include "clusterfacts.h"
#include "command.h"
#include "core/pause.h"
#include "fleetask.h"
#include "sessions/sessionid.h"
#include "sessions/sessiontable.h"
#include "wording/errors.h"
#include "wording/triage.h"

#include <QFile>
#include <QJsonDocument>
#include <QTextStream>

#include <cstdio>

#include <unistd.h>

namespace shardhelm::ctl {

namespace {

using monitor::Session;
using monitor::SessionKey;
using monitor::Signal;
using monitor::SignalBatch;
using monitor::SignalOutcome;
using monitor::SignalResult;

constexpr Milliseconds connectTimeout{5000};
constexpr Milliseconds shortestPatience{100};
constexpr Milliseconds longestPatience{600000};

QString wordOf(Signal signal)
{
    return signal == Signal::Cancel ? QStringLiteral("cancel") : QStringLiteral("terminate");
}

/// The sessions of the command line, each once, in order.
Result<std::vector<SessionKey>> sessionsFrom(const Invocation &call)
{
    std::vector<SessionKey> keys;
    for (const QString &argument : call.arguments) {
        const auto key = sessionFromId(argument);
        if (!key)
            return Failure(key.error());
        if (std::ranges::find(keys, *key) == keys.end())
            keys.push_back(*key);
    }
    return keys;
}

QStringList serversOf(const std::vector<SessionKey> &keys)
{
    QStringList servers;
    for (const SessionKey &key : keys) {
        if (!servers.contains(key.server))
            servers.append(key.server);
    }
    return servers;
}

void printDryRun(const Invocation &call, Signal signal, const std::vector<SessionKey> &keys)
{
    cluster::StatementPlan plan;
    for (const SessionKey &key : keys)
        plan.push_back({key.server, monitor::signalStatement(signal, key)});
    printPlan(call, plan);
}

/// The session as it is now; nullptr when it is not there.
const Session *found(const FleetSessions &sessions, const SessionKey &key)
{
    for (const monitor::SessionList &list : sessions.lists) {
        const Session *session = list.server == key.server ? list.session(key.pid) : nullptr;
        if (session && session->key == key)
            return session;
    }
    return nullptr;
}

/// Shows what is about to happen and asks on the terminal: a yes, in production the name of the cluster.
bool confirmed(Signal signal, const std::vector<SessionKey> &keys, const FleetSessions &sessions, FleetAsk &fleet)
{
    QTextStream err(stderr);
    for (const SessionKey &key : keys) {
        const Session *session = found(sessions, key);
        err << sessionId(key) << '\n';
        if (session)
            err << "  " << wording::whoIs(*session) << ", " << wording::doing(*session) << '\n'
                << "  " << session->query.simplified().left(200) << '\n';
        err << "  " << QString::fromUtf8(monitor::signalStatement(signal, key)) << '\n';
    }
    const bool production = fleet.file().environment == cluster::Environment::Production;
    const int count = static_cast<int>(keys.size());
    const QString what = signal == Signal::Cancel
        ? (count == 1 ? Text::tr("Cancel the statement of 1 session?")
                      : Text::tr("Cancel the statements of %1 sessions?").arg(count))
        : (count == 1 ? Text::tr("End 1 session? Its transaction is rolled back.")
                      : Text::tr("End %1 sessions? Their transactions are rolled back.").arg(count));
    const bool typed = production && signal == Signal::Terminate;
    err << what << ' '
        << (typed ? Text::tr("Type the name of the cluster (%1): ").arg(fleet.source().map.clusterName)
                  : Text::tr("[y/N] "));
    err.flush();
    const QString answer = QTextStream(stdin).readLine().trimmed();
    return typed ? answer == fleet.source().map.clusterName
                 : answer.compare(QStringLiteral("y"), Qt::CaseInsensitive) == 0
            || answer.compare(QStringLiteral("yes"), Qt::CaseInsensitive) == 0;
}

/// Sends the signals and follows what becomes of them, all servers side by side.
std::vector<SignalResult> carryOut(FleetAsk &fleet, Signal signal, const std::vector<SessionKey> &keys,
                                   Milliseconds patience, const Invocation &call)
{
    std::vector<std::pair<QString, SignalBatch>> batches;
    for (const QString &server : serversOf(keys)) {
        std::vector<SessionKey> ofServer;
        std::ranges::copy_if(keys, std::back_inserter(ofServer),
                             [&](const SessionKey &key) { return key.server == server; });
        batches.emplace_back(server, SignalBatch(signal, std::move(ofServer), patience));
    }
    while (!call.stop.stop_requested()) {
        std::vector<std::pair<QString, std::vector<pg::Statement>>> questions;
        std::vector<SignalBatch *> asked;
        for (auto &[server, batch] : batches) {
            if (batch.isFinished())
                continue;
            questions.emplace_back(server, batch.statements());
            asked.push_back(&batch);
        }
        if (asked.empty())
            break;
        const auto replies = fleet.ask(questions, connectTimeout, call.wait(connectTimeout));
        for (size_t index = 0; index < asked.size(); ++index)
            asked[index]->take(replies[index], Clock::now());
        if (std::ranges::any_of(asked, [](const SignalBatch *batch) { return !batch->isFinished(); }))
            pauseFor(SignalBatch::roundPause, call.wait(SignalBatch::roundPause * 2));
    }
    std::vector<SignalResult> results;
    for (const auto &[server, batch] : batches)
        results.insert(results.end(), batch.results().begin(), batch.results().end());
    return results;
}

/// Who did what to whom, and what became of it, in the directory's audit.
void journal(const Invocation &call, FleetAsk &fleet, Signal signal, const std::vector<SignalResult> &results,
             const FleetSessions &sessions)
{
    if (!fleet.source().directory) {
        call.say(Text::tr("Warning: it is not written to the journal: the directory cannot be reached."));
        return;
    }
    // Also after Ctrl+C: what was done is done.
    const Wait wait = Wait::forDuration(connectTimeout);
    for (const SignalResult &result : results) {
        const QJsonObject detail = signalJournal(signal, result, found(sessions, result.session));
        const auto recorded = fleet.source().directory->record(
            QStringLiteral("session ") + wordOf(signal), QJsonDocument(detail).toJson(QJsonDocument::Compact), wait);
        // A directory of another shape may have no audit.
        const bool none = !recorded
            && (recorded.error().sqlstate() == QLatin1StringView("42P01")
                || recorded.error().sqlstate() == QLatin1StringView("3F000"));
        if (recorded || none)
            continue;
        call.say(
            Text::tr("Warning: it could not be written to the journal: %1").arg(wording::sentence(recorded.error())));
        return;
    }
}

Exit exitFor(const Invocation &call, const std::vector<SignalResult> &results)
{
    const auto bad = [](const SignalResult &result) {
        return result.outcome == SignalOutcome::StillThere || result.outcome == SignalOutcome::NotPermitted
            || result.outcome == SignalOutcome::Failed || result.outcome == SignalOutcome::Pending;
    };
    if (std::ranges::none_of(results, bad))
        return Exit::Done;
    return call.strict() || std::ranges::all_of(results, bad) ? Exit::Failed : Exit::Partial;
}

Exit run(const Invocation &call, Signal signal)
{
    const auto keys = sessionsFrom(call);
    if (!keys)
        return call.fail(keys.error());
    const auto patience = call.seconds(QStringLiteral("timeout"), shortestPatience, longestPatience);
    if (!patience)
        return call.fail(patience.error());
    if (runMode(call) == cluster::RunMode::DryRun) {
        printDryRun(call, signal, *keys);
        return Exit::Done;
    }
    const bool askFirst = !call.has(QStringLiteral("yes"));
    if (askFirst && ::isatty(STDIN_FILENO) != 1)
        return call.fail(Error{ErrorCode::Refused,
                               wordOf(signal),
                               Text::tr("there is no terminal to confirm on; look with --dry-run, then say --yes"),
                               {},
                               0,
                               std::nullopt});
    auto fleet = FleetAsk::open(call, serversOf(*keys), call.wait(2 * connectTimeout));
    if (!fleet)
        return call.fail(fleet.error());
    const FleetSessions sessions =
        readFleetSessions(*fleet, serversOf(*keys), connectTimeout, call.wait(connectTimeout));
    if (askFirst && !confirmed(signal, *keys, sessions, *fleet))
        return call.fail(
            Error{ErrorCode::Refused, wordOf(signal), Text::tr("it was not confirmed"), {}, 0, std::nullopt});
    const std::vector<SignalResult> results = carryOut(*fleet, signal, *keys, *patience, call);
    journal(call, *fleet, signal, results, sessions);
    QStringList warnings;
    for (const SignalResult &result : results) {
        if (!monitor::isDone(result.outcome))
            warnings.append(QStringLiteral("%1: %2").arg(sessionId(result.session), wording::outcome(result)));
    }
    const Exit exit = exitFor(call, results);
    call.print(signalTable(signal, results), exit == Exit::Done, warnings);
    return exit;
}

std::vector<Option> signalOptions()
{
    return {{QStringLiteral("yes"), {}, Text::tr("do it without asking; needed without a terminal")},
            dryRunOption(),
            {QStringLiteral("timeout"), QStringLiteral("S"),
             Text::tr("seconds to wait for what becomes of the sessions"), QStringLiteral("5")}};
}

} // namespace

std::vector<Command> signalCommands()
{
    const Argument sessions{QStringLiteral("SESSION"), Text::tr("INSTANCE:PID@BACKEND_START, as \"sessions\" shows it"),
                            false, true};
    const QString outcomes = Text::tr(
        "One statement per session matches pid and start, so that it does nothing to another session that got the pid "
        "since. What became of each is checked on the server: gone, statement ended, nothing ran, still there, already "
        "gone, not permitted, failed. The exit code is 1 when a session is still there, not permitted or not reached, "
        "3 when others were dealt with. When the server has no connection left, a role with reserved connections gets "
        "in; the window does it over the connection it holds.");
    return {
        {QStringLiteral("cancel"),
         Text::tr("Cancel the running statements of sessions"),
         {sessions},
         signalOptions(),
         [](const Invocation &call) { return run(call, Signal::Cancel); },
         outcomes},
        {QStringLiteral("terminate"),
         Text::tr("End sessions; their transactions are rolled back"),
         {sessions},
         signalOptions(),
         [](const Invocation &call) { return run(call, Signal::Terminate); },
         outcomes},
    };
}

} // namespace shardhelm::ctl
