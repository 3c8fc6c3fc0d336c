// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow/markerdialog.h"

#include "common/button.h"
#include "common/label.h"
#include "monitor/markers.h"

#include <QDateTimeEdit>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace shardhelm::ui {

MarkerDialog::MarkerDialog(const QDateTime &at, QWidget *parent)
    : QDialog(parent)
    , m_text(new QLineEdit(this))
    , m_at(new QDateTimeEdit(at.toLocalTime(), this))
{
    setObjectName(QStringLiteral("markerDialog"));
    setWindowTitle(tr("Set a marker"));
    setWindowModality(Qt::WindowModal);
    setMinimumWidth(420);
    auto *column = new QVBoxLayout(this);
    column->addWidget(new Label(tr("Set a marker"), Type::Heading, Tone::Text, this));
    auto *what =
        new Label(tr("What happened, e.g. deploy 14:02. Charts, recordings and reports show it; with a journal "
                     "in the directory every console does."),
                  Type::Small, Tone::Muted, this);
    what->setWrapped(true);
    column->addWidget(what);
    m_text->setObjectName(QStringLiteral("markerText"));
    m_text->setAccessibleName(tr("Text of the marker"));
    m_text->setMaxLength(static_cast<int>(monitor::longestMarker));
    column->addWidget(m_text);
    m_at->setAccessibleName(tr("Time of the marker"));
    m_at->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    column->addWidget(m_at);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    auto *cancel = new Button(tr("Cancel"), this);
    auto *set = new Button(tr("Set marker"), ButtonKind::Primary, this);
    set->setDefault(true);
    set->setEnabled(false);
    buttons->addWidget(cancel);
    buttons->addWidget(set);
    column->addLayout(buttons);
    connect(m_text, &QLineEdit::textChanged, this,
            [set](const QString &text) { set->setEnabled(!text.simplified().isEmpty()); });
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(set, &QPushButton::clicked, this, &QDialog::accept);
    m_text->setFocus();
}

QString MarkerDialog::text() const
{
    return m_text->text().simplified();
}

QDateTime MarkerDialog::at() const
{
    return m_at->dateTime();
}

} // namespace shardhelm::ui
