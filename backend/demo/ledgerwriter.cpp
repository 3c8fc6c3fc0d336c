// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/ledgerwriter.h"

#include "demo/ledgerreader.h"

#include <QFileInfo>
#include <QRandomGenerator>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace shardhelm::demo {

namespace {

constexpr qsizetype pendingLimit = 8 << 20;

Failure writeFailure(const QString &path)
{
    const int reason = errno;
    const bool full = reason == ENOSPC || reason == EDQUOT;
    return fail(full ? ErrorCode::DiskFull : ErrorCode::FileUnwritable, path,
                QString::fromLocal8Bit(std::strerror(reason)));
}

Result<void> writeAll(QFile &file, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t written = ::write(file.handle(), bytes.data(), static_cast<size_t>(bytes.size()));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return writeFailure(file.fileName());
        bytes = bytes.sliced(written);
    }
    return {};
}

Result<void> syncFile(QFile &file)
{
    if (::fdatasync(file.handle()) != 0)
        return writeFailure(file.fileName());
    return {};
}

/// A new file's name is on disk only once its folder is.
void syncFolder(const QString &path)
{
    const int folder = ::open(QFile::encodeName(QFileInfo(path).absolutePath()).constData(), O_RDONLY | O_CLOEXEC);
    if (folder < 0)
        return;
    ::fsync(folder);
    ::close(folder);
}

/// Offset to continue at; 0 for a file that has nothing yet. LedgerInUse with `found` when `begin` is no run on the
/// cluster of those that are there.
Result<qint64> wholeSize(const QString &path, const RunBegin &begin)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::FileUnreadable, path, file.errorString());
    const QByteArray beginning = file.read(sizeof(ledgerTitle) - 1);
    if (file.size() < static_cast<qint64>(sizeof(ledgerTitle)) - 1 && QByteArray(ledgerTitle).startsWith(beginning))
        return 0;
    auto reader = LedgerReader::open(path);
    if (!reader)
        return Failure(reader.error());
    for (;;) {
        const auto record = reader->next();
        if (!record)
            return Failure(record.error());
        if (!*record)
            return reader->wholeSize();
        const auto *run = std::get_if<RunBegin>(&**record);
        if (run != nullptr && !onSameCluster(run->cluster, begin.cluster))
            return fail(ErrorCode::LedgerInUse, path, run->clusterFile, {begin.clusterFile});
    }
}

Result<void> prepare(QFile &file, const RunBegin &begin)
{
    const auto size = wholeSize(file.fileName(), begin);
    if (!size)
        return Failure(size.error());
    if (::ftruncate(file.handle(), *size) != 0)
        return writeFailure(file.fileName());
    if (*size > 0)
        return {};
    const auto written = writeAll(file, QByteArrayView(ledgerTitle, sizeof(ledgerTitle) - 1));
    if (written)
        syncFolder(file.fileName());
    return written;
}

} // namespace

LedgerWriter::LedgerWriter(std::unique_ptr<QFile> file, quint64 run)
    : m_file(std::move(file))
    , m_run(run)
    , m_thread([this](const std::stop_token &stop) { write(stop); })
{
}

LedgerWriter::~LedgerWriter()
{
    // Without close() the run stays without its end mark, as after a crash.
    m_thread.request_stop();
    m_thread.join();
}

Result<std::unique_ptr<LedgerWriter>> LedgerWriter::open(const QString &path, RunBegin begin)
{
    const bool isNew = !QFile::exists(path);
    auto file = std::make_unique<QFile>(path);
    if (!file->open(QIODevice::ReadWrite | QIODevice::Append | QIODevice::Unbuffered))
        return fail(ErrorCode::FileUnwritable, path, file->errorString());
    if (::flock(file->handle(), LOCK_EX | LOCK_NB) != 0)
        return fail(ErrorCode::LedgerInUse, path);
    const auto begun = [&](const Result<void> &done) {
        if (!done && isNew)
            QFile::remove(path); // nothing was done yet that it could tell of
        return done;
    };
    if (const auto prepared = begun(prepare(*file, begin)); !prepared)
        return Failure(prepared.error());
    begin.run = QRandomGenerator::system()->generate64() >> 4;
    std::unique_ptr<LedgerWriter> writer(new LedgerWriter(std::move(file), begin.run));
    std::unique_lock lock(writer->m_mutex);
    const quint64 batch = writer->append(begin);
    if (const auto durable = begun(writer->waitFor(lock, batch)); !durable)
        return Failure(durable.error());
    lock.unlock();
    return writer;
}

Result<OperationId> LedgerWriter::begin(Intent intent)
{
    const bool reads = intent.kind == OperationKind::Read;
    std::unique_lock lock(m_mutex);
    if (m_error)
        return Failure(*m_error);
    intent.number = reads ? ++m_lastRead | readBit : ++m_lastWrite;
    const quint64 batch = append(intent);
    // A read does not wait, unless the disk has fallen far behind.
    if (!reads || m_pending.size() > pendingLimit) {
        if (const auto durable = waitFor(lock, batch); !durable)
            return Failure(durable.error());
    }
    return OperationId{m_run, intent.number};
}

void LedgerWriter::end(const Ended &ended)
{
    const std::scoped_lock lock(m_mutex);
    append(ended);
}

Result<void> LedgerWriter::close(bool finished)
{
    std::unique_lock lock(m_mutex);
    if (finished)
        append(RunEnd{
            std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
                .count()});
    const quint64 last = m_pending.isEmpty() ? m_batch - 1 : m_batch;
    const auto durable = waitFor(lock, last);
    lock.unlock();
    m_thread.request_stop();
    return durable;
}

std::optional<Error> LedgerWriter::error() const
{
    const std::scoped_lock lock(m_mutex);
    return m_error;
}

quint64 LedgerWriter::append(const LedgerRecord &record)
{
    if (m_error)
        return m_batch;
    if (m_pending.isEmpty())
        m_filled.notify_one();
    encodeRecord(m_pending, record);
    return m_batch;
}

Result<void> LedgerWriter::waitFor(std::unique_lock<std::mutex> &lock, quint64 batch)
{
    m_written.wait(lock, [this, batch] { return m_durable >= batch || m_error; });
    if (m_durable < batch)
        return Failure(*m_error);
    return {};
}

void LedgerWriter::write(const std::stop_token &stop)
{
    std::unique_lock lock(m_mutex);
    while (m_filled.wait(lock, stop, [this] { return !m_pending.isEmpty(); })) {
        const QByteArray payload = std::exchange(m_pending, QByteArray());
        const quint64 batch = m_batch++;
        lock.unlock();
        const auto written = writeBatch(payload);
        lock.lock();
        if (written)
            m_durable = batch;
        else
            m_error = written.error();
        m_written.notify_all();
        if (m_error)
            return;
    }
}

Result<void> LedgerWriter::writeBatch(const QByteArray &payload)
{
    return writeAll(*m_file, QByteArray(batchHeader(payload) + payload)).and_then([this] { return syncFile(*m_file); });
}

} // namespace shardhelm::demo
