// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <array>
#include <optional>
#include <variant>

/// What the demo load writes down about each of its operations, so that a check can prove a lost or doubled row.
///
/// The file is a line of text that names the format, then batches: "SHL1", length of the payload, the first 8 bytes of
/// its SHA-1, payload. A batch is written and synced as a whole; one that is cut off or garbled at the end of the file
/// is what a crash left and does not count (nothing in it was acted upon), anywhere else it is damage. A payload is a
/// row of records: a byte for the kind, then variable-length integers.
namespace shardhelm::demo {

/// One operation of one run. The UUID that goes into the rows is made of both, so that a check finds an operation by
/// its number instead of keeping a table of UUIDs.
struct OperationId
{
    quint64 run = 0; ///< 60 random bits
    quint64 number = 0; ///< from 1 in order of the ledger, reads apart (see readBit), below 2^62

    bool operator==(const OperationId &) const = default;
    /// Text of a UUID (RFC 9562, version 8): run and number around the version and variant bits.
    [[nodiscard]] QByteArray toUuid() const;
    /// Reads such a text; nullopt when it is not one of ours.
    static std::optional<OperationId> fromUuid(const QByteArray &text);
};

/// Set in the number of an operation that only reads: reads are counted apart, so that the others stay dense.
inline constexpr quint64 readBit = quint64(1) << 61;

/// Table whose row an operation makes, counts up or deletes.
enum class DemoTable : quint8 { Users = 0, Projects = 1, Orders = 2 };
enum class OperationKind : quint8 { Read = 0, Insert = 1, Increment = 2, Delete = 3 };

/// Written before the operation is sent, and durable by then unless it only reads.
struct Intent
{
    quint64 number = 0;
    OperationKind kind = OperationKind::Read;
    DemoTable table = DemoTable::Users; ///< of the row inserted, or of the first target
    qint64 tenant = 0;
    quint8 items = 0; ///< order items inserted with an order
    std::array<quint64, 2> targets =
        {}; ///< numbers of the operations that inserted the rows counted up or deleted; 0: none

    bool operator==(const Intent &) const = default;
};

/// How an operation ended. Unknown may be followed by Acknowledged or Refused once it is settled.
enum class Outcome : quint8 {
    Acknowledged = 0, ///< committed
    Unknown = 1, ///< the connection was lost, nothing is known yet
    Refused = 2, ///< known to have had no effect, given up
};

/// Written after the operation.
struct Ended
{
    quint64 number = 0;
    Outcome outcome = Outcome::Acknowledged;
    bool stale = false; ///< a read that saw less than had been acknowledged before it was sent
    bool settled = false; ///< found by looking its UUID up
    int shard = -1; ///< logical shard it was sent to last, -1: none
    quint32 retries = 0;
    qint64 firstSentUs = 0; ///< wall clock, microseconds since 1970
    qint64 gapUs = 0; ///< from the first send to this outcome, by the monotonic clock
    std::array<qint64, 2> versions = {-1, -1}; ///< of the targets after an increment, -1: not known

    bool operator==(const Ended &) const = default;
};

/// Begins a run; all records up to the next one belong to it.
struct RunBegin
{
    quint64 run = 0;
    qint64 startedUs = 0; ///< wall clock, microseconds since 1970
    QString clusterFile; ///< absolute path
    QString clusterName;
    QStringList cluster; ///< what the cluster is recognised by: the ids of its instances

    bool operator==(const RunBegin &) const = default;
};

/// The run ended by itself: no operation is left without an outcome.
struct RunEnd
{
    qint64 endedUs = 0;

    bool operator==(const RunEnd &) const = default;
};

/// Whether two runs worked on one cluster: an instance of the one is among those of the other, retired ones count.
/// Where neither knows any instance's id, they may have.
bool onSameCluster(const QStringList &one, const QStringList &other);

using LedgerRecord = std::variant<RunBegin, Intent, Ended, RunEnd>;

/// First line of a ledger.
inline constexpr char ledgerTitle[] = "shardhelm demo ledger 1\n";

/// Appends a record's bytes to a payload.
void encodeRecord(QByteArray &payload, const LedgerRecord &record);
/// Takes the next record off a payload; nullopt when it cannot be one.
std::optional<LedgerRecord> decodeRecord(QByteArrayView &payload);

/// Header of a batch: magic, length, digest.
inline constexpr int batchHeaderSize = 16;
/// No payload is longer.
inline constexpr quint32 batchLimit = 64 << 20;
QByteArray batchHeader(const QByteArray &payload);

} // namespace shardhelm::demo
