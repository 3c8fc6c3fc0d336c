// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clustersession.h"
#include "monitor/triage/session.h"
#include "sessions/sessionreader.h"

#include <QMap>
#include <QObject>
#include <QTimer>

namespace shardhelm {

/// The sessions of every server of the open cluster, asked anew at the session's interval while somebody looks, over
/// the connections of the monitor. A server that does not answer keeps its last list. In a replay: the lists that were
/// recorded. GUI thread.
class SessionsFeed : public QObject
{
    Q_OBJECT
public:
    /// What is known of one server's sessions.
    struct Server
    {
        std::optional<monitor::SessionList> list; ///< the last one read
        QDateTime at; ///< when it came
        std::optional<Error> error; ///< why the last attempt failed
        bool asking = false;
    };

    /// `session` outlives the feed.
    explicit SessionsFeed(ClusterSession &session, QObject *parent = nullptr);

    /// Asks this server alone from now on, and forgets the others; null: every server of the fleet.
    void setServer(const std::optional<QString> &server);
    /// Whether somebody looks. At the beginning every server is asked once, also during a pause.
    void setActive(bool active);
    [[nodiscard]] bool isActive() const { return m_active; }
    /// Asks every server now, also during a pause.
    void refresh();

    [[nodiscard]] const QMap<QString, Server> &servers() const { return m_servers; }
    /// The last list of every server that has one, by name.
    [[nodiscard]] std::vector<monitor::SessionList> lists() const;
    /// When the oldest of them came; invalid when there is none.
    [[nodiscard]] QDateTime oldest() const;
    /// Whether an answer of every server has come, good or bad.
    [[nodiscard]] bool isComplete() const;

    /// Takes what one server answered, as if it had just come.
    void receive(const QString &server, const Result<monitor::SessionList> &list);

Q_SIGNALS:
    /// Lists or errors have changed; what comes close together is told once.
    void updated();

private:
    void pace();
    void ask(const QString &server);
    void takeRecorded();
    [[nodiscard]] QStringList serversOfFleet() const;

    ClusterSession &m_session;
    std::optional<QString> m_only;
    QMap<QString, Server> m_servers;
    qint64 m_generation = 0; ///< of the cluster: answers of an earlier one are dropped
    bool m_active = false;
    QTimer m_timer;
    QTimer m_gather;
    SessionReader m_reader; // last: it delivers to this
};

} // namespace shardhelm
