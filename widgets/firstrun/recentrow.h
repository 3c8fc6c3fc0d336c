// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"

#include <QAbstractButton>
#include <QDateTime>
#include <QModelIndex>

namespace shardhelm::ui {

/// A cluster of the list "Recent": environment, name, path, when it was last seen. Del or the menu key's entry removes
/// it from the list.
class RecentRow : public QAbstractButton
{
    Q_OBJECT
public:
    RecentRow(const QModelIndex &index, QWidget *parent);
    [[nodiscard]] QSize sizeHint() const override { return {600, 32}; }

Q_SIGNALS:
    void removeRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    QString m_path;
    cluster::ClusterFile m_file; // for the badge
    QDateTime m_seen;
};

} // namespace shardhelm::ui
