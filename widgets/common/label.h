// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/fonts.h"
#include "theme/tokens.h"

#include <QWidget>

namespace shardhelm::ui {

/// What a text's colour says.
enum class Tone { Text, Muted, Good, Warn, Bad, Stale, Accent };

QColor toneColor(Tone tone, const Tokens &tokens);

/// A text in a step of the type scale and a tone, with digits in equal cells. On one line it is cut with an ellipsis
/// when there is no room (the whole text is then its tooltip); wrapped it takes the lines it needs.
class Label : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(QString text READ text WRITE setText)
public:
    explicit Label(Type type, Tone tone = Tone::Text, QWidget *parent = nullptr);
    Label(const QString &text, Type type, Tone tone = Tone::Text, QWidget *parent = nullptr);

    [[nodiscard]] QString text() const { return m_text; }
    void setText(const QString &text);
    void setTone(Tone tone);
    void setType(Type type);
    void setAlignment(Qt::Alignment alignment);
    /// Several lines instead of an ellipsis; at most `lines` of them when that is not 0.
    void setWrapped(bool wrapped, int lines = 0);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return m_wrapped; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;

private:
    void changed();

    QString m_text;
    Type m_type;
    Tone m_tone;
    Qt::Alignment m_alignment = Qt::AlignLeft | Qt::AlignVCenter;
    bool m_wrapped = false;
    int m_lines = 0;
};

} // namespace shardhelm::ui
