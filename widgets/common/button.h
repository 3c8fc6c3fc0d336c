// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/style.h"

#include <QPushButton>

namespace shardhelm::ui {

/// A 24 px button: a verb, optionally an icon in front, a key hint behind ("Pause  Space") and, with a menu, an arrow.
class Button : public QPushButton
{
    Q_OBJECT
public:
    explicit Button(const QString &text, QWidget *parent = nullptr);
    Button(const QString &text, ButtonKind kind, QWidget *parent = nullptr);

    /// Name of an icon of resources/icons shown before the text; empty for none.
    void setIconName(const QString &name);
    /// The key that does the same, as text; shown behind the words, also said by screen readers.
    void setKeyHint(const QString &hint);
    void setKind(ButtonKind kind);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ButtonKind m_kind;
    QString m_iconName;
    QString m_hint;
};

/// A button that looks like a link: for ways on inside a text or a panel head.
class LinkButton : public QPushButton
{
    Q_OBJECT
public:
    explicit LinkButton(const QString &text, QWidget *parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace shardhelm::ui
