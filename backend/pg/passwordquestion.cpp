// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/passwordquestion.h"

#include <system_error>

namespace shardhelm::pg {

namespace {

/// A prompt that nobody answers is withdrawn in the end.
constexpr Milliseconds answerMost = std::chrono::minutes(10);

} // namespace

PasswordQuestion::PasswordQuestion(PasswordSource &source, PasswordRequest request, std::shared_ptr<Waker> waker)
    : m_source(source)
    , m_request(std::move(request))
    , m_waker(std::move(waker))
{
    try {
        m_thread = std::jthread([this](const std::stop_token &stop) { ask(stop); });
    } catch (const std::system_error &noThread) {
        const std::lock_guard lock(m_mutex);
        m_answer = fail(ErrorCode::Internal, m_request.instance, QString::fromLocal8Bit(noThread.what()));
    }
}

std::optional<Result<QString>> PasswordQuestion::answer() const
{
    const std::lock_guard lock(m_mutex);
    return m_answer;
}

void PasswordQuestion::ask(const std::stop_token &stop)
{
    Result<QString> answer = m_source.password(m_request, Wait::forDuration(answerMost, stop));
    {
        const std::lock_guard lock(m_mutex);
        m_answer = std::move(answer);
    }
    m_waker->wake();
}

} // namespace shardhelm::pg
