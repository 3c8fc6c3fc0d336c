// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <thread>
#include <vector>

namespace shardhelm {

/// One thing this computer has or lacks.
struct ComputerCheck
{
    QString subject; ///< "libpq"
    QString finding; ///< what was found, and what it is good for
    bool fine = false;
    QString remedy; ///< what to do when it is not; empty when it is

    bool operator==(const ComputerCheck &) const = default;
};

/// Looks for what Shardhelm uses on this computer: libpq, the programs of PostgreSQL, a keychain. On a thread of its
/// own, since it runs programs.
class ComputerChecks : public QObject
{
    Q_OBJECT
public:
    explicit ComputerChecks(QObject *parent = nullptr);
    ~ComputerChecks() override;

    /// Looks anew; finished() when done. Nothing while it is under way.
    void start();
    [[nodiscard]] const std::vector<ComputerCheck> &results() const { return m_results; }

Q_SIGNALS:
    void finished();

private:
    std::vector<ComputerCheck> m_results;
    std::jthread m_thread;
    bool m_running = false;
};

} // namespace shardhelm
