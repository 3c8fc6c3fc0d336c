// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

struct pg_conn;
struct pg_result;

namespace shardhelm::pg {

/// Closes a libpq connection: tells the server goodbye when it can do so without waiting.
struct ConnectionCloser
{
    void operator()(pg_conn *connection) const;
};

/// Frees a libpq result.
struct ResultClearer
{
    void operator()(pg_result *result) const;
};

using ConnectionHandle = std::unique_ptr<pg_conn, ConnectionCloser>;
using ResultHandle = std::unique_ptr<pg_result, ResultClearer>;

} // namespace shardhelm::pg
