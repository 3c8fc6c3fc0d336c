// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace shardhelm::ctl {

/// `text` made to fit a terminal of this size: every line cut to the columns, with an ellipsis, and lines that have no
/// room replaced by how many they are. Columns count characters.
QByteArray fitted(const QByteArray &text, int columns, int lines);

/// A text on the terminal that is shown again and again in the same place, on the terminal's other screen, so that what
/// stood there before comes back at the end. Where stdout is no terminal it writes nothing.
class LiveScreen
{
public:
    LiveScreen();
    /// Gives the terminal back, and leaves the last text on it.
    ~LiveScreen();
    LiveScreen(const LiveScreen &) = delete;
    LiveScreen &operator=(const LiveScreen &) = delete;

    [[nodiscard]] bool isTerminal() const { return m_terminal; }
    /// Without a flicker: lines are written over, only what is left of the old text is cleared.
    void show(const QByteArray &text);

private:
    const bool m_terminal;
    QByteArray m_last;
};

} // namespace shardhelm::ctl
