// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeyEvent>

namespace shardhelm::ui {

/// Whether a key is one of the window's single-key commands (Space, +, a letter), which views pass on instead of
/// searching their rows for it.
inline bool isSingleKeyCommand(const QKeyEvent *event)
{
    const bool plain = (event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == Qt::NoModifier;
    return plain && !event->text().isEmpty() && event->text().at(0).isPrint();
}

} // namespace shardhelm::ui
