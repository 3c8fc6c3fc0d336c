// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/fleet.h"
#include "common/panel.h"

namespace shardhelm::ui {

class Button;
class FigureCurve;
class Label;
class PipWidget;

/// Who is worst right now, how bad, since when, why, what next; or that nothing is wrong.
class WorstPanel : public Panel
{
    Q_OBJECT
public:
    /// `fleet` outlives the widget.
    explicit WorstPanel(const Fleet &fleet, QWidget *parent = nullptr);
    /// The server it speaks of; empty when none stands out.
    [[nodiscard]] QString server() const { return m_server; }

Q_SIGNALS:
    void serverChosen(const QString &server);
    void sessionsChosen(const QString &server); ///< of the worst server; empty: of the fleet

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void refresh();
    void presentWorst(const Rank &rank, const monitor::ServerSample &server);
    void presentCalm();
    void chooseCurves(const Rank *rank, const monitor::ServerSample &server);

    const Fleet &m_fleet;
    QString m_server;
    QString m_subject; // whose curves are shown
    Label *m_caption;
    Label *m_since;
    Label *m_name;
    Label *m_facts;
    Label *m_reason;
    Label *m_advice;
    Button *m_open;
    Button *m_sessions;
    Button *m_copy;
    PipWidget *m_pip;
    std::vector<FigureCurve *> m_curves;
};

} // namespace shardhelm::ui
