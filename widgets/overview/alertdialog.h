// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <chrono>
#include <optional>

class QComboBox;
class QLineEdit;

namespace shardhelm::ui {

/// Asks for the reason of an acknowledgement, or of a mute and how long it lasts.
class AlertDialog : public QDialog
{
    Q_OBJECT
public:
    enum class Act { Acknowledge, Mute };

    /// `what` names the alert.
    AlertDialog(Act act, const QString &what, QWidget *parent = nullptr);

    [[nodiscard]] QString reason() const;
    /// How long a mute lasts; nothing: until it is taken back.
    [[nodiscard]] std::optional<std::chrono::seconds> duration() const;

private:
    QLineEdit *m_reason;
    QComboBox *m_duration;
};

} // namespace shardhelm::ui
