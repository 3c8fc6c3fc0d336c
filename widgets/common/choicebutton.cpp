// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/choicebutton.h"

#include <QActionGroup>
#include <QMenu>

namespace shardhelm::ui {

ChoiceButton::ChoiceButton(const QString &name, QWidget *parent)
    : Button(QString(), parent)
    , m_name(name)
    , m_group(new QActionGroup(this))
{
    setAccessibleName(name);
    setMenu(new QMenu(this));
    menu()->setAccessibleName(name);
    connect(m_group, &QActionGroup::triggered, this, [this](QAction *action) {
        show(action);
        Q_EMIT chosen(action->data());
    });
}

void ChoiceButton::addChoice(const QVariant &value, const QString &text, const QString &shown)
{
    QAction *action = menu()->addAction(text);
    action->setCheckable(true);
    action->setData(value);
    action->setIconText(shown.isEmpty() ? text : shown);
    m_group->addAction(action);
}

void ChoiceButton::clearChoices()
{
    const QList<QAction *> actions = m_group->actions();
    for (QAction *action : actions)
        delete action;
}

void ChoiceButton::setCurrent(const QVariant &value)
{
    const QList<QAction *> actions = m_group->actions();
    for (QAction *action : actions) {
        if (action->data() == value) {
            action->setChecked(true);
            show(action);
        }
    }
}

QVariant ChoiceButton::current() const
{
    const QAction *action = m_group->checkedAction();
    return action ? action->data() : QVariant();
}

void ChoiceButton::show(QAction *action)
{
    setText(action->iconText());
    setAccessibleName(tr("%1: %2").arg(m_name, action->text()));
    updateGeometry();
}

} // namespace shardhelm::ui
