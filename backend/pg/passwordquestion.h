// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pg/passwords.h"
#include "pg/waker.h"

#include <mutex>
#include <optional>
#include <thread>

namespace shardhelm::pg {

/// A password asked for on a thread of its own, because the answer may take a person minutes. The destructor withdraws
/// the question and waits for the source to obey.
class PasswordQuestion
{
public:
    /// `waker` is woken when the answer is there; `source` outlives the question.
    PasswordQuestion(PasswordSource &source, PasswordRequest request, std::shared_ptr<Waker> waker);

    [[nodiscard]] std::optional<Result<QString>> answer() const;
    /// Withdraws the question without waiting.
    void withdraw() { m_thread.request_stop(); }

private:
    void ask(const std::stop_token &stop);

    PasswordSource &m_source;
    PasswordRequest m_request;
    std::shared_ptr<Waker> m_waker;
    mutable std::mutex m_mutex;
    std::optional<Result<QString>> m_answer;
    std::jthread m_thread; ///< last, so that it is joined before what it uses goes
};

} // namespace shardhelm::pg
