// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "instances/factmodel.h"
#include "monitor/detail/statements.h"

#include <QCoreApplication>

namespace shardhelm {

/// The table of the tab "Statements" and what is said about a statement of it.
struct StatementRows
{
    Q_DECLARE_TR_FUNCTIONS(StatementRows)
public:
    static std::vector<FactColumn> columns();
    /// A row's id is the statement's fingerprint.
    static std::vector<FactRow> rows(const monitor::detail::StatementReport &report);

    /// "only here", "everywhere alike", "here and pg-22".
    static QString spread(const monitor::detail::Comparison &comparison);
    /// The same in a sentence: "Only here: mean 1.21 s on pg-17; 2.1 to 4.0 ms on the 30 others that run it."
    static QString sentence(const monitor::detail::StatementReport &report, const monitor::detail::StatementFact &fact);
    /// Where the figures come from and over which time.
    static QString source(const monitor::detail::StatementReport &report);
};

} // namespace shardhelm
