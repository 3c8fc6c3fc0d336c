// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/panel.h"
#include "sessions/sessiontable.h"

class QPlainTextEdit;

namespace shardhelm::ui {

class Button;
class Label;

/// The chosen sessions: who, what, which lock, the whole statement, and what can be done about them. What cannot be
/// done stays visible with the reason beside it.
class SessionDetail : public Panel
{
    Q_OBJECT
public:
    explicit SessionDetail(QWidget *parent = nullptr);

    /// The rows chosen; several: their statements below each other. `psqlProblem` is why no psql can be opened, empty
    /// when it can; `problem` is why nothing at all can be done, as in a replay.
    void present(const std::vector<SessionRow> &rows, const QString &psqlProblem, const QString &problem = {});
    [[nodiscard]] Button *cancelButton() const { return m_cancel; }
    [[nodiscard]] Button *terminateButton() const { return m_terminate; }
    [[nodiscard]] Button *psqlButton() const { return m_psql; }

Q_SIGNALS:
    void cancelChosen();
    void terminateChosen();
    void psqlChosen();

private:
    Label *m_name;
    Label *m_who;
    Label *m_lock;
    Label *m_reason;
    QPlainTextEdit *m_text;
    Button *m_cancel;
    Button *m_terminate;
    Button *m_psql;
};

} // namespace shardhelm::ui
