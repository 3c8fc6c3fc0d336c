// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interrupt.h"
#include "program.h"

#include <QCoreApplication>

#include <clocale>
#include <cstring>

#include <langinfo.h>

int main(int argc, char *argv[])
{
    // Names and results are UTF-8 whatever the locale says; Qt would complain on stderr about any other one.
    std::setlocale(LC_ALL, "");
    if (std::strcmp(::nl_langinfo(CODESET), "UTF-8") != 0)
        qputenv("LC_ALL", "C.UTF-8");

    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("shardhelm"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SHARDHELM_VERSION));

    const shardhelm::Interrupt interrupt;
    return static_cast<int>(shardhelm::ctl::run(QCoreApplication::arguments().mid(1), shardhelm::ctl::allCommands(),
                                                interrupt.stopToken()));
}
