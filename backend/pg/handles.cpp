// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/handles.h"

#include <libpq-fe.h>

namespace shardhelm::pg {

void ConnectionCloser::operator()(pg_conn *connection) const
{
    PQfinish(connection);
}

void ResultClearer::operator()(pg_result *result) const
{
    PQclear(result);
}

} // namespace shardhelm::pg
