// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QSocketNotifier;

namespace shardhelm::gui {

/// Turns SIGINT and SIGTERM into a Qt signal on the GUI thread. One per process.
class UnixSignals : public QObject
{
    Q_OBJECT
public:
    explicit UnixSignals(QObject *parent = nullptr);
    ~UnixSignals() override;

Q_SIGNALS:
    void stopRequested();

private:
    QSocketNotifier *m_notifier = nullptr;
    int m_readEnd = -1;
};

} // namespace shardhelm::gui
