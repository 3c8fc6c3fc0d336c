// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow/keyssheet.h"

#include "common/button.h"
#include "common/label.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace shardhelm::ui {

KeysSheet::KeysSheet(QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Keys"));
    setWindowModality(Qt::WindowModal);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(10);
    column->addWidget(new Label(tr("Keys"), Type::Heading, Tone::Text, this));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(20);
    grid->setVerticalSpacing(5);
    column->addLayout(grid);
    const std::vector<std::pair<QString, QString>> keys{
        {QStringLiteral("Ctrl+1 … Ctrl+6"), tr("pages")},
        {QStringLiteral("Ctrl+L"), tr("locate a tenant or shard; Enter shows its instance")},
        {QStringLiteral("Ctrl+F"), tr("filter the instances")},
        {QStringLiteral("S"), tr("sessions of the fleet; Esc goes back")},
        {QStringLiteral("1  2  3  4  0"), tr("running, waiting, blocking sessions, lock tree, all")},
        {QStringLiteral("C  K"), tr("cancel or terminate the chosen sessions")},
        {tr("Space"), tr("pause or go live, outside text fields")},
        {QStringLiteral("+  −"), tr("longer or shorter interval, outside text fields")},
        {QStringLiteral("T"), tr("top statements of the chosen instance, outside text fields")},
        {QStringLiteral("F5"), tr("sample now")},
        {QStringLiteral("M"), tr("set a marker, outside text fields")},
        {QStringLiteral("Ctrl+C"), tr("copy the chosen rows")},
        {QStringLiteral("Ctrl+Shift+C"), tr("copy the equivalent command")},
        {QStringLiteral("F6  Shift+F6"), tr("next or previous panel")},
        {QStringLiteral("Ctrl+O"), tr("open a cluster file")},
        {QStringLiteral("Ctrl+W"), tr("close the cluster")},
        {QStringLiteral("F11"), tr("full screen")},
        {QStringLiteral("F1"), tr("this sheet")},
    };
    int row = 0;
    for (const auto &[key, does] : keys) {
        grid->addWidget(new Label(key, Type::SmallStrong, Tone::Text, this), row, 0);
        grid->addWidget(new Label(does, Type::Small, Tone::Muted, this), row, 1);
        ++row;
    }
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    auto *close = new Button(tr("Close"), this);
    close->setKeyHint(tr("Esc"));
    buttons->addWidget(close);
    column->addLayout(buttons);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
}

} // namespace shardhelm::ui
