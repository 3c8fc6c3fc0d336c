// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/settings.h"

#include <QStandardPaths>

namespace shardhelm {

Settings::Settings(const QString &path)
    : m_settings(path, QSettings::IniFormat)
{
}

QString Settings::defaultPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        % QStringLiteral("/shardhelm/window.ini");
}

void Settings::set(const QString &key, const QVariant &value)
{
    if (m_settings.value(key) != value)
        m_settings.setValue(key, value);
}

QString Settings::text(const QString &key, const QString &whenAbsent) const
{
    return m_settings.value(key, whenAbsent).toString();
}

void Settings::setText(const QString &key, const QString &value)
{
    set(key, value);
}

QStringList Settings::list(const QString &key) const
{
    return m_settings.value(key).toStringList();
}

void Settings::setList(const QString &key, const QStringList &value)
{
    set(key, value);
}

QByteArray Settings::bytes(const QString &key) const
{
    return m_settings.value(key).toByteArray();
}

void Settings::setBytes(const QString &key, const QByteArray &value)
{
    set(key, value);
}

int Settings::number(const QString &key, int whenAbsent) const
{
    bool ok = false;
    const int value = m_settings.value(key).toInt(&ok);
    return ok ? value : whenAbsent;
}

void Settings::setNumber(const QString &key, int value)
{
    set(key, value);
}

} // namespace shardhelm
