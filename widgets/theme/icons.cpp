// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/icons.h"

#include "theme/tokens.h"

#include <QFile>
#include <QIODevice>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <cmath>

namespace shardhelm::ui {

namespace {

QPixmap rendered(const QString &name, const QSizeF &size, double ratio, const QColor &color)
{
    const QString key = QStringLiteral("icon %1 %2x%3@%4 %5")
                            .arg(name)
                            .arg(size.width())
                            .arg(size.height())
                            .arg(ratio)
                            .arg(color.rgba());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(opened, "icon", qPrintable(name));
    if (!opened)
        return {};
    // The drawings say currentColor, which the renderer does not know.
    QSvgRenderer renderer(file.readAll().replace("currentColor", color.name().toLatin1()));
    pixmap = QPixmap((size * ratio).toSize());
    pixmap.fill(Qt::transparent);
    pixmap.setDevicePixelRatio(ratio);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter, QRectF(QPointF(), size));
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

class Engine : public QIconEngine
{
public:
    explicit Engine(QString name)
        : m_name(std::move(name))
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        paintIcon(painter, m_name, rect, colorOf(mode));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        return rendered(m_name, size, 1, colorOf(mode));
    }
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        // `size` is in device pixels here.
        return rendered(m_name, QSizeF(size) / scale, scale, colorOf(mode));
    }
    [[nodiscard]] QIconEngine *clone() const override { return new Engine(m_name); }

private:
    static QColor colorOf(QIcon::Mode mode)
    {
        const Tokens &tokens = Tokens::of(nullptr);
        return mode == QIcon::Disabled ? tokens.disabled()
            : mode == QIcon::Selected  ? tokens.selectionText
                                       : tokens.text;
    }

    QString m_name;
};

} // namespace

QIcon icon(const QString &name)
{
    return QIcon(new Engine(name));
}

void paintIcon(QPainter *painter, const QString &name, const QRectF &rect, const QColor &color)
{
    const double ratio = painter->device()->devicePixelRatioF();
    painter->drawPixmap(rect.topLeft(), rendered(name, rect.size(), ratio, color));
}

} // namespace shardhelm::ui
