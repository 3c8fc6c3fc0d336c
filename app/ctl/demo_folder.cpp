// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo_folder.h"

#include "demo/demofolder.h"

#include <QDir>
#include <QFileInfo>

namespace shardhelm::ctl {

Option demoFolderOption()
{
    return {QStringLiteral("dir"), QStringLiteral("DIR"), Text::tr("folder of the demo cluster"),
            demo::DemoFolder::defaultPath()};
}

Result<QString> demoFolderOf(const Invocation &call)
{
    // A demo's cluster file lies in its folder. Without this, --cluster would silently mean the demo of the default
    // folder.
    if (call.given.contains(QStringLiteral("cluster")) && !call.given.contains(QStringLiteral("dir")))
        return QFileInfo(call.clusterFilePath()).absolutePath();
    const QString path = call.value(QStringLiteral("dir"));
    // As a path it would be the current folder, which a script with an unset variable does not mean.
    if (path.isEmpty())
        return fail(ErrorCode::UsageBad, QStringLiteral("--dir"), {}, {Text::tr("the path of a folder")});
    return QDir::current().absoluteFilePath(path);
}

} // namespace shardhelm::ctl
