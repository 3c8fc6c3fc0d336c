// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/button.h"

#include <QVariant>

class QActionGroup;

namespace shardhelm::ui {

/// A button with a list of choices of which one is in force; its words say which ("Every 2 s").
class ChoiceButton : public Button
{
    Q_OBJECT
public:
    /// `name` says what is chosen, for screen readers: "Interval".
    explicit ChoiceButton(const QString &name, QWidget *parent = nullptr);

    /// `text` stands in the list; `shown` on the button when chosen (empty: the same).
    void addChoice(const QVariant &value, const QString &text, const QString &shown = {});
    void clearChoices();
    /// Chooses without chosen(). A value that is no choice is ignored.
    void setCurrent(const QVariant &value);
    [[nodiscard]] QVariant current() const;

Q_SIGNALS:
    void chosen(const QVariant &value);

private:
    void show(QAction *action);

    QString m_name;
    QActionGroup *m_group;
};

} // namespace shardhelm::ui
