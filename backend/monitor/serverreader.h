// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/answers.h"
#include "monitor/fillsample.h"
#include "monitor/latency/combined.h"
#include "monitor/pace.h"
#include "monitor/targets.h"
#include "monitor/trend.h"
#include "pg/fanout.h"

#include <QSet>

#include <deque>

namespace shardhelm::monitor {

/// The texts of a sample's statements, each read from its file once and marked as the console's own.
class SampleTexts
{
public:
    [[nodiscard]] QByteArray marked(const char *name);
    [[nodiscard]] static QByteArray marked(const QByteArray &sql) { return "/* shardhelm/monitor */ " + sql; }

private:
    QHash<QByteArray, QByteArray> m_texts;
};

/// What several databases of one running server share: one of them reads the statement statistics for all.
struct SharedServer
{
    QSet<QString> members; ///< names of the targets
    std::shared_ptr<const latency::StatementReading> reading; ///< the last one
    std::optional<Clock::time_point> readAt;
    int readings = 0;
    Clock::time_point takenUntil = {}; ///< one of them is at it; after that another may
    bool newTexts = false; ///< the console has asked something new: our own statements are to be told apart again
};

/// Reads one server from sample to sample: knows what to ask it next, and makes a sample of the answers with what
/// earlier ones have told. Does no input or output of its own; used by one thread.
class ServerReader
{
public:
    /// The statements of the next sample. `shared`: of the server as last told by serverKey(), null before that.
    [[nodiscard]] std::vector<pg::Statement> questions(const Pace &pace, SharedServer *shared, SampleTexts &texts);
    /// The sample that a reply to the last questions makes: Healthy, or Down with the reason and without figures. What
    /// other servers say (lag of a replica) and what follows from the role is not in it yet.
    [[nodiscard]] ServerSample read(const Target &target, const pg::FanOutReply &reply);
    /// Takes what the last answers told for all databases of the server, or what another one has read for us, into
    /// `sample`. `shared` is that of serverKey().
    void share(SharedServer &shared, ServerSample &sample);

    /// Statements other than samples went over the connection: they are ours, and no load of the cluster.
    void countOwn(qint64 statements, bool reconnected);

    [[nodiscard]] QString serverKey() const { return m_server ? m_server->serverKey : QString(); }
    [[nodiscard]] bool answers() const { return m_answers; } ///< to its last sample
    [[nodiscard]] const std::optional<ReplicaPosition> &replica() const { return m_replica; }
    [[nodiscard]] bool isReceiving() const { return m_receiving; } ///< the WAL receiver of a replica runs
    [[nodiscard]] const WalHistory &walHistory() const { return m_walHistory; }
    [[nodiscard]] const std::vector<Sender> &senders() const { return m_senders; }

private:
    /// The statements of a sample; each may be refused without harm to the others.
    enum class Part { Facts, Server, Activity, Upkeep, Checkpoints, Size, WalDirectory, Machine };
    using Moment = std::optional<Clock::time_point>;

    void forgetConnection();
    void take(Part part, const Result<pg::Rows> &rows, ServerSample &sample);
    void takeFacts(const Facts &facts, ServerSample &sample);
    void takeActivity(const Result<pg::Rows> &rows, ServerSample &sample);
    void takeUpkeep(const Result<pg::Rows> &rows);
    void takeCheckpoints(const Result<pg::Rows> &rows);
    void takeMachine(const Result<pg::Rows> &rows);
    void takeProbe(double roundTripMs, ServerSample &sample);
    void fill(ServerSample &sample) const;
    void putTimeToFull(ServerSample &sample) const;

    std::vector<Part> m_parts; ///< of the last questions; those about latency follow
    double m_shortestWindow = 0; ///< of rates, seconds
    bool m_readsStatements = false; ///< the last questions read them for the whole server
    bool m_answers = false;
    std::optional<ServerFacts> m_server;
    Moment m_rightsAt;

    std::optional<Counters> m_counters;
    std::optional<Rates> m_rates; ///< of the last window
    qint64 m_ownSince = 0; ///< transactions of our own since m_counters were read
    std::deque<CheckpointCounters> m_checkpoints;
    double m_now = 0; ///< the server's clock at its last sample

    Moment m_upkeepAt;
    std::optional<Upkeep> m_upkeep;
    Moment m_sizeAt;
    Figure<qint64> m_size;
    Trend m_sizeTrend{86400, 600};
    Moment m_walDirectoryAt;
    Figure<qint64> m_walDirectory;
    Moment m_machineAt;
    std::optional<MachineReading> m_machineReading;
    MachineFigures m_machine;
    Trend m_connections{300, 20};

    Moment m_latencyAt;
    latency::Combined m_latency;
    double m_takenAt = 0; ///< the shared reading that was taken last
    latency::Rolling m_probe{60};

    // A replica's lag needs both ends.
    bool m_isReplica = false;
    std::optional<ReplicaPosition> m_replica;
    bool m_receiving = false;
    WalHistory m_walHistory;
    std::vector<Sender> m_senders;
};

} // namespace shardhelm::monitor
