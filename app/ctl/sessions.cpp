// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "fleetask.h"
#include "sessions/sessiontable.h"

namespace shardhelm::ctl {

namespace {

constexpr Milliseconds shortestTimeout{100};
constexpr Milliseconds longestTimeout{600000};

const QString running = QStringLiteral("running");
const QString waiting = QStringLiteral("waiting");
const QString blocking = QStringLiteral("blocking");
const QString idle = QStringLiteral("idle");
const QString inTransaction = QStringLiteral("in-transaction");

bool isIn(const SessionRow &row, const QString &state)
{
    const monitor::Session &session = row.session;
    if (state == running)
        return session.isRunning();
    if (state == waiting)
        return session.isWaiting();
    if (state == blocking)
        return row.behind > 0;
    if (state == idle)
        return session.state == QLatin1StringView("idle");
    return session.transactionAge.has_value();
}

Exit listSessions(const Invocation &call)
{
    const auto timeout = call.seconds(QStringLiteral("timeout"), shortestTimeout, longestTimeout);
    if (!timeout)
        return call.fail(timeout.error());
    const Wait wait = call.wait(*timeout);
    auto fleet = FleetAsk::open(call, call.values(QStringLiteral("instance")), wait);
    if (!fleet)
        return call.fail(fleet.error());
    const FleetSessions sessions = readFleetSessions(*fleet, {}, wait.remaining(), wait);
    if (call.stop.stop_requested())
        return call.fail(Error{ErrorCode::Cancelled, {}, {}, {}, 0, std::nullopt});
    std::vector<SessionRow> rows =
        call.has(QStringLiteral("blocked")) ? lockRows(sessions.lists) : sessionRows(sessions.lists);
    const QStringList states = call.values(QStringLiteral("state"));
    if (!states.isEmpty())
        std::erase_if(rows, [&](const SessionRow &row) {
            return std::ranges::none_of(states, [&](const QString &state) { return isIn(row, state); });
        });
    const bool complete = sessions.failures.empty() && !fleet->source().fromCopy();
    QStringList warnings = sessions.warnings();
    if (fleet->source().fromCopy())
        warnings.prepend(fleet->source().warning);
    const bool forPeople = call.value(QStringLiteral("format")) == QLatin1StringView("table");
    call.print(forPeople ? sessionSummary(rows) : sessionTable(rows), complete, warnings);
    if (complete)
        return Exit::Done;
    return call.strict() || sessions.lists.empty() ? Exit::Failed : Exit::Partial;
}

} // namespace

std::vector<Command> sessionCommands()
{
    return {
        {QStringLiteral("sessions"),
         Text::tr("List the sessions of every instance, and who waits for whom"),
         {},
         {{QStringLiteral("blocked"), {}, Text::tr("only those that wait and whom they wait for, as trees")},
          {QStringLiteral("instance"),
           QStringLiteral("I"),
           Text::tr("only this instance and its replicas, or one server of them"),
           {},
           {},
           true},
          {QStringLiteral("state"),
           QStringLiteral("STATE"),
           Text::tr("only sessions in this state"),
           {},
           {running, waiting, blocking, idle, inTransaction},
           true},
          {QStringLiteral("timeout"), QStringLiteral("S"),
           Text::tr("seconds until a server that does not answer counts as missing"), QStringLiteral("5")}},
         listSessions,
         Text::tr("The first column names a session for \"cancel\" and \"terminate\". Literals in statements are "
                  "redacted. A server without a connection to spare answers only a role with reserved connections; "
                  "the window and \"watch\" keep a connection of their own and are not affected. The exit code is 3 "
                  "when a server does not answer, 1 with --strict or when none does.")},
    };
}

} // namespace shardhelm::ctl
