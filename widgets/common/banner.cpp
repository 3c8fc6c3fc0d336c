// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/banner.h"

#include "common/label.h"
#include "common/pip.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QSizePolicy>
#include <QVBoxLayout>

namespace shardhelm::ui {

Banner::Banner(QWidget *parent)
    : QWidget(parent)
    , m_strong(new Label(Type::SmallStrong, Tone::Text, this))
    , m_rest(new Label(Type::Small, Tone::Text, this))
    , m_small(new Label(Type::Code, Tone::Muted, this))
    , m_button(new Button(QString(), this))
{
    setObjectName(QStringLiteral("banner"));
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_strong);
    words->addWidget(m_rest);
    words->addWidget(m_small);
    m_strong->setWrapped(true);
    m_rest->setWrapped(true);
    m_small->setWrapped(true);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(36, 8, 10, 8);
    layout->setSpacing(12);
    layout->addLayout(words, 1);
    layout->addWidget(m_button, 0, Qt::AlignVCenter);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(m_button, &QPushButton::clicked, this, &Banner::actionChosen);
    m_button->hide();
    hide();
}

QString Banner::text() const
{
    return m_strong->text() % u' ' % m_rest->text();
}

void Banner::present(Kind kind, const QString &strong, const QString &rest, const QString &action, const QString &hint,
                     const QString &small)
{
    m_kind = kind;
    m_strong->setText(strong);
    m_rest->setText(rest);
    m_rest->setVisible(!rest.isEmpty());
    m_small->setText(small);
    m_small->setVisible(!small.isEmpty());
    m_button->setText(action);
    m_button->setKeyHint(hint);
    m_button->setAccessibleName(action);
    m_button->setVisible(!action.isEmpty());
    setAccessibleName(text());
    show();
    update();
}

void Banner::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::of(this);
    QColor edge = tokens.control;
    Condition sign = Condition::Stale;
    if (m_kind == Kind::Warning) {
        edge = tokens.warn;
        sign = Condition::Degraded;
    } else if (m_kind == Kind::Failure) {
        edge = tokens.bad;
        sign = Condition::Down;
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(m_kind == Kind::Note ? tokens.border : edge);
    painter.setBrush(m_kind == Kind::Note ? tokens.raised : Tokens::blend(edge, tokens.panel, 0.08));
    painter.drawRoundedRect(box, 4, 4);
    painter.setClipRect(QRect(0, 0, 4, height()));
    painter.setPen(Qt::NoPen);
    painter.setBrush(edge);
    painter.drawRoundedRect(QRectF(0, 0, 12, height()), 4, 4);
    painter.setClipping(false);
    paintPip(&painter, QRectF(8, 0, 24, height()), sign, tokens, 10);
}

} // namespace shardhelm::ui
