// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/input.h"

#include <libpq-fe.h>

namespace shardhelm::pg {

namespace {

constexpr Milliseconds tlsPatience(100);

bool usesTls(const pg_conn *connection)
{
    // libpq's declaration lacks the const; it only reads a flag.
    return PQsslInUse(const_cast<pg_conn *>(connection)) != 0;
}

} // namespace

bool consumeInput(pg_conn *connection)
{
    const int reads = usesTls(connection) ? 3 : 1;
    for (int read = 0; read < reads; ++read) {
        if (!PQconsumeInput(connection))
            return false;
    }
    return true;
}

Clock::time_point lookAgainAt(const pg_conn *connection, Clock::time_point until)
{
    return usesTls(connection) ? std::min(until, Clock::now() + tlsPatience) : until;
}

} // namespace shardhelm::pg
