// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/latency/extensionsource.h"

#include "core/sqltext.h"

namespace shardhelm::monitor::latency {

std::vector<pg::Statement> ExtensionSource::questions()
{
    if (m_presence == Presence::Unknown)
        return {{sqlText(m_access), {}}};
    return m_presence == Presence::Present ? readings() : std::vector<pg::Statement>();
}

void ExtensionSource::answered(std::span<const pg::Rows> answers)
{
    if (answers.empty())
        return;
    if (m_presence != Presence::Unknown)
        return read(answers);
    const pg::Rows &access = answers.front();
    if (access.isEmpty()) {
        m_presence = Presence::Absent;
    } else if (!access.boolean(0, access.column("permitted"))) {
        m_presence = Presence::NotPermitted;
    } else {
        m_presence = Presence::Present;
        m_schema = pg::Connection::identifier(access.text(0, access.column("schema")));
        found(access);
    }
}

void ExtensionSource::failed(const Error &error)
{
    const Presence after = presenceAfter(error);
    if (after != Presence::Present)
        m_presence = after;
}

pg::Statement ExtensionSource::ofExtension(const char *name) const
{
    return {sqlText(name).replace(":schema.", QByteArray(m_schema + '.')), {}};
}

} // namespace shardhelm::monitor::latency
