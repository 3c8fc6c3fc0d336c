// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>
#include <QStyledItemDelegate>

namespace shardhelm {
class Fleet;
class RankingModel;
} // namespace shardhelm

namespace shardhelm::ui {

/// The ranking as a list; a double click or Enter chooses the server.
class RankingView : public QListView
{
    Q_OBJECT
public:
    /// Both outlive the view; `fleet` is that of the model.
    RankingView(const Fleet &fleet, RankingModel &model, QWidget *parent = nullptr);

Q_SIGNALS:
    void serverChosen(const QString &server);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    const Fleet &m_fleet;
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
