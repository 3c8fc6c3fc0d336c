// SPDX-License-Identifier: GPL-3.0-or-later
#include "firstrun/demooptions.h"

#include "common/button.h"
#include "common/label.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QSpinBox>
#include <QVBoxLayout>

namespace shardhelm::ui {

DemoOptions::DemoOptions(QWidget *parent)
    : QDialog(parent)
    , m_layout(new QComboBox(this))
{
    setWindowTitle(tr("Options of the demo"));
    setWindowModality(Qt::WindowModal);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(10);
    column->addWidget(new Label(tr("Options of the demo"), Type::Heading, Tone::Text, this));
    auto *form = new QGridLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(6);
    column->addLayout(form);
    const demo::DemoSettings usual;
    m_instances =
        spin(QStringLiteral("instances"), tr("Instances"), 1, demo::DemoSettings::mostInstances, usual.instances, form);
    m_replicas = spin(QStringLiteral("replicas"), tr("Replicas per instance"), 0, 2, usual.replicas, form);
    m_shards = spin(QStringLiteral("shards"), tr("Logical shards"), 1, 512, usual.logicalShards, form);
    m_tenants = spin(QStringLiteral("tenants"), tr("Tenants"), 1, 5000, usual.tenants, form);
    m_layout->addItem(tr("schema: a schema per logical shard"), static_cast<int>(cluster::Layout::Schema));
    m_layout->addItem(tr("rows: tables shared, rows by key"), static_cast<int>(cluster::Layout::Rows));
    m_layout->setAccessibleName(tr("Layout"));
    const int row = form->rowCount();
    form->addWidget(new Label(tr("Layout"), Type::Small, Tone::Text, this), row, 0);
    form->addWidget(m_layout, row, 1);
    auto *note =
        new Label(tr("A demo that is there already keeps its settings; stop and remove it first to change them."),
                  Type::Small, Tone::Muted, this);
    note->setWrapped(true);
    column->addWidget(note);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    auto *cancel = new Button(tr("Cancel"), this);
    auto *start = new Button(tr("Start demo"), ButtonKind::Primary, this);
    start->setObjectName(QStringLiteral("start"));
    buttons->addWidget(cancel);
    buttons->addWidget(start);
    column->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(start, &QPushButton::clicked, this, &QDialog::accept);
}

QSpinBox *DemoOptions::spin(const QString &key, const QString &name, int minimum, int maximum, int value,
                            QGridLayout *form)
{
    auto *box = new QSpinBox(this);
    box->setObjectName(key);
    box->setRange(minimum, maximum);
    box->setValue(value);
    box->setAccessibleName(name);
    const int row = form->rowCount();
    form->addWidget(new Label(name, Type::Small, Tone::Text, this), row, 0);
    form->addWidget(box, row, 1);
    return box;
}

demo::DemoRequest DemoOptions::request() const
{
    demo::DemoRequest request;
    request.instances = m_instances->value();
    request.replicas = m_replicas->value();
    request.logicalShards = m_shards->value();
    request.tenants = m_tenants->value();
    request.layout = static_cast<cluster::Layout>(m_layout->currentData().toInt());
    return request;
}

} // namespace shardhelm::ui
