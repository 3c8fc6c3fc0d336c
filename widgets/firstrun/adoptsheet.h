// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLineEdit;
class QComboBox;
class QPlainTextEdit;

namespace shardhelm::ui {

/// Puts together the command that builds a directory from running instances; it is run in a terminal.
class AdoptSheet : public QDialog
{
    Q_OBJECT
public:
    explicit AdoptSheet(QWidget *parent = nullptr);
    [[nodiscard]] QString command() const;

private:
    void refresh();

    QComboBox *m_layout;
    QLineEdit *m_number;
    QLineEdit *m_keyType;
    QLineEdit *m_routing;
    QPlainTextEdit *m_instances;
    QPlainTextEdit *m_tables;
    QPlainTextEdit *m_command;
};

} // namespace shardhelm::ui
