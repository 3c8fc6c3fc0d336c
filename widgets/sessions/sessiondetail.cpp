// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessions/sessiondetail.h"

#include "common/button.h"
#include "common/label.h"
#include "format/units.h"
#include "sessions/sessionid.h"
#include "wording/triage.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace shardhelm::ui {

namespace {

constexpr size_t mostShown = 50; // statements in full

/// The lock side of one row in a sentence.
QString lockSentence(const SessionRow &row)
{
    QStringList parts;
    if (row.wait)
        parts.append(wording::doing(row.session, row.wait));
    if (row.node) {
        if (const QString holds = wording::holding(*row.node); !holds.isEmpty())
            parts.append(holds);
    }
    if (row.behind > 0)
        parts.append(SessionDetail::tr("%1 waiting behind it").arg(row.behind));
    if (row.node && row.node->inCycle)
        parts.append(SessionDetail::tr("in a deadlock that the server has not broken yet"));
    if (row.session.key.pid == 0 && row.node && !row.node->prepared.isEmpty())
        parts.append(SessionDetail::tr("ends with ROLLBACK PREPARED or COMMIT PREPARED in its database"));
    return parts.join(QStringLiteral(" · "));
}

} // namespace

SessionDetail::SessionDetail(QWidget *parent)
    : Panel(parent)
    , m_name(new Label(Type::Heading, Tone::Text, this))
    , m_who(new Label(Type::Small, Tone::Muted, this))
    , m_lock(new Label(Type::Small, Tone::Text, this))
    , m_reason(new Label(Type::Caption, Tone::Muted, this))
    , m_text(new QPlainTextEdit(this))
    , m_cancel(new Button(tr("Cancel statement…"), this))
    , m_terminate(new Button(tr("Terminate…"), ButtonKind::Danger, this))
    , m_psql(new Button(tr("Open psql here"), this))
{
    setAccessibleName(tr("Chosen sessions"));
    content()->setContentsMargins(12, 8, 8, 8);
    content()->setSpacing(6);
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    content()->addLayout(head);
    head->addWidget(m_name);
    head->addWidget(m_who, 1);
    m_psql->setObjectName(QStringLiteral("openPsql"));
    m_cancel->setObjectName(QStringLiteral("cancelSessions"));
    m_cancel->setKeyHint(QStringLiteral("C"));
    m_terminate->setObjectName(QStringLiteral("terminateSessions"));
    m_terminate->setKeyHint(QStringLiteral("K"));
    head->addWidget(m_psql);
    head->addWidget(m_cancel);
    head->addWidget(m_terminate);
    content()->addWidget(m_lock);
    content()->addWidget(m_reason);
    m_text->setReadOnly(true);
    m_text->setObjectName(QStringLiteral("statementText"));
    m_text->setAccessibleName(tr("Statement, literals redacted"));
    m_text->setFont(typeFont(Type::Code));
    m_text->setTabChangesFocus(true);
    m_text->setFrameShape(QFrame::NoFrame);
    content()->addWidget(m_text, 1);
    connect(m_cancel, &QPushButton::clicked, this, &SessionDetail::cancelChosen);
    connect(m_terminate, &QPushButton::clicked, this, &SessionDetail::terminateChosen);
    connect(m_psql, &QPushButton::clicked, this, &SessionDetail::psqlChosen);
    present({}, {});
}

void SessionDetail::present(const std::vector<SessionRow> &rows, const QString &psqlProblem, const QString &problem)
{
    const auto signalable = std::ranges::count_if(rows, &SessionRow::isSession);
    QString reason;
    if (rows.empty())
        reason = tr("Choose sessions to see their statements and to end them.");
    else if (signalable == 0)
        reason = rows.front().session.hidden ? tr("Our role may not see this session, and cannot name it to end it.")
                                             : tr("This is no session that could be cancelled or terminated.");
    else if (static_cast<size_t>(signalable) < rows.size())
        reason = tr("%1 of them cannot be ended").arg(rows.size() - static_cast<size_t>(signalable));
    m_cancel->setEnabled(signalable > 0);
    m_terminate->setEnabled(signalable > 0);
    m_psql->setEnabled(rows.size() == 1 && psqlProblem.isEmpty());
    const QString one = rows.size() == 1 ? psqlProblem : tr("Choose one session");
    m_psql->setToolTip(m_psql->isEnabled() ? tr("A psql on the instance of the session, in a terminal") : one);
    if (rows.size() == 1 && !psqlProblem.isEmpty())
        reason += (reason.isEmpty() ? QString() : QStringLiteral(" · ")) + tr("No psql: %1").arg(psqlProblem);
    for (Button *button : {m_cancel, m_terminate, m_psql}) {
        if (!problem.isEmpty())
            button->setEnabled(false);
        if (!problem.isEmpty() || button != m_psql)
            button->setToolTip(problem);
    }
    if (!problem.isEmpty())
        reason = problem;
    m_reason->setText(reason);
    m_reason->setVisible(!reason.isEmpty());

    QString name;
    QString who;
    QString lock;
    QString text;
    if (rows.size() == 1) {
        const SessionRow &row = rows.front();
        name = QStringLiteral("%1 · %2").arg(row.session.key.server, wording::sessionName(row.session, row.node));
        QStringList facts{wording::whoIs(row.session), row.wait ? row.session.state : wording::doing(row.session)};
        if (row.session.stateAge && !row.session.hidden)
            facts.append(tr("for %1").arg(format::duration(std::max(0.0, *row.session.stateAge))));
        facts.removeAll(QString());
        who = facts.join(QStringLiteral(" · "));
        lock = lockSentence(row);
        text = row.session.query;
    } else if (!rows.empty()) {
        name = tr("%1 sessions chosen").arg(rows.size());
        for (size_t index = 0; index < std::min(rows.size(), mostShown); ++index) {
            const SessionRow &row = rows[index];
            text += QStringLiteral("-- %1 %2\n%3\n\n")
                        .arg(row.session.key.server, wording::sessionName(row.session, row.node), row.session.query);
        }
    }
    m_name->setText(name);
    m_who->setText(who);
    m_lock->setText(lock);
    m_lock->setVisible(!lock.isEmpty());
    // Unchanged text keeps its selection and place.
    if (m_text->toPlainText() != text)
        m_text->setPlainText(text);
    m_text->setVisible(!text.isEmpty());
}

} // namespace shardhelm::ui
