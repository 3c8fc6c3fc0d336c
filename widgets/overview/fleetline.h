// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/fleet.h"
#include "common/panel.h"

namespace shardhelm::ui {

class Label;
class PipStrip;

/// The fleet in one line: how many are well, one sign per server, the few figures that stand for all. No averages.
class FleetLine : public Panel
{
    Q_OBJECT
public:
    /// `fleet` outlives the widget.
    explicit FleetLine(const Fleet &fleet, QWidget *parent = nullptr);

Q_SIGNALS:
    void serverChosen(const QString &server);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void refresh();

    const Fleet &m_fleet;
    Label *m_sentence;
    PipStrip *m_strip;
    struct Figure
    {
        Label *name;
        Label *value;
    };
    std::vector<Figure> m_figures;
};

/// One pip per server in the fleet's order; a click chooses the server. As many as fit, then "+7".
class PipStrip : public QWidget
{
    Q_OBJECT
public:
    explicit PipStrip(const Fleet &fleet, QWidget *parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {60, 20}; }

Q_SIGNALS:
    void serverChosen(const QString &server);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool event(QEvent *event) override;

private:
    [[nodiscard]] int step() const;
    /// How many pips have room; "+25" stands for the others.
    [[nodiscard]] size_t shownPips() const;
    [[nodiscard]] int serverAt(const QPoint &point) const;

    const Fleet &m_fleet;
};

} // namespace shardhelm::ui
