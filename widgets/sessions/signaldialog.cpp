// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessions/signaldialog.h"

#include "cluster/commandline.h"
#include "common/button.h"
#include "common/label.h"
#include "sessions/sessionid.h"
#include "wording/errors.h"
#include "wording/triage.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace shardhelm::ui {

namespace {

enum Column { SessionColumn, WhoColumn, DoesColumn, OutcomeColumn, ColumnCount };

QColor environmentColor(const cluster::ClusterFile &file, const Tokens &tokens)
{
    if (!file.color.isEmpty())
        return QColor(file.color);
    switch (file.environment) {
    case cluster::Environment::Staging:
        return tokens.staging;
    case cluster::Environment::Development:
        return tokens.development;
    case cluster::Environment::Production:
        break;
    }
    return tokens.production;
}

} // namespace

SignalDialog::SignalDialog(ClusterSession &session, monitor::Signal signal,
                           const std::vector<monitor::Session> &sessions, QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_controller(new SignalController(session, signal, sessions, this))
    , m_outcome(new Label(Type::SmallStrong, Tone::Text, this))
    , m_table(new QTableWidget(static_cast<int>(sessions.size()), ColumnCount, this))
    , m_close(new Button(tr("Cancel"), this))
    , m_go(new Button(signal == monitor::Signal::Cancel ? tr("Cancel statements") : tr("Terminate sessions"),
                      ButtonKind::Danger, this))
{
    setObjectName(QStringLiteral("signalDialog"));
    setWindowModality(Qt::WindowModal);
    const bool cancel = signal == monitor::Signal::Cancel;
    const auto count = static_cast<int>(sessions.size());
    const QString single = cancel ? tr("Cancel the statement of 1 session") : tr("Terminate 1 session");
    const QString title = count == 1 ? single
        : cancel                     ? tr("Cancel the statements of %1 sessions").arg(count)
                                     : tr("Terminate %1 sessions").arg(count);
    setWindowTitle(title);
    resize(920, 480);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 14);
    column->setSpacing(8);
    column->addWidget(new Label(title, Type::Heading, Tone::Text, this));
    auto *means = new Label(
        cancel
            ? tr("The running statement of each ends with an error; the session stays, and its transaction waits "
                 "for a rollback. Each statement below matches pid and start: no other session is touched.")
            : tr("Their transactions are rolled back and their clients are disconnected; this cannot be undone. Each "
                 "statement below matches pid and start: no other session is touched."),
        Type::Small, Tone::Muted, this);
    means->setWrapped(true);
    column->addWidget(means);

    m_table->setObjectName(QStringLiteral("signalSessions"));
    m_table->setAccessibleName(tr("Sessions"));
    m_table->setHorizontalHeaderLabels({tr("session"), tr("who"), tr("does"), tr("outcome")});
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setFont(typeFont(Type::Small));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setMinimumSectionSize(24);
    m_table->verticalHeader()->setDefaultSectionSize(24);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    for (int row = 0; row < count; ++row) {
        const monitor::Session &one = sessions[static_cast<size_t>(row)];
        const QString name = QStringLiteral("%1 · %2").arg(one.key.server, wording::sessionName(one));
        m_table->setItem(row, SessionColumn, new QTableWidgetItem(name));
        m_table->setItem(row, WhoColumn, new QTableWidgetItem(wording::whoIs(one)));
        m_table->setItem(row, DoesColumn, new QTableWidgetItem(wording::doing(one)));
        m_table->setItem(row, OutcomeColumn, new QTableWidgetItem);
        m_table->item(row, SessionColumn)->setToolTip(sessionId(one.key));
        m_table->item(row, DoesColumn)->setToolTip(one.query.left(2000));
    }
    m_table->setColumnWidth(SessionColumn, 130);
    m_table->setColumnWidth(WhoColumn, 250);
    m_table->setColumnWidth(DoesColumn, 150);
    m_table->setColumnHidden(OutcomeColumn, true);
    column->addWidget(m_table, 1);

    auto *text = new QPlainTextEdit(statements(), this);
    text->setObjectName(QStringLiteral("signalStatements"));
    text->setAccessibleName(tr("Statements that are sent"));
    text->setReadOnly(true);
    text->setTabChangesFocus(true);
    text->setFont(typeFont(Type::Code));
    text->setMaximumHeight(110);
    column->addWidget(text);
    auto *equivalent = new Label(tr("equivalent: %1").arg(command()), Type::Caption, Tone::Muted, this);
    column->addWidget(equivalent);
    column->addWidget(m_outcome);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    const cluster::ClusterFile &file = session.fleet().file();
    if (!cancel && file.environment == cluster::Environment::Production) {
        m_typed = new QLineEdit(this);
        m_typed->setObjectName(QStringLiteral("typedName"));
        m_typed->setPlaceholderText(tr("type %1").arg(file.name));
        m_typed->setAccessibleName(tr("Name of the cluster, to confirm"));
        m_typed->setFixedWidth(220);
        buttons->addWidget(m_typed);
        connect(m_typed, &QLineEdit::textChanged, this, &SignalDialog::allow);
    }
    buttons->addStretch(1);
    m_close->setObjectName(QStringLiteral("close"));
    m_close->setDefault(true);
    m_close->setAutoDefault(true);
    m_go->setObjectName(QStringLiteral("go"));
    m_go->setAutoDefault(false);
    buttons->addWidget(m_close);
    buttons->addWidget(m_go);
    column->addLayout(buttons);
    m_close->setFocus();

    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_go, &QPushButton::clicked, this, &SignalDialog::start);
    connect(m_controller, &SignalController::changed, this, &SignalDialog::refresh);
    connect(m_controller, &SignalController::finished, this, [this] {
        refresh();
        Q_EMIT ended();
        if (!isVisible())
            deleteLater();
    });
    connect(m_controller, &SignalController::journalFailed, this, [this](const Error &error) {
        m_outcome->setText(m_outcome->text() % u' '
                           % tr("It could not be written to the journal: %1").arg(wording::sentence(error)));
    });
    // Another cluster: what was shown is void.
    connect(&session, &ClusterSession::opened, this, &QObject::deleteLater);
    allow();
}

void SignalDialog::done(int result)
{
    QDialog::done(result);
    if (!m_started || m_controller->isFinished())
        deleteLater();
}

void SignalDialog::allow()
{
    m_go->setEnabled(!m_started && (!m_typed || m_typed->text().trimmed() == m_session.fleet().file().name));
}

void SignalDialog::start()
{
    m_started = true;
    allow();
    if (m_typed)
        m_typed->hide();
    m_go->hide();
    m_close->setText(tr("Close"));
    m_table->setColumnHidden(OutcomeColumn, false);
    refresh();
    m_controller->start();
}

void SignalDialog::refresh()
{
    const auto results = m_controller->results();
    for (size_t row = 0; row < results.size(); ++row) {
        QTableWidgetItem *item = m_table->item(static_cast<int>(row), OutcomeColumn);
        item->setText(wording::outcome(results[row]));
        const QString reason = wording::reason(results[row]);
        item->setToolTip(reason.isEmpty() ? item->text() : reason);
    }
    const auto done = std::ranges::count_if(
        results, [](const monitor::SignalResult &result) { return monitor::isDone(result.outcome); });
    const auto open = std::ranges::count(results, monitor::SignalOutcome::Pending, &monitor::SignalResult::outcome);
    const QString so = m_controller->signal() == monitor::Signal::Cancel
        ? tr("%1 of %2 statements have ended.").arg(done).arg(results.size())
        : tr("%1 of %2 sessions are gone.").arg(done).arg(results.size());
    m_outcome->setText(open > 0 ? so % u' ' % tr("Waiting for %1.").arg(open) : so);
}

QString SignalDialog::statements() const
{
    QString text;
    for (const auto &[server, sql] : m_controller->statements())
        text += QStringLiteral("-- %1\n%2;\n").arg(server, QString::fromUtf8(sql));
    return text.trimmed();
}

QString SignalDialog::command() const
{
    QStringList arguments{m_controller->signal() == monitor::Signal::Cancel ? QStringLiteral("cancel")
                                                                            : QStringLiteral("terminate")};
    for (const monitor::Session &one : m_controller->sessions())
        arguments.append(sessionId(one.key));
    return commandText(arguments + QStringList{QStringLiteral("--cluster"), m_session.path()});
}

void SignalDialog::paintEvent(QPaintEvent *event)
{
    QDialog::paintEvent(event);
    QPainter painter(this);
    painter.fillRect(0, 0, width(), 3, environmentColor(m_session.fleet().file(), Tokens::of(this)));
}

} // namespace shardhelm::ui
