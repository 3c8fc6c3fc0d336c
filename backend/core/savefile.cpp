// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/savefile.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <cerrno>
#include <unistd.h>

namespace shardhelm {

namespace {

Failure unwritable(const QFileDevice &file, int cause)
{
    return fail(cause == ENOSPC || cause == EDQUOT ? ErrorCode::DiskFull : ErrorCode::FileUnwritable, file.fileName(),
                file.errorString());
}

/// Everything at once and past Qt's buffer: a buffer that fails when the file is closed tells nobody.
Result<void> writeWhole(QFileDevice &file, const QByteArray &bytes, QIODevice::OpenMode more = {})
{
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered | more))
        return unwritable(file, errno);
    for (qsizetype done = 0; done < bytes.size();) {
        errno = 0;
        const qint64 written = file.write(bytes.constData() + done, bytes.size() - done);
        if (written <= 0)
            return unwritable(file, errno);
        done += written;
    }
    return {};
}

} // namespace

Result<void> saveFile(const QString &path, const QByteArray &bytes, std::optional<QFileDevice::Permissions> permissions)
{
    const QFileInfo info(path);
    if (info.exists() && !info.isFile()) {
        QFile special(path);
        return writeWhole(special, bytes, QIODevice::ExistingOnly);
    }
    QSaveFile file(path);
    if (const auto written = writeWhole(file, bytes); !written)
        return written;
    if (permissions && !file.setPermissions(*permissions))
        return unwritable(file, errno);
    if (::fsync(file.handle()) != 0) {
        const int cause = errno;
        return fail(cause == ENOSPC || cause == EDQUOT ? ErrorCode::DiskFull : ErrorCode::FileUnwritable, path,
                    qt_error_string(cause));
    }
    if (!file.commit())
        return unwritable(file, errno);
    return {};
}

} // namespace shardhelm
