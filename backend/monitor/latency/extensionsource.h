// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/latency/source.h"

#include <QByteArray>

namespace shardhelm::monitor::latency {

/// A source that reads views of an extension: finds out first whether the extension is there and may be read, and in
/// which schema.
class ExtensionSource : public LatencySource
{
public:
    [[nodiscard]] std::vector<pg::Statement> questions() final;
    void answered(std::span<const pg::Rows> answers) final;
    void failed(const Error &error) override;
    [[nodiscard]] Presence presence() const override { return m_presence; }

protected:
    /// `access`: name of the statement that tells whether the extension is there; one row "permitted", "schema", or
    /// none.
    explicit ExtensionSource(const char *access)
        : m_access(access)
    {
    }

    /// A statement of resources/sql with the extension's schema for ":schema".
    [[nodiscard]] pg::Statement ofExtension(const char *name) const;
    void setPresence(Presence presence) { m_presence = presence; }

    /// What to ask of an extension that is there, and the answers to it.
    [[nodiscard]] virtual std::vector<pg::Statement> readings() = 0;
    virtual void read(std::span<const pg::Rows> answers) = 0;
    /// The row that told of the extension, for what else stands in it.
    virtual void found(const pg::Rows & /*access*/) { }

private:
    const char *m_access;
    Presence m_presence = Presence::Unknown;
    QByteArray m_schema;
};

} // namespace shardhelm::monitor::latency
