// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/democluster.h"

#include <QDialog>

class QComboBox;
class QGridLayout;
class QSpinBox;

namespace shardhelm::ui {

/// What the demo is made of.
class DemoOptions : public QDialog
{
    Q_OBJECT
public:
    explicit DemoOptions(QWidget *parent = nullptr);
    [[nodiscard]] demo::DemoRequest request() const;

private:
    QSpinBox *spin(const QString &key, const QString &name, int minimum, int maximum, int value, QGridLayout *form);

    QSpinBox *m_instances;
    QSpinBox *m_replicas;
    QSpinBox *m_shards;
    QSpinBox *m_tenants;
    QComboBox *m_layout;
};

} // namespace shardhelm::ui
