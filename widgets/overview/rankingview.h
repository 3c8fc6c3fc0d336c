// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>
#include <QStyledItemDelegate>

namespace shardhelm {
class RankingModel;
}

namespace shardhelm::ui {

/// The ranking as a list; a double click or Enter chooses the server.
class RankingView : public QListView
{
    Q_OBJECT
public:
    explicit RankingView(RankingModel &model, QWidget *parent = nullptr);

Q_SIGNALS:
    void serverChosen(const QString &server);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
};

/// Paints place, pip, name, headline and the reason in up to two lines.
class RankingDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace shardhelm::ui
