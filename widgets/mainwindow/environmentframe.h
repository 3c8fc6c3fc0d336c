// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"

#include <QWidget>

namespace shardhelm::ui {

/// The edge around head and pages in the environment's colour: 3 px at the top, 2 px at the sides and the bottom.
class EnvironmentFrame : public QWidget
{
    Q_OBJECT
public:
    using QWidget::QWidget;
    /// Grey while no cluster is open.
    void present(const cluster::ClusterFile &file, bool open);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    cluster::ClusterFile m_file;
    bool m_open = false;
};

} // namespace shardhelm::ui
