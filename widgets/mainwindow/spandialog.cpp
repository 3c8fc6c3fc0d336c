// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow/spandialog.h"

#include "common/button.h"
#include "common/label.h"

#include <QDateTimeEdit>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace shardhelm::ui {

SpanDialog::SpanDialog(const QString &title, const QString &explanation, const QString &verb,
                       const monitor::recording::Span &span, QWidget *parent)
    : QDialog(parent)
    , m_from(new QDateTimeEdit(QDateTime::fromMSecsSinceEpoch(span.from), this))
    , m_to(new QDateTimeEdit(QDateTime::fromMSecsSinceEpoch(span.to), this))
{
    setObjectName(QStringLiteral("spanDialog"));
    setWindowTitle(title);
    setWindowModality(Qt::WindowModal);
    setMinimumWidth(420);
    auto *column = new QVBoxLayout(this);
    column->addWidget(new Label(title, Type::Heading, Tone::Text, this));
    auto *words = new Label(explanation, Type::Small, Tone::Muted, this);
    words->setWrapped(true);
    column->addWidget(words);
    auto *form = new QFormLayout;
    form->addRow(tr("From"), m_from);
    form->addRow(tr("To"), m_to);
    column->addLayout(form);
    for (QDateTimeEdit *edit : {m_from, m_to})
        edit->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    m_from->setAccessibleName(tr("Beginning of the span"));
    m_to->setAccessibleName(tr("End of the span"));
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    auto *cancel = new Button(tr("Cancel"), this);
    auto *make = new Button(verb, ButtonKind::Primary, this);
    make->setDefault(true);
    buttons->addWidget(cancel);
    buttons->addWidget(make);
    column->addLayout(buttons);
    const auto check = [this, make] { make->setEnabled(m_from->dateTime() < m_to->dateTime()); };
    connect(m_from, &QDateTimeEdit::dateTimeChanged, this, check);
    connect(m_to, &QDateTimeEdit::dateTimeChanged, this, check);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(make, &QPushButton::clicked, this, &QDialog::accept);
}

monitor::recording::Span SpanDialog::span() const
{
    return {m_from->dateTime().toMSecsSinceEpoch(), m_to->dateTime().toMSecsSinceEpoch()};
}

} // namespace shardhelm::ui
