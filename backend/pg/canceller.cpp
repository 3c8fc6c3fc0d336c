// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/canceller.h"

#include <libpq-fe.h>

#include <array>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>

namespace shardhelm::pg {

struct Canceller::Request
{
    std::mutex mutex;
    std::condition_variable changed;
    bool done = false;

    void finish()
    {
        const std::lock_guard lock(mutex);
        done = true;
        changed.notify_all();
    }
};

Canceller::Canceller(pg_conn *connection)
    : m_request(std::make_shared<Request>())
{
    std::shared_ptr<PGcancel> cancel(PQgetCancel(connection), &PQfreeCancel);
    if (!cancel) {
        m_request->finish();
        return;
    }
    try {
        std::thread([cancel, request = m_request] {
            // Whether it worked shows on the connection itself.
            std::array<char, 256> complaint{};
            PQcancel(cancel.get(), complaint.data(), complaint.size());
            request->finish();
        }).detach();
    } catch (const std::system_error &) {
        // No thread to be had: the request is not sent, and the caller closes the connection in the end.
        m_request->finish();
    }
}

bool Canceller::settled(Clock::time_point until) const
{
    std::unique_lock lock(m_request->mutex);
    return m_request->changed.wait_until(lock, until, [this] { return m_request->done; });
}

} // namespace shardhelm::pg
