// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow/passworddialog.h"

#include "common/button.h"
#include "common/label.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace shardhelm::ui {

PasswordDialog::PasswordDialog(const pg::PasswordRequest &request, QWidget *parent)
    : QDialog(parent)
    , m_password(new QLineEdit(this))
    , m_forUser(new QCheckBox(tr("Use it for every server with user %1").arg(request.user), this))
    , m_keep(new QCheckBox(tr("Remember in the system keychain"), this))
{
    setWindowTitle(tr("Password for %1").arg(request.instance));
    setWindowModality(Qt::WindowModal);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(8);
    column->addWidget(new Label(tr("%1 asks for a password").arg(request.instance), Type::Heading, Tone::Text, this));
    QString where = tr("User %1, database %2").arg(request.user, request.database);
    if (!request.host.isEmpty())
        where += tr(", at %1").arg(request.port.isEmpty() ? request.host : request.host % u':' % request.port);
    column->addWidget(new Label(where, Type::Small, Tone::Muted, this));
    if (request.previousRejected)
        column->addWidget(new Label(tr("The password given before was refused."), Type::SmallStrong, Tone::Bad, this));
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setObjectName(QStringLiteral("password"));
    m_password->setAccessibleName(tr("Password"));
    m_password->setMinimumWidth(340);
    column->addWidget(m_password);
    m_forUser->setChecked(true);
    column->addWidget(m_forUser);
    m_keep->setObjectName(QStringLiteral("keepInKeychain"));
    m_keep->setEnabled(request.keychainRuns);
    column->addWidget(m_keep);
    const QString note = request.keychainRuns
        ? tr("Stored for each server that asks for it, once that has accepted it. Otherwise it is kept in memory until "
             "this window closes.")
        : tr(
            "No keychain runs here. Kept in memory until this window closes; a line in ~/.pgpass avoids the question.");
    auto *kept = new Label(note, Type::Caption, Tone::Muted, this);
    kept->setWrapped(true);
    m_keep->setAccessibleDescription(note);
    column->addWidget(kept);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    auto *cancel = new Button(tr("Cancel"), this);
    auto *logIn = new Button(tr("Log in"), ButtonKind::Primary, this);
    logIn->setDefault(true);
    buttons->addWidget(cancel);
    buttons->addWidget(logIn);
    column->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(logIn, &QPushButton::clicked, this, &QDialog::accept);
}

QString PasswordDialog::password() const
{
    return m_password->text();
}

bool PasswordDialog::keep() const
{
    return m_keep->isEnabled() && m_keep->isChecked();
}

bool PasswordDialog::forUser() const
{
    return m_forUser->isChecked();
}

} // namespace shardhelm::ui
