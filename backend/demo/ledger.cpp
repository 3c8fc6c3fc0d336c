// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/ledger.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <algorithm>

namespace shardhelm::demo {

namespace {

enum class RecordType : quint8 { RunBegin = 1, Intent = 2, Ended = 3, RunEnd = 4 };

/// More instances no run has.
constexpr quint64 maximumIds = 100'000;

void put(QByteArray &to, quint64 value)
{
    while (value >= 0x80) {
        to.append(static_cast<char>(value | 0x80));
        value >>= 7;
    }
    to.append(static_cast<char>(value));
}

/// Small numbers of either sign in few bytes.
void putSigned(QByteArray &to, qint64 value)
{
    put(to, (static_cast<quint64>(value) << 1) ^ static_cast<quint64>(value >> 63));
}

void putText(QByteArray &to, const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    put(to, static_cast<quint64>(bytes.size()));
    to.append(bytes);
}

/// Reads what put() wrote; once something is missing or too large every further value is 0 and ok() is false.
class Reader
{
public:
    explicit Reader(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }

    quint64 number(quint64 maximum = ~quint64(0))
    {
        quint64 value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (m_bytes.isEmpty())
                break;
            const auto byte = static_cast<quint8>(m_bytes.front());
            m_bytes = m_bytes.sliced(1);
            value |= static_cast<quint64>(byte & 0x7f) << shift;
            if (byte & 0x80)
                continue;
            m_ok = m_ok && value <= maximum;
            return m_ok ? value : 0;
        }
        m_ok = false;
        return 0;
    }
    qint64 signedNumber()
    {
        const quint64 value = number();
        return static_cast<qint64>(value >> 1) ^ -static_cast<qint64>(value & 1);
    }
    QString text()
    {
        const auto size = static_cast<qsizetype>(number(static_cast<quint64>(m_bytes.size())));
        m_ok = m_ok && size <= m_bytes.size();
        if (!m_ok)
            return {};
        const QString value = QString::fromUtf8(m_bytes.first(size));
        m_bytes = m_bytes.sliced(size);
        return value;
    }
    [[nodiscard]] bool ok() const { return m_ok; }
    [[nodiscard]] QByteArrayView rest() const { return m_bytes; }

private:
    QByteArrayView m_bytes;
    bool m_ok = true;
};

void encode(QByteArray &to, const RunBegin &begin)
{
    to.append(static_cast<char>(RecordType::RunBegin));
    put(to, begin.run);
    putSigned(to, begin.startedUs);
    putText(to, begin.clusterFile);
    putText(to, begin.clusterName);
    put(to, static_cast<quint64>(begin.cluster.size()));
    for (const QString &id : begin.cluster)
        putText(to, id);
}

void encode(QByteArray &to, const Intent &intent)
{
    to.append(static_cast<char>(RecordType::Intent));
    put(to, intent.number);
    to.append(static_cast<char>(static_cast<int>(intent.kind) << 4 | static_cast<int>(intent.table)));
    putSigned(to, intent.tenant);
    put(to, intent.items);
    for (const quint64 target : intent.targets)
        put(to, target);
}

void encode(QByteArray &to, const Ended &ended)
{
    to.append(static_cast<char>(RecordType::Ended));
    put(to, ended.number);
    to.append(static_cast<char>(static_cast<int>(ended.outcome) | (ended.stale ? 4 : 0) | (ended.settled ? 8 : 0)));
    putSigned(to, ended.shard);
    put(to, ended.retries);
    putSigned(to, ended.firstSentUs);
    putSigned(to, ended.gapUs);
    for (const qint64 version : ended.versions)
        putSigned(to, version);
}

void encode(QByteArray &to, const RunEnd &end)
{
    to.append(static_cast<char>(RecordType::RunEnd));
    putSigned(to, end.endedUs);
}

RunBegin decodeRunBegin(Reader &from)
{
    RunBegin begin;
    begin.run = from.number();
    begin.startedUs = from.signedNumber();
    begin.clusterFile = from.text();
    begin.clusterName = from.text();
    for (quint64 left = from.number(maximumIds); left > 0 && from.ok(); --left)
        begin.cluster.append(from.text());
    return begin;
}

std::optional<Intent> decodeIntent(Reader &from)
{
    Intent intent;
    intent.number = from.number();
    const quint64 kinds = from.number(0x32);
    if ((kinds & 0xf) > static_cast<quint64>(DemoTable::Orders))
        return std::nullopt;
    intent.kind = static_cast<OperationKind>(kinds >> 4);
    intent.table = static_cast<DemoTable>(kinds & 0xf);
    intent.tenant = from.signedNumber();
    intent.items = static_cast<quint8>(from.number(255));
    for (quint64 &target : intent.targets)
        target = from.number();
    return intent;
}

std::optional<Ended> decodeEnded(Reader &from)
{
    Ended ended;
    ended.number = from.number();
    const quint64 flags = from.number(15);
    if ((flags & 3) > static_cast<quint64>(Outcome::Refused))
        return std::nullopt;
    ended.outcome = static_cast<Outcome>(flags & 3);
    ended.stale = (flags & 4) != 0;
    ended.settled = (flags & 8) != 0;
    ended.shard = static_cast<int>(from.signedNumber());
    ended.retries = static_cast<quint32>(from.number(~quint32(0)));
    ended.firstSentUs = from.signedNumber();
    ended.gapUs = from.signedNumber();
    for (qint64 &version : ended.versions)
        version = from.signedNumber();
    return ended;
}

std::optional<LedgerRecord> decode(quint64 type, Reader &from)
{
    switch (static_cast<RecordType>(type)) {
    case RecordType::RunBegin:
        return decodeRunBegin(from);
    case RecordType::Intent:
        return decodeIntent(from);
    case RecordType::Ended:
        return decodeEnded(from);
    case RecordType::RunEnd:
        return RunEnd{from.signedNumber()};
    }
    return std::nullopt;
}

constexpr quint64 low62 = (quint64(1) << 62) - 1;

} // namespace

QByteArray OperationId::toUuid() const
{
    const quint64 high = ((run << 4) & 0xffffffffffff0000) | 0x8000 | (run & 0xfff);
    const quint64 low = (quint64(1) << 63) | (number & low62);
    QByteArray raw(16, Qt::Uninitialized);
    qToBigEndian(high, raw.data());
    qToBigEndian(low, raw.data() + 8);
    QByteArray text = raw.toHex();
    for (const int position : {20, 16, 12, 8})
        text.insert(position, '-');
    return text;
}

std::optional<OperationId> OperationId::fromUuid(const QByteArray &text)
{
    if (text.size() != 36)
        return std::nullopt;
    std::array<quint64, 2> halves = {};
    int digits = 0;
    for (const char c : text) {
        if (c == '-')
            continue;
        const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (digit < 0 || digits == 32)
            return std::nullopt;
        halves[digits / 16] = halves[digits / 16] << 4 | static_cast<quint64>(digit);
        ++digits;
    }
    const auto [high, low] = halves;
    if (digits != 32 || (high >> 12 & 0xf) != 8 || low >> 62 != 2)
        return std::nullopt;
    return OperationId{(high >> 16 << 12) | (high & 0xfff), low & low62};
}

bool onSameCluster(const QStringList &one, const QStringList &other)
{
    if (one.isEmpty() && other.isEmpty())
        return true;
    return std::ranges::any_of(one, [&other](const QString &id) { return other.contains(id); });
}

void encodeRecord(QByteArray &payload, const LedgerRecord &record)
{
    std::visit([&payload](const auto &value) { encode(payload, value); }, record);
}

std::optional<LedgerRecord> decodeRecord(QByteArrayView &payload)
{
    Reader reader(payload);
    const quint64 type = reader.number(4);
    const auto record = decode(type, reader);
    if (!record || !reader.ok())
        return std::nullopt;
    payload = reader.rest();
    return record;
}

QByteArray batchHeader(const QByteArray &payload)
{
    QByteArray header(batchHeaderSize, '\0');
    header.replace(0, 4, "SHL1");
    qToLittleEndian(static_cast<quint32>(payload.size()), header.data() + 4);
    header.replace(8, 8, QCryptographicHash::hash(payload, QCryptographicHash::Sha1).first(8));
    return header;
}

} // namespace shardhelm::demo
