// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

namespace shardhelm {

/// Opens psql in a terminal emulator of the person's desktop.
class PsqlTerminal
{
public:
    /// Looks for psql and for a terminal: $TERMINAL, x-terminal-emulator, then a list of known ones.
    explicit PsqlTerminal(const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment());

    /// Why none can be opened, in a few words; empty when one can.
    [[nodiscard]] QString problem() const;

    /// Starts a terminal with psql connected to `conninfo`; `prompt` stands in front of psql's own. A password in the
    /// connection string goes into the environment of psql, never into an argument; the script that does so is
    /// readable for its owner only and removes itself. ConninfoBad, FileUnwritable, ProgramFailed.
    Result<void> open(const QString &conninfo, const QString &prompt) const;

private:
    QProcessEnvironment m_environment;
    QString m_psql; // path, empty: none
    QStringList m_terminal; // program and the arguments in front of the command, empty: none
    bool m_display = false;
};

} // namespace shardhelm
