// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/passwordkeeper.h"

#include <algorithm>

namespace shardhelm {

namespace {

/// The keychain may ask the person to unlock it.
constexpr Milliseconds patience{120000};

bool isSame(const pg::PasswordRequest &a, const pg::PasswordRequest &b)
{
    return pg::Keychain::entryName(a) == pg::Keychain::entryName(b);
}

} // namespace

PasswordKeeper::PasswordKeeper(const Fleet &fleet, pg::Keychain &keychain, QObject *parent)
    : QObject(parent)
    , m_fleet(fleet)
    , m_keychain(keychain)
{
    connect(&fleet, &Fleet::sampled, this, &PasswordKeeper::look);
}

PasswordKeeper::~PasswordKeeper()
{
    for (std::jthread &thread : m_threads)
        thread.request_stop();
}

void PasswordKeeper::keep(const pg::PasswordRequest &request, const QString &password)
{
    drop(request);
    m_waiting.push_back({request, password, QDateTime::currentDateTimeUtc()});
}

void PasswordKeeper::drop(const pg::PasswordRequest &request)
{
    std::erase_if(m_waiting, [&](const Kept &kept) { return isSame(kept.request, request); });
}

void PasswordKeeper::clear()
{
    m_waiting.clear();
}

void PasswordKeeper::look()
{
    for (size_t i = m_waiting.size(); i-- > 0;) {
        const monitor::ServerSample *server = m_fleet.server(m_waiting[i].request.instance);
        const bool answers = server
            && (server->state == monitor::State::Healthy || server->state == monitor::State::Degraded)
            && server->sampledAt >= m_waiting[i].since;
        if (!answers)
            continue;
        const Kept accepted = m_waiting[i];
        m_waiting.erase(m_waiting.begin() + static_cast<std::ptrdiff_t>(i));
        store(accepted);
    }
}

void PasswordKeeper::store(const Kept &kept)
{
    m_threads.emplace_back([this, kept](const std::stop_token &stop) {
        const auto done = m_keychain.store(kept.request, kept.password, Wait::forDuration(patience, stop));
        QMetaObject::invokeMethod(this, [this, done, entry = pg::Keychain::entryName(kept.request)] {
            if (done)
                Q_EMIT stored(entry);
            else
                Q_EMIT failed(done.error());
        });
    });
}

} // namespace shardhelm
