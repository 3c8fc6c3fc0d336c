// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pg/passwords.h"

#include <QDialog>

class QCheckBox;
class QLineEdit;

namespace shardhelm::ui {

/// Asks for one password; window-modal. It is kept in memory, and in the keychain when the person wants that.
class PasswordDialog : public QDialog
{
    Q_OBJECT
public:
    explicit PasswordDialog(const pg::PasswordRequest &request, QWidget *parent = nullptr);
    [[nodiscard]] QString password() const;
    /// Whether the other servers with the same user get it too.
    [[nodiscard]] bool forUser() const;
    /// Whether the keychain shall have it once the server has accepted it.
    [[nodiscard]] bool keep() const;

private:
    QLineEdit *m_password;
    QCheckBox *m_forUser;
    QCheckBox *m_keep;
};

} // namespace shardhelm::ui
