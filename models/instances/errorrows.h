// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "instances/factmodel.h"
#include "monitor/detail/errors.h"

#include <QCoreApplication>

namespace shardhelm {

/// The tables of the tab "Errors".
struct ErrorRows
{
    Q_DECLARE_TR_FUNCTIONS(ErrorRows)
public:
    static std::vector<FactColumn> groupColumns();
    static std::vector<FactRow> groups(const monitor::detail::ErrorReport &report);
    static std::vector<FactColumn> counterColumns();
    static std::vector<FactRow> counters(const monitor::detail::ErrorReport &report);
    /// Why there are no errors by SQLSTATE; empty while the log is read.
    static QString whyNoLog(const monitor::detail::ErrorReport &report);
    /// Where the figures come from and since when.
    static QString source(const monitor::detail::ErrorReport &report);
};

} // namespace shardhelm
