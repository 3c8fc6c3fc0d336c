// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "theme/tokens.h"

#include <QWidget>

class QPainter;

namespace shardhelm::ui {

/// "PRODUCTION", "STAGING", "DEVELOPMENT".
QString environmentWord(cluster::Environment environment);
/// Colour of frame, badge and heads: the cluster file's own, else the environment's.
QColor environmentColor(const cluster::ClusterFile &file, const Tokens &tokens);
/// The badge in `rect`, with the better of the badge's text colours on a colour of the cluster's own.
void paintBadge(QPainter *painter, const QRectF &rect, const QString &word, const QColor &color, const Tokens &tokens);

/// The environment's badge of the open cluster.
class Badge : public QWidget
{
    Q_OBJECT
public:
    explicit Badge(QWidget *parent = nullptr);
    void present(const cluster::ClusterFile &file);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    cluster::ClusterFile m_file;
};

} // namespace shardhelm::ui
