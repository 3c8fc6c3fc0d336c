// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "instances/factmodel.h"
#include "monitor/detail/settings.h"

#include <QCoreApplication>

namespace shardhelm {

/// A setting's value with its unit as people write it: "128 MB", "300 ms".
QString settingText(const QString &value, const QString &unit);

/// The table of the tab "Settings".
struct SettingRows
{
    Q_DECLARE_TR_FUNCTIONS(SettingRows)
public:
    static std::vector<FactColumn> columns();
    static std::vector<FactRow> rows(const monitor::detail::FleetSettings &settings);
};

} // namespace shardhelm
