// SPDX-License-Identifier: GPL-3.0-or-later
#include "overview/alertdialog.h"

#include "common/button.h"
#include "common/label.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace shardhelm::ui {

AlertDialog::AlertDialog(Act act, const QString &what, QWidget *parent)
    : QDialog(parent)
    , m_reason(new QLineEdit(this))
    , m_duration(new QComboBox(this))
{
    const bool mutes = act == Act::Mute;
    setWindowTitle(mutes ? tr("Mute alert") : tr("Acknowledge alert"));
    setWindowModality(Qt::WindowModal);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(8);
    column->addWidget(new Label(what, Type::Heading, Tone::Text, this));
    auto *note = new Label(mutes ? tr("No notification and no command until then, on any console.")
                                 : tr("Everybody sees that you look after it, until it is cleared."),
                           Type::Small, Tone::Muted, this);
    note->setWrapped(true);
    column->addWidget(note);
    m_reason->setObjectName(QStringLiteral("reason"));
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setPlaceholderText(mutes ? tr("Reason, e.g. rollout of 2.4") : tr("Reason, e.g. looking into it"));
    m_reason->setMinimumWidth(340);
    m_reason->setMaxLength(500);
    column->addWidget(m_reason);
    m_duration->setObjectName(QStringLiteral("duration"));
    m_duration->setAccessibleName(tr("For how long"));
    m_duration->addItem(tr("30 minutes"), 1800);
    m_duration->addItem(tr("2 hours"), 7200);
    m_duration->addItem(tr("8 hours"), 28800);
    m_duration->addItem(tr("1 day"), 86400);
    m_duration->addItem(tr("1 week"), 604800);
    m_duration->addItem(tr("Until it is taken back"), 0);
    m_duration->setCurrentIndex(1);
    m_duration->setVisible(mutes);
    column->addWidget(m_duration);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    auto *cancel = new Button(tr("Cancel"), this);
    auto *accepted = new Button(mutes ? tr("Mute") : tr("Acknowledge"), ButtonKind::Primary, this);
    accepted->setObjectName(QStringLiteral("accept"));
    accepted->setDefault(true);
    accepted->setEnabled(false);
    buttons->addWidget(cancel);
    buttons->addWidget(accepted);
    column->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(accepted, &QPushButton::clicked, this, &QDialog::accept);
    // Without a reason the next shift learns nothing.
    connect(m_reason, &QLineEdit::textChanged, accepted,
            [accepted](const QString &text) { accepted->setEnabled(!text.trimmed().isEmpty()); });
}

QString AlertDialog::reason() const
{
    return m_reason->text().trimmed();
}

std::optional<std::chrono::seconds> AlertDialog::duration() const
{
    const int seconds = m_duration->currentData().toInt();
    return seconds > 0 ? std::optional(std::chrono::seconds(seconds)) : std::nullopt;
}

} // namespace shardhelm::ui
