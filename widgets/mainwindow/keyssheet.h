// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace shardhelm::ui {

/// F1: what every key does.
class KeysSheet : public QDialog
{
    Q_OBJECT
public:
    explicit KeysSheet(QWidget *parent = nullptr);
};

} // namespace shardhelm::ui
