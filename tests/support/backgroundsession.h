// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pg/connection.h"

#include <future>

namespace shardhelm::test {

/// A session that runs a script on a thread of its own, until the script ends or this is destroyed.
class BackgroundSession
{
public:
    BackgroundSession(pg::Connection connection, const QByteArray &script)
        : pid(connection.backendPid())
        , m_connection(std::move(connection))
        , m_result(std::async(std::launch::async, [this, script] {
            return m_connection.run(script, Wait::forDuration(std::chrono::minutes(10), m_stop.get_token()));
        }))
    {
    }
    ~BackgroundSession() { m_stop.request_stop(); }
    BackgroundSession(const BackgroundSession &) = delete;
    BackgroundSession &operator=(const BackgroundSession &) = delete;

    /// Waits for the end of the script; its SQLSTATE, empty after success. Once.
    QString sqlstate()
    {
        const auto result = m_result.get();
        return result ? QString() : result.error().sqlstate();
    }

    const int pid;

private:
    pg::Connection m_connection;
    std::stop_source m_stop;
    std::future<Result<pg::Rows>> m_result; // last: its end is waited for
};

} // namespace shardhelm::test
