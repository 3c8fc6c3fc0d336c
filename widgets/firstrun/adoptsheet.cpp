// SPDX-License-Identifier: GPL-3.0-or-later
#include "firstrun/adoptsheet.h"

#include "cluster/commandline.h"
#include "common/button.h"
#include "common/label.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace shardhelm::ui {

namespace {

QStringList linesOf(const QPlainTextEdit *field)
{
    QStringList lines;
    for (const QString &line : field->toPlainText().split(u'\n')) {
        if (!line.trimmed().isEmpty())
            lines << line.trimmed();
    }
    return lines;
}

} // namespace

AdoptSheet::AdoptSheet(QWidget *parent)
    : QDialog(parent)
    , m_layout(new QComboBox(this))
    , m_number(new QLineEdit(QStringLiteral("32"), this))
    , m_keyType(new QLineEdit(QStringLiteral("bigint"), this))
    , m_routing(new QLineEdit(QStringLiteral("(hashint8extended($1, 0) & 9223372036854775807) % 32"), this))
    , m_instances(new QPlainTextEdit(QStringLiteral("a1=host=db-a1 dbname=shop"), this))
    , m_tables(new QPlainTextEdit(QStringLiteral("public.orders:tenant_id"), this))
    , m_command(new QPlainTextEdit(this))
{
    setWindowTitle(tr("Adopt running instances"));
    setWindowModality(Qt::WindowModal);
    resize(680, 560);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(10);
    column->addWidget(new Label(tr("Adopt running instances"), Type::Heading, Tone::Text, this));
    auto *lead = new Label(tr("Builds the directory from what the instances hold: the placement of every non-empty "
                              "shard, pins for tenants "
                              "that live elsewhere, and a list of conflicts. It runs in a terminal; this sheet puts "
                              "the command together."),
                           Type::Body, Tone::Muted, this);
    lead->setWrapped(true);
    column->addWidget(lead);
    auto *form = new QGridLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(6);
    form->setColumnStretch(1, 1);
    column->addLayout(form);
    m_layout->addItem(tr("schema: a schema per logical shard"), QStringLiteral("schema"));
    m_layout->addItem(tr("rows: tables shared, rows by key"), QStringLiteral("rows"));
    int row = 0;
    const auto field = [&](const QString &name, QWidget *widget) {
        widget->setAccessibleName(name);
        form->addWidget(new Label(name, Type::Small, Tone::Text, this), row, 0, Qt::AlignTop);
        form->addWidget(widget, row, 1);
        ++row;
    };
    field(tr("Layout"), m_layout);
    field(tr("Logical shards"), m_number);
    field(tr("Type of the key"), m_keyType);
    field(tr("Routing"), m_routing);
    field(tr("Instances, one a line"), m_instances);
    field(tr("Sharded tables, one a line"), m_tables);
    for (QPlainTextEdit *edit : {m_instances, m_tables, m_command}) {
        edit->setFont(typeFont(Type::Code));
        edit->setTabChangesFocus(true);
        edit->setMaximumHeight(74);
    }
    column->addWidget(new Label(tr("The command"), Type::SmallStrong, Tone::Text, this));
    m_command->setReadOnly(true);
    m_command->setAccessibleName(tr("The command"));
    m_command->setObjectName(QStringLiteral("adoptCommand"));
    m_command->setMaximumHeight(110);
    column->addWidget(m_command);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    auto *close = new Button(tr("Close"), this);
    auto *copy = new Button(tr("Copy command"), ButtonKind::Primary, this);
    buttons->addWidget(close);
    buttons->addWidget(copy);
    column->addLayout(buttons);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(copy, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(command()); });
    connect(m_layout, &QComboBox::currentIndexChanged, this, &AdoptSheet::refresh);
    for (QLineEdit *edit : {m_number, m_keyType, m_routing})
        connect(edit, &QLineEdit::textChanged, this, &AdoptSheet::refresh);
    connect(m_instances, &QPlainTextEdit::textChanged, this, &AdoptSheet::refresh);
    connect(m_tables, &QPlainTextEdit::textChanged, this, &AdoptSheet::refresh);
    refresh();
}

QString AdoptSheet::command() const
{
    QStringList arguments{QStringLiteral("directory"),        QStringLiteral("adopt"),     QStringLiteral("--layout"),
                          m_layout->currentData().toString(), QStringLiteral("--logical"), m_number->text().trimmed(),
                          QStringLiteral("--key-type"),       m_keyType->text().trimmed(), QStringLiteral("--routing"),
                          m_routing->text().trimmed()};
    for (const QString &instance : linesOf(m_instances))
        arguments << QStringLiteral("--instance") << instance;
    for (const QString &table : linesOf(m_tables))
        arguments << QStringLiteral("--table") << table;
    return commandText(arguments);
}

void AdoptSheet::refresh()
{
    m_command->setPlainText(command());
}

} // namespace shardhelm::ui
