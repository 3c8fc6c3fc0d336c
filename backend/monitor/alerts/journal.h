// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "core/result.h"
#include "core/wait.h"
#include "monitor/alerts/notes.h"
#include "pg/connection.h"

#include <optional>

namespace shardhelm::monitor::alerts {

/// Where notes about alerts are kept, so that every console of a cluster knows them: the directory's journal where it
/// is ours and the role may write it, else a file of this user ($XDG_STATE_HOME/shardhelm/alerts). Both are read. Notes
/// of the last 30 days count. Blocking; used by one thread at a time.
class Journal
{
public:
    explicit Journal(const cluster::ClusterFile &file, pg::PasswordSource *passwords = nullptr);

    /// Appends a note. What was raised already is not raised again, and only what is raised is cleared, by whichever
    /// console: false when another one has said it before. `at`, `who` and `host` are filled in by where it is kept.
    Result<bool> add(const Note &note, const Wait &wait);
    /// All notes, oldest first. Those of the directory are left out while it cannot be read.
    std::vector<Note> read(const Wait &wait);
    /// Why the directory's journal was not used the last time; nothing when it was.
    [[nodiscard]] const std::optional<Error> &directoryError() const { return m_directoryError; }
    /// Path of the local file.
    [[nodiscard]] QString localPath() const { return m_localPath; }

private:
    [[nodiscard]] bool connect(const Wait &wait);
    Result<bool> addToDirectory(const Note &note, const Wait &wait);
    Result<bool> addLocally(Note note);
    [[nodiscard]] std::vector<Note> readDirectory(const Wait &wait);
    [[nodiscard]] std::vector<Note> readLocal() const;

    cluster::ClusterFile m_file;
    pg::PasswordSource *m_passwords;
    QString m_localPath;
    std::optional<pg::Connection> m_connection;
    std::optional<Error> m_directoryError;
    Clock::time_point m_nextAttempt{};
};

} // namespace shardhelm::monitor::alerts
