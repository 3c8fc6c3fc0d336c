// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pg/passwords.h"

#include <QDialog>

class QCheckBox;
class QLineEdit;

namespace shardhelm::ui {

/// Asks for one password; window-modal. It is kept in memory only.
class PasswordDialog : public QDialog
{
    Q_OBJECT
public:
    explicit PasswordDialog(const pg::PasswordRequest &request, QWidget *parent = nullptr);
    [[nodiscard]] QString password() const;
    /// Whether the other servers with the same user get it too.
    [[nodiscard]] bool forUser() const;

private:
    QLineEdit *m_password;
    QCheckBox *m_forUser;
};

} // namespace shardhelm::ui
