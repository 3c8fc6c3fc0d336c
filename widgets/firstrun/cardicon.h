// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace shardhelm::ui {

/// A 20 px icon in the text colour, for the head of a card; decoration without a name of its own.
class CardIcon : public QWidget
{
    Q_OBJECT
public:
    CardIcon(const QString &name, QWidget *parent);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_name;
};

} // namespace shardhelm::ui
