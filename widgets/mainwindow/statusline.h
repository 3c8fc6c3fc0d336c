// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clustersession.h"

#include <QTimer>
#include <QWidget>

namespace shardhelm::ui {

class Label;

/// The 24 px line at the bottom: the newest sample, the command that says the same, read-only, the clock with its zone.
class StatusLine : public QWidget
{
    Q_OBJECT
public:
    /// `session` outlives the widget.
    explicit StatusLine(ClusterSession &session, QWidget *parent = nullptr);

    /// The command line that shows what the page shows.
    void setCommand(const QString &command);
    [[nodiscard]] QString command() const { return m_commandText; }
    /// A passing remark in place of the sample, until the next sample.
    void say(const QString &remark);
    void copyCommand();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();
    void refreshClock();

    ClusterSession &m_session;
    Label *m_sample;
    Label *m_equivalent;
    QWidget *m_command;
    Label *m_readOnly;
    Label *m_clock;
    QTimer m_tick;
    QString m_commandText;
};

} // namespace shardhelm::ui
