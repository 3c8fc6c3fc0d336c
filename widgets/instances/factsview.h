// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/serverfacts.h"

#include <QWidget>

namespace shardhelm::ui {

/// Groups of facts in columns: label, value, and in grey where it is known from. Takes the columns it has room for.
class FactsView : public QWidget
{
    Q_OBJECT
public:
    explicit FactsView(QWidget *parent = nullptr);

    void present(const std::vector<FactGroup> &groups);
    [[nodiscard]] const std::vector<FactGroup> &groups() const { return m_groups; }
    [[nodiscard]] QSize sizeHint() const override { return {640, heightAt(640)}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;

private:
    /// What all groups need at a width; the view is at least that high, so that a scroll area around it scrolls when it
    /// must and only then.
    [[nodiscard]] int heightAt(int width) const;
    /// Columns at a width, each a list of group indexes.
    [[nodiscard]] std::vector<std::vector<size_t>> columns(int width) const;

    std::vector<FactGroup> m_groups;
    std::vector<std::pair<QRectF, QString>> m_tips; // places of what was cut
};

} // namespace shardhelm::ui
