// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/ledger.h"

#include <QFile>

#include <memory>

namespace shardhelm::demo {

/// Reads a ledger from its beginning, one batch in memory at a time. LedgerBad names the file and, in Error::found, the
/// byte where the damage is. Used by one thread at a time.
class LedgerReader
{
public:
    /// FileMissing, FileUnreadable, LedgerBad (not a ledger).
    static Result<LedgerReader> open(const QString &path);

    /// The next record; nullopt at the end, before a batch that a crash cut off included.
    Result<std::optional<LedgerRecord>> next();
    /// Offset behind the last whole batch read.
    [[nodiscard]] qint64 wholeSize() const { return m_position; }
    /// Whether a load has the ledger open at this moment.
    [[nodiscard]] bool isBeingWritten() const;

private:
    explicit LedgerReader(std::unique_ptr<QFile> file);
    /// Reads the batch at m_position; false at the end of the file or when it is not whole.
    bool readBatch();
    /// Whether a whole batch begins anywhere behind `position`: then what is wrong there is no torn end.
    [[nodiscard]] bool wholeBatchBehind(qint64 position);
    [[nodiscard]] std::optional<QByteArray> batchAt(qint64 position);
    [[nodiscard]] Failure damaged(qint64 position) const;

    std::unique_ptr<QFile> m_file;
    QByteArray m_payload;
    QByteArrayView m_rest; ///< of m_payload, not yet decoded
    qint64 m_position = 0;
};

} // namespace shardhelm::demo
