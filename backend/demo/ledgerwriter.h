// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/ledger.h"

#include <QFile>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace shardhelm::demo {

/// Appends one run to a ledger. Records of all clients are gathered, written and synced together by a thread of its
/// own. All functions may be called from any thread.
class LedgerWriter
{
public:
    /// Makes the file or continues one, cutting off what a crash left half written. FileUnwritable, FileUnreadable,
    /// DiskFull; LedgerBad when the file is no ledger or damaged (it is left as it is). LedgerInUse when another load
    /// has it open, or when its runs were on another cluster: then `found` is the cluster file of those runs and
    /// `expected` that of `begin`. A file made here is gone again after an error. `begin.run` is chosen here.
    static Result<std::unique_ptr<LedgerWriter>> open(const QString &path, RunBegin begin);
    ~LedgerWriter();
    LedgerWriter(const LedgerWriter &) = delete;
    LedgerWriter &operator=(const LedgerWriter &) = delete;

    [[nodiscard]] quint64 run() const { return m_run; }

    /// Numbers and records an intent. Unless it only reads, returns once it is on disk: nothing may be sent before.
    Result<OperationId> begin(Intent intent);
    /// Records an outcome; it is on disk no later than the next intent.
    void end(const Ended &ended);
    /// Marks the run as ended when `finished`, waits until all is on disk and ends the thread.
    Result<void> close(bool finished);
    /// What stopped the writing, if anything did (DiskFull, FileUnwritable: what was written before is a valid ledger);
    /// nothing can be sent from then on.
    [[nodiscard]] std::optional<Error> error() const;

private:
    LedgerWriter(std::unique_ptr<QFile> file, quint64 run);
    /// Adds a record to the batch in the making (m_mutex held); the number of that batch.
    quint64 append(const LedgerRecord &record);
    Result<void> waitFor(std::unique_lock<std::mutex> &lock, quint64 batch);
    void write(const std::stop_token &stop);
    Result<void> writeBatch(const QByteArray &payload);

    std::unique_ptr<QFile> m_file;
    quint64 m_run = 0;

    mutable std::mutex m_mutex;
    std::condition_variable_any m_filled; ///< m_pending got its first record
    std::condition_variable m_written; ///< m_durable or m_error changed
    QByteArray m_pending;
    quint64 m_batch = 1; ///< number of the batch in the making
    quint64 m_durable = 0; ///< number of the last batch on disk
    quint64 m_lastWrite = 0; ///< number of the last intent that writes
    quint64 m_lastRead = 0;
    std::optional<Error> m_error;
    std::jthread m_thread; ///< last: it ends before what it uses
};

} // namespace shardhelm::demo
