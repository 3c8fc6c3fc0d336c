// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/copytable.h"

#include "core/sqltext.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>

namespace shardhelm::cluster {

namespace {

/// Chunks on their way from one thread to another, at most a few megabytes of them.
class Pipe
{
public:
    /// False when the reader has gone.
    bool push(QByteArray chunk)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_bytes < mostBytes || m_closed; });
        if (m_closed)
            return false;
        m_bytes += chunk.size();
        m_chunks.push_back(std::move(chunk));
        m_changed.notify_all();
        return true;
    }

    /// The next chunk; empty when the writer has ended.
    QByteArray pop()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return !m_chunks.empty() || m_ended; });
        if (m_chunks.empty())
            return {};
        QByteArray chunk = std::move(m_chunks.front());
        m_chunks.pop_front();
        m_bytes -= chunk.size();
        m_changed.notify_all();
        return chunk;
    }

    /// The writer pushes no more.
    void end() { set(m_ended); }
    /// The reader pops no more.
    void close() { set(m_closed); }

private:
    void set(bool &flag)
    {
        const std::lock_guard lock(m_mutex);
        flag = true;
        m_changed.notify_all();
    }

    static constexpr qsizetype mostBytes = 4 << 20;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<QByteArray> m_chunks;
    qsizetype m_bytes = 0;
    bool m_ended = false;
    bool m_closed = false;
};

/// Small rows are carried in pieces of this size.
constexpr qsizetype pieceSize = 64 << 10;

} // namespace

Result<CopyStatements> copyStatements(pg::Connection &source, const QString &schema, const QString &table,
                                      const Wait &wait)
{
    const auto rows = source.query(sqlText("directory/copied_columns"), pg::Params(schema, table), wait);
    if (!rows)
        return Failure(rows.error());
    if (rows->isEmpty())
        return fail(ErrorCode::TableUnknown, schema + u'.' + table, source.name());
    QByteArrayList columns;
    for (int row = 0; row < rows->count(); ++row)
        columns.append(pg::Connection::identifier(rows->text(row, 0)));
    const QByteArray list = columns.join(", ");
    const QByteArray name = pg::Connection::identifier(schema) + '.' + pg::Connection::identifier(table);
    return CopyStatements{"copy (select " + list + " from " + name + ") to stdout",
                          "copy " + name + " (" + list + ") from stdin"};
}

Result<qint64> copyTable(pg::Connection &source, pg::Connection &target, const CopyStatements &statements,
                         const Wait &wait)
{
    Pipe pipe;
    std::optional<Result<qint64>> read;
    std::jthread reader([&] {
        QByteArray piece;
        read = source.copyOut(
            statements.out,
            [&pipe, &piece](const QByteArray &row) {
                piece += row;
                return piece.size() < pieceSize || pipe.push(std::exchange(piece, QByteArray()));
            },
            wait);
        if (*read && !piece.isEmpty())
            pipe.push(piece);
        pipe.end();
    });
    const auto written = target.copyIn(
        statements.in, [&pipe] { return pipe.pop(); }, wait);
    pipe.close();
    reader.join();
    if (!written)
        return written;
    if (!*read)
        return Failure(read->error());
    return written;
}

} // namespace shardhelm::cluster
