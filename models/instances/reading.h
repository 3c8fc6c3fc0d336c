// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clustersession.h"
#include "core/result.h"
#include "instances/detailworker.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

namespace shardhelm {

/// Something that is read from servers while somebody looks at it: at once, then at an interval, never while the
/// session is paused. What was read stays until another server is chosen, also when a later reading fails. GUI thread.
class Reading : public QObject
{
    Q_OBJECT
public:
    /// `session` and `worker` outlive the reading. `interval` counts from the end of a reading to the next.
    Reading(ClusterSession &session, DetailWorker &worker, std::chrono::milliseconds interval,
            QObject *parent = nullptr);
    ~Reading() override;

    /// Drops what was read of another server; empty: of none.
    void setServer(const QString &server);
    [[nodiscard]] QString server() const { return m_server; }
    /// Whether somebody looks.
    void setWatched(bool watched);
    [[nodiscard]] bool isWatched() const { return m_watched; }
    /// Counts from the next reading on.
    void setInterval(std::chrono::milliseconds interval) { m_timer.setInterval(interval); }
    /// Once more, now.
    void readNow();
    /// Throws away what was read and begins anew.
    void startOver();

    [[nodiscard]] bool isReading() const { return m_ticket != nullptr; }
    [[nodiscard]] virtual bool hasValue() const = 0;
    /// Why the newest attempt failed; nullopt when it did not.
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    /// When the value was read; invalid without one.
    [[nodiscard]] QDateTime readAt() const { return m_readAt; }

Q_SIGNALS:
    /// There is a value, an error, none any more, or a reading has begun.
    void changed();

protected:
    /// What is run on the worker now; an empty job: the server cannot be asked.
    [[nodiscard]] virtual DetailWorker::Job makeJob() = 0;
    virtual void dropValue() = 0;
    /// Called by deliveries on the GUI thread.
    void finish(std::optional<Error> error);

    [[nodiscard]] ClusterSession &session() const { return m_session; }

private:
    void schedule();
    void stop();

    ClusterSession &m_session;
    DetailWorker &m_worker;
    QTimer m_timer;
    QString m_server;
    bool m_watched = false;
    DetailWorker::Ticket m_ticket; // of the reading under way
    std::optional<Error> m_error;
    QDateTime m_readAt;
};

/// A reading of one value. `Make` is called on the GUI thread with the server's name and gives what the worker runs.
template <typename Value>
class ValueReading : public Reading
{
public:
    using Reader = std::function<Result<Value>(const Askers &, const Wait &)>;
    using Make = std::function<Reader(const QString &server)>;

    ValueReading(ClusterSession &session, DetailWorker &worker, std::chrono::milliseconds interval, Make make,
                 QObject *parent = nullptr)
        : Reading(session, worker, interval, parent)
        , m_make(std::move(make))
    {
    }

    [[nodiscard]] bool hasValue() const override { return m_value.has_value(); }
    [[nodiscard]] const std::optional<Value> &value() const { return m_value; }

protected:
    DetailWorker::Job makeJob() override
    {
        Reader reader = m_make(server());
        if (!reader)
            return {};
        // A reader may have connections of its own, and a replay makes none.
        if (session().isReplay())
            reader = [name = server()](const Askers &, const Wait &) -> Result<Value> {
                return fail(ErrorCode::RecordingShown, name);
            };
        return [this, read = std::move(reader)](const Askers &askers, const Wait &wait) -> DetailWorker::Delivery {
            auto result = std::make_shared<Result<Value>>(read(askers, wait));
            return [this, result] {
                if (*result)
                    m_value = std::move(**result);
                finish(*result ? std::nullopt : std::optional<Error>(result->error()));
            };
        };
    }
    void dropValue() override { m_value.reset(); }

private:
    Make m_make;
    std::optional<Value> m_value;
};

/// The server of a name as the detail asks it; nullopt when it is not in the fleet.
std::optional<monitor::Target> detailTarget(const Fleet &fleet, const QString &server);
/// All servers of the fleet that answer now and could be compared with `server`: those of the same role.
std::vector<monitor::Target> comparableTargets(const Fleet &fleet, const QString &server);

} // namespace shardhelm
