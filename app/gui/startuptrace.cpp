// SPDX-License-Identifier: GPL-3.0-or-later
#include "startuptrace.h"

#include <QEvent>
#include <QTimer>

#include <algorithm>
#include <cstdio>

namespace shardhelm::gui {

StartupTrace::StartupTrace(const QElapsedTimer &since, QObject *parent)
    : QObject(parent)
    , m_since(since)
{
}

void StartupTrace::look(const monitor::FleetSample &fleet)
{
    const auto sampled = [](const monitor::ServerSample &server) { return server.sampledAt.isValid(); };
    const auto ofInstance = [](const monitor::ServerSample &server) { return server.role != monitor::Role::Directory; };
    const auto &servers = fleet.servers;
    m_hasData = std::any_of(servers.begin(), servers.end(), sampled);
    // Before the map is read the directory is all there is.
    m_hasAll =
        std::any_of(servers.begin(), servers.end(), ofInstance) && std::all_of(servers.begin(), servers.end(), sampled);
}

bool StartupTrace::eventFilter(QObject *watched, QEvent *event)
{
    // The window paints itself first, then what of it changed. A timer of zero fires when that has been handled and the
    // event loop has turned: the window answers.
    if (event->type() == QEvent::Paint || event->type() == QEvent::UpdateRequest)
        QTimer::singleShot(0, this, &StartupTrace::painted);
    return QObject::eventFilter(watched, event);
}

void StartupTrace::painted()
{
    if (m_next == Mark::Visible) {
        write("visible_ms");
        m_next = Mark::FirstData;
    }
    if (m_next == Mark::FirstData && m_hasData) {
        write("first_data_ms");
        m_next = Mark::AllData;
    }
    if (m_next == Mark::AllData && m_hasAll) {
        write("all_data_ms");
        m_next = Mark::None;
    }
}

void StartupTrace::write(const char *name) const
{
    std::fprintf(stderr, "%s %lld\n", name, static_cast<long long>(m_since.elapsed()));
}

} // namespace shardhelm::gui
