// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QDialog>

class QDateTimeEdit;
class QLineEdit;

namespace shardhelm::ui {

/// Names a moment: what happened, and when. Window-modal.
class MarkerDialog : public QDialog
{
    Q_OBJECT
public:
    /// The moment offered.
    explicit MarkerDialog(const QDateTime &at, QWidget *parent = nullptr);
    [[nodiscard]] QString text() const;
    [[nodiscard]] QDateTime at() const;

private:
    QLineEdit *m_text;
    QDateTimeEdit *m_at;
};

} // namespace shardhelm::ui
