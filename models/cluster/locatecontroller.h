// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clustersession.h"
#include "core/result.h"

#include <QObject>

#include <memory>
#include <stop_token>
#include <vector>

namespace shardhelm {

/// One place a key lives in, with how it was found.
struct LocateHit
{
    QString tenant;
    int logicalShard = 0;
    QString instance;
    QString schema; ///< in schema layout; empty otherwise
    bool pinned = false;
    qint64 shardEpoch = 0;
    qint64 mapEpoch = 0;
    QString through; ///< name of the [locate] query that found the tenant; empty: the key itself

    bool operator==(const LocateHit &) const = default;
};

/// What a search gave.
struct LocateAnswer
{
    QString text; ///< what was asked
    std::vector<LocateHit> hits;
    std::optional<Error> error; ///< why there is none; unset when every instance was asked and none knows it
    QStringList notAsked; ///< instances that gave no answer, where they had to be asked
    bool operator==(const LocateAnswer &) const = default;
};

/// Finds where a tenant lives: as a shard key, or through the cluster file's [locate] queries on the instances, on a
/// thread of its own. A new question withdraws the one before.
class LocateController : public QObject
{
    Q_OBJECT
public:
    /// `session` outlives the controller.
    explicit LocateController(ClusterSession &session, QObject *parent = nullptr);
    ~LocateController() override;

    /// Answers with answered(); an empty text just withdraws.
    void locate(const QString &text);
    [[nodiscard]] bool isBusy() const { return m_busy; }

Q_SIGNALS:
    void busyChanged();
    void answered(const shardhelm::LocateAnswer &answer);

private:
    struct Worker;
    void receive(qint64 question, const LocateAnswer &answer);

    ClusterSession &m_session;
    std::unique_ptr<Worker> m_worker;
    qint64 m_question = 0;
    bool m_busy = false;
};

} // namespace shardhelm

Q_DECLARE_METATYPE(shardhelm::LocateAnswer)
