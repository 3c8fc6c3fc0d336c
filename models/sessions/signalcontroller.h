// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clustersession.h"
#include "monitor/triage/signals.h"

#include <QJsonObject>
#include <QObject>

#include <functional>
#include <map>

namespace shardhelm {

/// Cancels or terminates sessions over the monitor's connections, follows what becomes of each, and writes it to the
/// directory's audit. One go per object. GUI thread; never waits.
class SignalController : public QObject
{
    Q_OBJECT
public:
    /// `sessions` as they were seen, for the audit. `session` outlives the controller.
    SignalController(ClusterSession &session, monitor::Signal signal, std::vector<monitor::Session> sessions,
                     QObject *parent = nullptr);

    void start();
    [[nodiscard]] monitor::Signal signal() const { return m_signal; }
    [[nodiscard]] const std::vector<monitor::Session> &sessions() const { return m_sessions; }
    /// One per session, in their order.
    [[nodiscard]] std::vector<monitor::SignalResult> results() const;
    [[nodiscard]] bool isFinished() const;
    /// The statements, with the server each goes to, as they are sent.
    [[nodiscard]] std::vector<std::pair<QString, QByteArray>> statements() const;

Q_SIGNALS:
    void changed(); ///< results
    void finished(); ///< every outcome is known
    void journalFailed(const shardhelm::Error &error); ///< it could not be written to the audit

private:
    void ask(const QString &server);
    void journal();

    ClusterSession &m_session;
    monitor::Signal m_signal;
    std::vector<monitor::Session> m_sessions;
    std::map<QString, monitor::SignalBatch> m_batches; // by server
    bool m_finished = false;
};

} // namespace shardhelm
