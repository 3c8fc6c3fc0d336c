// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/ledgerreader.h"

#include <QtEndian>

#include <cerrno>

#include <sys/file.h>

namespace shardhelm::demo {

LedgerReader::LedgerReader(std::unique_ptr<QFile> file)
    : m_file(std::move(file))
    , m_position(static_cast<qint64>(sizeof(ledgerTitle)) - 1)
{
}

Result<LedgerReader> LedgerReader::open(const QString &path)
{
    auto file = std::make_unique<QFile>(path);
    if (!file->exists())
        return fail(ErrorCode::FileMissing, path);
    if (!file->open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return fail(ErrorCode::FileUnreadable, path, file->errorString());
    if (file->read(sizeof(ledgerTitle) - 1) != ledgerTitle)
        return fail(ErrorCode::LedgerBad, path, QStringLiteral("0"));
    return LedgerReader(std::move(file));
}

bool LedgerReader::isBeingWritten() const
{
    if (::flock(m_file->handle(), LOCK_SH | LOCK_NB) == 0) {
        ::flock(m_file->handle(), LOCK_UN);
        return false;
    }
    return errno == EWOULDBLOCK;
}

std::optional<QByteArray> LedgerReader::batchAt(qint64 position)
{
    if (!m_file->seek(position))
        return std::nullopt;
    const QByteArray header = m_file->read(batchHeaderSize);
    if (header.size() != batchHeaderSize || !header.startsWith("SHL1"))
        return std::nullopt;
    const auto size = qFromLittleEndian<quint32>(header.data() + 4);
    if (size > batchLimit || m_file->size() - position - batchHeaderSize < static_cast<qint64>(size))
        return std::nullopt;
    QByteArray payload = m_file->read(size);
    if (payload.size() != static_cast<qsizetype>(size) || batchHeader(payload) != header)
        return std::nullopt;
    return payload;
}

bool LedgerReader::readBatch()
{
    auto payload = batchAt(m_position);
    if (!payload)
        return false;
    m_position += batchHeaderSize + payload->size();
    m_payload = std::move(*payload);
    m_rest = m_payload;
    return true;
}

bool LedgerReader::wholeBatchBehind(qint64 position)
{
    constexpr qint64 chunkSize = 1 << 20;
    for (qint64 at = position + 1; at < m_file->size(); at += chunkSize) {
        if (!m_file->seek(at))
            return false;
        const QByteArray chunk = m_file->read(chunkSize + 3);
        for (qsizetype found = chunk.indexOf("SHL1"); found >= 0; found = chunk.indexOf("SHL1", found + 1)) {
            if (batchAt(at + found))
                return true;
        }
    }
    return false;
}

Failure LedgerReader::damaged(qint64 position) const
{
    return fail(ErrorCode::LedgerBad, m_file->fileName(), QString::number(position));
}

Result<std::optional<LedgerRecord>> LedgerReader::next()
{
    while (m_rest.isEmpty()) {
        if (m_position >= m_file->size())
            return std::nullopt;
        if (!readBatch()) {
            if (wholeBatchBehind(m_position))
                return damaged(m_position);
            return std::nullopt;
        }
    }
    auto record = decodeRecord(m_rest);
    if (!record)
        return damaged(m_position - m_rest.size());
    return record;
}

} // namespace shardhelm::demo
