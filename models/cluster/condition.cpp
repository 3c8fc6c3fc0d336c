// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/condition.h"

#include <QCoreApplication>

namespace shardhelm {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Condition)
};

} // namespace

QString conditionWord(Condition condition)
{
    switch (condition) {
    case Condition::Healthy:
        return Words::tr("healthy");
    case Condition::Degraded:
    case Condition::Worst:
        return Words::tr("degraded");
    case Condition::Down:
        return Words::tr("down");
    case Condition::Stale:
        return Words::tr("stale");
    case Condition::Unknown:
        return Words::tr("unknown");
    case Condition::Connecting:
        return Words::tr("connecting");
    case Condition::NotPermitted:
        return Words::tr("not permitted");
    }
    return {};
}

QString roleWord(monitor::Role role)
{
    switch (role) {
    case monitor::Role::Primary:
        return Words::tr("primary");
    case monitor::Role::Replica:
        return Words::tr("replica");
    case monitor::Role::Directory:
        return Words::tr("directory");
    case monitor::Role::Unknown:
        return Words::tr("unknown");
    }
    return {};
}

QString roleKey(monitor::Role role)
{
    switch (role) {
    case monitor::Role::Primary:
        return QStringLiteral("primary");
    case monitor::Role::Replica:
        return QStringLiteral("replica");
    case monitor::Role::Directory:
        return QStringLiteral("directory");
    case monitor::Role::Unknown:
        break;
    }
    return QStringLiteral("unknown");
}

} // namespace shardhelm
