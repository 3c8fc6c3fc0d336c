// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/placeholder.h"

#include "common/label.h"

#include <QProgressBar>
#include <QVBoxLayout>

namespace shardhelm::ui {

Placeholder::Placeholder(QWidget *parent)
    : QWidget(parent)
    , m_strong(new Label(Type::Strong, Tone::Text, this))
    , m_bar(new QProgressBar(this))
    , m_rest(new Label(Type::Body, Tone::Muted, this))
    , m_small(new Label(Type::Code, Tone::Muted, this))
    , m_button(new Button(QString(), this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 16, 24, 16);
    layout->setSpacing(6);
    layout->addStretch(1);
    for (Label *label : {m_strong, m_rest, m_small}) {
        label->setWrapped(true);
        label->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    }
    layout->addWidget(m_strong);
    m_bar->setTextVisible(false);
    m_bar->setFixedSize(240, 6);
    m_bar->setAccessibleName(tr("Progress"));
    layout->addWidget(m_bar, 0, Qt::AlignHCenter);
    layout->addWidget(m_rest);
    layout->addWidget(m_small);
    layout->addSpacing(2);
    layout->addWidget(m_button, 0, Qt::AlignHCenter);
    layout->addStretch(1);
    connect(m_button, &QPushButton::clicked, this, &Placeholder::actionChosen);
    put({}, {}, {}, {}, {});
}

QString Placeholder::text() const
{
    return m_strong->text() % u' ' % m_rest->text();
}

void Placeholder::put(const QString &strong, const QString &rest, const QString &small, const QString &action,
                      const QString &hint)
{
    m_strong->setText(strong);
    m_rest->setText(rest);
    m_rest->setVisible(!rest.isEmpty());
    m_small->setText(small);
    m_small->setVisible(!small.isEmpty());
    m_button->setText(action);
    m_button->setKeyHint(hint);
    m_button->setAccessibleName(action);
    m_button->setVisible(!action.isEmpty());
    m_bar->hide();
    setAccessibleName(text());
}

void Placeholder::showEmpty(const QString &strong, const QString &rest, const QString &action, const QString &hint)
{
    put(strong, rest, {}, action, hint);
}

void Placeholder::showLoading(const QString &what, int done, int total, const QString &left, const QString &action)
{
    put(what, left, {}, action, {});
    m_bar->setRange(0, std::max(total, 1));
    m_bar->setValue(done);
    m_bar->setVisible(total > 0);
}

void Placeholder::showFailure(const QString &strong, const QString &rest, const QString &small, const QString &action)
{
    put(strong, rest, small, action, {});
}

} // namespace shardhelm::ui
