// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo_folder.h"

#include "demo/demofolder.h"

#include <QDir>

namespace shardhelm::ctl {

Option demoFolderOption()
{
    return {QStringLiteral("dir"), QStringLiteral("DIR"), Text::tr("folder of the demo cluster"),
            demo::DemoFolder::defaultPath()};
}

Result<QString> demoFolderOf(const Invocation &call)
{
    const QString path = call.value(QStringLiteral("dir"));
    // As a path it would be the current folder, which a script with an unset variable does not mean.
    if (path.isEmpty())
        return fail(ErrorCode::UsageBad, QStringLiteral("--dir"), {}, {Text::tr("the path of a folder")});
    return QDir::current().absoluteFilePath(path);
}

} // namespace shardhelm::ctl
