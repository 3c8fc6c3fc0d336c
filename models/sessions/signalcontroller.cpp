// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessions/signalcontroller.h"

#include "cluster/mapchange.h"
#include "monitor/targets.h"
#include "sessions/sessiontable.h"

#include <QJsonDocument>

#include <algorithm>

namespace shardhelm {

namespace {

constexpr std::chrono::milliseconds answerTimeout{5000};

} // namespace

SignalController::SignalController(ClusterSession &session, monitor::Signal signal,
                                   std::vector<monitor::Session> sessions, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_signal(signal)
    , m_sessions(std::move(sessions))
{
    std::map<QString, std::vector<monitor::SessionKey>> keys;
    for (const monitor::Session &one : m_sessions)
        keys[one.key.server].push_back(one.key);
    for (const auto &[server, ofServer] : keys)
        m_batches.emplace(server, monitor::SignalBatch(signal, ofServer));
}

void SignalController::start()
{
    for (const auto &[server, batch] : m_batches)
        ask(server);
}

void SignalController::ask(const QString &server)
{
    m_session.ask(server, m_batches.at(server).statements(), answerTimeout, this,
                  [this, server](const pg::FanOutReply &reply) {
                      monitor::SignalBatch &batch = m_batches.at(server);
                      batch.take(reply, Clock::now());
                      Q_EMIT changed();
                      if (!batch.isFinished()) {
                          QTimer::singleShot(monitor::SignalBatch::roundPause, this, [this, server] { ask(server); });
                      } else if (isFinished() && !m_finished) {
                          m_finished = true;
                          journal();
                          Q_EMIT finished();
                      }
                  });
}

std::vector<monitor::SignalResult> SignalController::results() const
{
    std::vector<monitor::SignalResult> results;
    for (const monitor::Session &one : m_sessions) {
        const auto &ofServer = m_batches.at(one.key.server).results();
        results.push_back(*std::ranges::find(ofServer, one.key, &monitor::SignalResult::session));
    }
    return results;
}

bool SignalController::isFinished() const
{
    return std::ranges::all_of(m_batches, [](const auto &batch) { return batch.second.isFinished(); });
}

std::vector<std::pair<QString, QByteArray>> SignalController::statements() const
{
    std::vector<std::pair<QString, QByteArray>> statements;
    for (const monitor::Session &one : m_sessions)
        statements.emplace_back(one.key.server, monitor::signalStatement(m_signal, one.key));
    return statements;
}

void SignalController::journal()
{
    const QString what =
        m_signal == monitor::Signal::Cancel ? QStringLiteral("session cancel") : QStringLiteral("session terminate");
    std::vector<pg::Statement> entries;
    for (const monitor::SignalResult &result : results()) {
        const auto known = std::ranges::find(m_sessions, result.session, &monitor::Session::key);
        const QJsonObject detail = signalJournal(m_signal, result, known == m_sessions.end() ? nullptr : &*known);
        entries.push_back(cluster::operationStatement(what, QJsonDocument(detail).toJson(QJsonDocument::Compact)));
    }
    m_session.ask(
        monitor::directoryName(), std::move(entries), answerTimeout, this, [this](const pg::FanOutReply &reply) {
            std::optional<Error> error;
            if (!reply.results)
                error = reply.results.error();
            for (const auto &entry : reply.results.value_or(std::vector<Result<pg::Rows>>())) {
                if (!entry)
                    error = entry.error();
            }
            // A directory of another shape may have no audit.
            const bool none = error
                && (error->sqlstate() == QLatin1StringView("42P01") || error->sqlstate() == QLatin1StringView("3F000"));
            if (error && !none)
                Q_EMIT journalFailed(*error);
        });
}

} // namespace shardhelm
