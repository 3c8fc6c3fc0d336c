// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QSettings>
#include <QString>
#include <QStringList>

namespace shardhelm {

/// What the window remembers, in one INI file whose place is given, so that tests use their own. Values reach the disk
/// with the next turn of the event loop after they change: a crash loses nothing older. No secrets.
class Settings
{
public:
    /// `path` of the file; its folder is made when something is first written.
    explicit Settings(const QString &path);
    /// The file in the user's configuration folder.
    static QString defaultPath();

    [[nodiscard]] QString text(const QString &key, const QString &whenAbsent = {}) const;
    void setText(const QString &key, const QString &value);
    [[nodiscard]] QStringList list(const QString &key) const;
    void setList(const QString &key, const QStringList &value);
    [[nodiscard]] QByteArray bytes(const QString &key) const;
    void setBytes(const QString &key, const QByteArray &value);
    [[nodiscard]] int number(const QString &key, int whenAbsent) const;
    void setNumber(const QString &key, int value);

private:
    void set(const QString &key, const QVariant &value);

    QSettings m_settings;
};

} // namespace shardhelm
