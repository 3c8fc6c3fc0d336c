// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/testcluster.h"

#include <QTest>

#include <functional>
#include <vector>

namespace shardhelm::test {

/// One way in which a request for a cluster is wrong, and the refusal it must meet.
struct Refusal
{
    const char *name;
    ErrorCode code;
    std::function<void()> spoil; ///< makes cluster or request wrong
};

/// A row of test data for each: its place in the list, "refusal".
void addRefusalRows(const std::vector<Refusal> &refusals);

/// What is wrong with the outcome of a spoilt request: empty when it is the error that was wanted, without the secret
/// `hunter2` in it.
template <typename T>
QByteArray unlike(const Refusal &wanted, const Result<T> &outcome)
{
    if (outcome)
        return "not refused";
    const QString said = shown(outcome.error());
    const bool right = outcome.error().code == wanted.code && !said.contains(QLatin1StringView("hunter2"));
    return right ? QByteArray() : said.toUtf8();
}

} // namespace shardhelm::test
