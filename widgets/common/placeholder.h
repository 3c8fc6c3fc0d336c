// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/button.h"

#include <QWidget>

class QProgressBar;

namespace shardhelm::ui {

class Label;

/// What stands where values would be while there are none: empty says why and offers the way out; loading says what,
/// how far and how long, after 300 ms; failure says what happened and one action.
class Placeholder : public QWidget
{
    Q_OBJECT
public:
    explicit Placeholder(QWidget *parent = nullptr);

    void showEmpty(const QString &strong, const QString &rest, const QString &action = {}, const QString &hint = {});
    /// `done` of `total`; total 0 when the end is not known (no bar then). `left` is "about 2 s left" or empty.
    void showLoading(const QString &what, int done, int total, const QString &left = {}, const QString &action = {});
    void showFailure(const QString &strong, const QString &rest, const QString &small, const QString &action = {});
    [[nodiscard]] QString text() const;
    [[nodiscard]] Button *button() const { return m_button; }

Q_SIGNALS:
    void actionChosen();

private:
    void put(const QString &strong, const QString &rest, const QString &small, const QString &action,
             const QString &hint);

    Label *m_strong;
    QProgressBar *m_bar;
    Label *m_rest;
    Label *m_small;
    Button *m_button;
};

} // namespace shardhelm::ui
