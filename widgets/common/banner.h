// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/condition.h"
#include "common/button.h"

#include <QWidget>

#include <optional>

namespace shardhelm::ui {

class Label;

/// A line on top of the part it concerns: sign, what happened, what it means, one action. The values below stay.
class Banner : public QWidget
{
    Q_OBJECT
public:
    /// Note: paused, stale. Warning: something changed. Failure: something does not answer.
    enum class Kind { Note, Warning, Failure };

    explicit Banner(QWidget *parent = nullptr);

    /// `strong` is the sentence that says what happened, `rest` what follows from it, `action` the verb of the button
    /// (empty: none), `hint` its key. `small` (SQLSTATE, server text) stands below.
    void present(Kind kind, const QString &strong, const QString &rest, const QString &action = {},
                 const QString &hint = {}, const QString &small = {});
    [[nodiscard]] QString text() const;
    [[nodiscard]] Button *button() const { return m_button; }

Q_SIGNALS:
    void actionChosen();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Kind m_kind = Kind::Note;
    Label *m_strong;
    Label *m_rest;
    Label *m_small;
    Button *m_button;
};

} // namespace shardhelm::ui
