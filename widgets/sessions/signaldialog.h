// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sessions/signalcontroller.h"

#include <QDialog>

class QLineEdit;
class QTableWidget;

namespace shardhelm::ui {

class Button;
class Label;

/// Asks before sessions are cancelled or terminated: which ones, the exact statements, what it means; in production the
/// cluster's name is typed before sessions end. Then shows what became of each, as checked on the server. Window-modal.
class SignalDialog : public QDialog
{
    Q_OBJECT
public:
    /// `session` outlives the dialog.
    SignalDialog(ClusterSession &session, monitor::Signal signal, const std::vector<monitor::Session> &sessions,
                 QWidget *parent = nullptr);

    /// Once it runs, closing hides the dialog, and it goes when the outcome has been written down.
    void done(int result) override;
    [[nodiscard]] const SignalController &controller() const { return *m_controller; }

Q_SIGNALS:
    void ended(); ///< what became of the sessions is known

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void start();
    void refresh();
    void allow();
    [[nodiscard]] QString statements() const;
    [[nodiscard]] QString command() const;

    ClusterSession &m_session;
    SignalController *m_controller;
    bool m_started = false;
    Label *m_outcome;
    QTableWidget *m_table;
    QLineEdit *m_typed = nullptr; // only where the name is asked for
    Button *m_close;
    Button *m_go;
};

} // namespace shardhelm::ui
