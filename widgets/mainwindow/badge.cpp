// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow/badge.h"

#include "theme/fonts.h"

#include <QPainter>
#include <QSizePolicy>

namespace shardhelm::ui {

namespace {

QFont badgeFont()
{
    QFont words = typeFont(Type::Caption);
    words.setWeight(QFont::Bold);
    words.setLetterSpacing(QFont::AbsoluteSpacing, 0.4);
    return words;
}

} // namespace

QString environmentWord(cluster::Environment environment)
{
    switch (environment) {
    case cluster::Environment::Production:
        return Badge::tr("PRODUCTION");
    case cluster::Environment::Staging:
        return Badge::tr("STAGING");
    case cluster::Environment::Development:
        return Badge::tr("DEVELOPMENT");
    }
    return {};
}

QColor environmentColor(const cluster::ClusterFile &file, const Tokens &tokens)
{
    const QColor own(file.color);
    if (own.isValid())
        return own;
    switch (file.environment) {
    case cluster::Environment::Production:
        return tokens.production;
    case cluster::Environment::Staging:
        return tokens.staging;
    case cluster::Environment::Development:
        return tokens.development;
    }
    return tokens.production;
}

void paintBadge(QPainter *painter, const QRectF &rect, const QString &word, const QColor &color, const Tokens &tokens)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(color);
    painter->drawRoundedRect(rect, 3, 3);
    painter->setFont(badgeFont());
    const QColor light(Qt::white);
    const QColor dark = Tokens::dark().badgeText;
    const bool fits = contrast(tokens.badgeText, color) >= 4.5;
    painter->setPen(fits ? tokens.badgeText : contrast(light, color) > contrast(dark, color) ? light : dark);
    painter->drawText(rect, Qt::AlignCenter, word);
    painter->restore();
}

Badge::Badge(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("environmentBadge"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Badge::present(const cluster::ClusterFile &file)
{
    m_file = file;
    setAccessibleName(tr("Environment: %1").arg(environmentWord(file.environment).toLower()));
    updateGeometry();
    update();
}

QSize Badge::sizeHint() const
{
    return {QFontMetrics(badgeFont()).horizontalAdvance(environmentWord(m_file.environment)) + 16, 20};
}

void Badge::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::of(this);
    QPainter painter(this);
    paintBadge(&painter, rect(), environmentWord(m_file.environment), environmentColor(m_file, tokens), tokens);
}

} // namespace shardhelm::ui
