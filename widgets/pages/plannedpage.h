// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mainwindow/sidebar.h"

#include <QWidget>

class QVBoxLayout;

namespace shardhelm::ui {

/// A page whose contents belong to a later version: says what it will show, and what the command line does of it today.
class PlannedPage : public QWidget
{
    Q_OBJECT
public:
    /// One thing the page will show.
    struct Item
    {
        QString title;
        QString text;
    };
    /// A command that works now.
    struct Command
    {
        QString purpose;
        QStringList arguments; ///< of shardhelmctl, without --cluster
    };

    PlannedPage(Page page, QWidget *parent = nullptr);
    /// Commands name this cluster file.
    void setClusterFile(const QString &path);

Q_SIGNALS:
    void copied();

private:
    Page m_page;
    QVBoxLayout *m_commands = nullptr;
    QString m_path;
};

} // namespace shardhelm::ui
