// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/condition.h"

#include <QWidget>

namespace shardhelm::ui {

/// A condition's pip as a widget of its own, with the word as tooltip and accessible name.
class PipWidget : public QWidget
{
    Q_OBJECT
public:
    explicit PipWidget(int size = 9, QWidget *parent = nullptr);
    void present(Condition condition);
    [[nodiscard]] Condition condition() const { return m_condition; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Condition m_condition = Condition::Unknown;
    int m_size;
};

} // namespace shardhelm::ui
