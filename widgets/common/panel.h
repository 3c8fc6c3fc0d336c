// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QString>

class QHBoxLayout;
class QVBoxLayout;

namespace shardhelm::ui {

class Label;

/// A panel of the grid: panel ground, border, radius 4; optionally a 28 px head with title, a caption beside it
/// (source, window, scale) and widgets at its right. F6 goes from panel to panel.
class Panel : public QFrame
{
    Q_OBJECT
public:
    explicit Panel(QWidget *parent = nullptr);
    Panel(const QString &title, QWidget *parent);

    void setTitle(const QString &title);
    void setCaption(const QString &caption);
    /// Adds a widget at the right of the head.
    void addToHead(QWidget *widget);
    /// Whether a line separates the head from the content.
    void setHeadLine(bool line);
    /// Colour of a 4 px stripe at the left edge, invalid for none.
    void setStripe(const QColor &color);
    /// Where the content goes, below the head.
    [[nodiscard]] QVBoxLayout *content() const { return m_content; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QVBoxLayout *m_content;
    QWidget *m_head = nullptr;
    QHBoxLayout *m_headLayout = nullptr;
    Label *m_title = nullptr;
    Label *m_caption = nullptr;
    bool m_headLine = false;
    QColor m_stripe;
};

} // namespace shardhelm::ui
