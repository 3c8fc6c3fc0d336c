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
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override { return {560, heightForWidth(560)}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    /// Columns at a width, each a list of group indexes.
    [[nodiscard]] std::vector<std::vector<size_t>> columns(int width) const;

    std::vector<FactGroup> m_groups;
    std::vector<std::pair<QRectF, QString>> m_tips; // places of what was cut
};

} // namespace shardhelm::ui
