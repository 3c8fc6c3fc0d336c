// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/sample.h"

#include <QElapsedTimer>
#include <QObject>

namespace shardhelm::gui {

/// Writes to stderr when the start of the window reached what, as "NAME MILLISECONDS" since the start of main():
/// visible_ms: the window was painted first and answers; first_data_ms: the first sample of a server was painted;
/// all_data_ms: figures of every instance of the map, and of the directory, were painted. Asked for with
/// SHARDHELM_TRACE_STARTUP. Install it as event filter of the window; GUI thread.
class StartupTrace : public QObject
{
    Q_OBJECT
public:
    explicit StartupTrace(const QElapsedTimer &since, QObject *parent);

    /// Takes a sample that the pages have been given.
    void look(const monitor::FleetSample &fleet);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// What comes next: marks are written in this order.
    enum class Mark { Visible, FirstData, AllData, None };
    void painted();
    void write(const char *name) const;

    QElapsedTimer m_since;
    Mark m_next = Mark::Visible;
    bool m_hasData = false; ///< in the latest sample
    bool m_hasAll = false;
};

} // namespace shardhelm::gui
