// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace shardhelm::ui {

/// One tab of an instance's detail. Made when it is first chosen; reads only while it is shown.
class DetailTab : public QWidget
{
    Q_OBJECT
public:
    explicit DetailTab(QWidget *parent = nullptr);

    /// The server shown; empty: none.
    virtual void setServer(const QString &server) = 0;
    /// Where its figures come from and over which window, for the end of the tab bar; may be empty.
    [[nodiscard]] virtual QString note() const { return {}; }
    /// A figure for the tab's title: "2 differ"; may be empty.
    [[nodiscard]] virtual QString badge() const { return {}; }
    /// Puts the focus where the keyboard goes on.
    virtual void focusContent() = 0;
    /// Copies the chosen rows of what is not a table of facts; false: there are none of that kind.
    [[nodiscard]] virtual bool copyRows() { return false; }
    /// Puts the focus into its filter; false as for copyRows().
    [[nodiscard]] virtual bool focusFilter() { return false; }
    /// Whether what was asked for has come or failed, so that a picture of it says something.
    [[nodiscard]] virtual bool isSettled() const { return true; }

Q_SIGNALS:
    void noteChanged();
};

} // namespace shardhelm::ui
