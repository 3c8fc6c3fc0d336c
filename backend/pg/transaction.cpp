// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/connection.h"
#include "pg/failure.h"
#include "pg/session.h"

#include <utility>

namespace shardhelm::pg {

namespace {

/// A block left early is rolled back within this time, or the connection is closed, which rolls back as well.
constexpr Milliseconds rollbackMost(2000);

} // namespace

Transaction::Transaction(Connection &connection)
    : m_connection(&connection)
{
}

Transaction::Transaction(Transaction &&other) noexcept
    : m_connection(std::exchange(other.m_connection, nullptr))
{
}

Result<Transaction> Transaction::begin(Connection &connection, const Wait &wait, const QByteArray &mode)
{
    if (const auto begun = connection.run("BEGIN " + mode, wait); !begun)
        return Failure(begun.error());
    return Transaction(connection);
}

Transaction::~Transaction()
{
    if (!m_connection || !m_connection->inTransaction())
        return;
    Connection &connection = *m_connection;
    if (!rollback(Wait::forDuration(rollbackMost)))
        connection.close();
}

Result<void> Transaction::commit(const Wait &wait)
{
    if (!m_connection)
        return fail(ErrorCode::Internal, {}, QStringLiteral("COMMIT"));
    // The server answers COMMIT of a failed transaction with a friendly ROLLBACK.
    if (m_connection->m_session->inFailedTransaction()) {
        Error error = misfitError(ErrorCode::StatementFailed, {}, "COMMIT", m_connection->name(), true);
        error.db->sqlstate = QStringLiteral("25P02");
        const auto ended = rollback(wait);
        error.db->connectionUsable = ended.has_value();
        return Failure(error);
    }
    const auto committed = m_connection->run("COMMIT", wait);
    if (!committed)
        return Failure(committed.error());
    m_connection = nullptr;
    return {};
}

Result<void> Transaction::rollback(const Wait &wait)
{
    if (!m_connection)
        return {};
    Connection &connection = *std::exchange(m_connection, nullptr);
    if (const auto ended = connection.run("ROLLBACK", wait); !ended)
        return Failure(ended.error());
    return {};
}

} // namespace shardhelm::pg
