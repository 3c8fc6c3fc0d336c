// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QWidget>

#include <array>

namespace shardhelm::ui {

/// The pages of the window, in the order of Ctrl+1 to Ctrl+6.
enum class Page { Overview, Instances, Map, Moves, Workbench, Journal };
inline constexpr std::array allPages{Page::Overview, Page::Instances, Page::Map,
                                     Page::Moves,    Page::Workbench, Page::Journal};

/// Word under the icon.
QString pageTitle(Page page);
/// Stable name for settings and --page, also the icon's: "overview".
QString pageKey(Page page);
std::optional<Page> pageOfKey(const QString &key);

class SidebarButton;

/// The 72 px bar at the left: an icon and a word for each page; grey while no cluster is open.
class Sidebar : public QWidget
{
    Q_OBJECT
public:
    explicit Sidebar(QWidget *parent = nullptr);

    void setCurrent(Page page);
    /// A count at a page's icon; 0 hides it. `urgent` makes it red.
    void setBadge(Page page, int count, bool urgent);

Q_SIGNALS:
    void chosen(shardhelm::ui::Page page);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::array<SidebarButton *, allPages.size()> m_buttons{};
};

/// One page of the bar.
class SidebarButton : public QAbstractButton
{
    Q_OBJECT
public:
    SidebarButton(Page page, QWidget *parent);
    void setBadge(int count, bool urgent);
    [[nodiscard]] QSize sizeHint() const override { return {71, 54}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Page m_page;
    int m_badge = 0;
    bool m_urgent = false;
};

} // namespace shardhelm::ui
