// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clustersession.h"
#include "cluster/journalread.h"

#include <QObject>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

namespace shardhelm {

/// Reads the directory's journal on a thread of its own. A new reading withdraws the one before. GUI thread.
class JournalController : public QObject
{
    Q_OBJECT
public:
    /// `session` outlives the controller.
    explicit JournalController(ClusterSession &session, QObject *parent = nullptr);
    ~JournalController() override;

    /// Answers with answered() or failed().
    void read(const cluster::JournalFilter &filter);
    [[nodiscard]] bool isBusy() const { return m_busy; }

Q_SIGNALS:
    void busyChanged();
    void answered(const std::vector<cluster::JournalEntry> &entries);
    void failed(const shardhelm::Error &error);

private:
    void receive(qint64 question, const Result<std::vector<cluster::JournalEntry>> &entries);
    void setBusy(bool busy);

    ClusterSession &m_session;
    struct Reading
    {
        std::shared_ptr<std::atomic<bool>> finished;
        std::jthread thread;
    };
    void withdraw();

    qint64 m_question = 0;
    bool m_busy = false;
    std::vector<Reading> m_readings; ///< the last one is that of the question; the others are ending
};

} // namespace shardhelm
