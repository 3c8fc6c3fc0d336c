// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDeadlineTimer>
#include <QTest>

#include <algorithm>

/// Included before everything else in every test (see shardhelm_test()): Qt's QTRY_ macros for machines of any speed.
/// Qt gives up after five seconds unless told otherwise, and it evaluates the condition again after it was true, so
/// that one that is true only for a moment fails. Here the condition counts when it was true once, and the time is a
/// minute at least: it only matters to a test that fails.
namespace shardhelm::test {

/// Lets events run until `condition` is true; false when it was not within `milliseconds` and a minute.
template <typename Condition>
bool eventually(int milliseconds, Condition &&condition)
{
    constexpr int least = 60000;
    constexpr int step = 25;
    const QDeadlineTimer deadline(std::max(milliseconds, least));
    while (!condition()) {
        if (deadline.hasExpired())
            return false;
        QTest::qWait(step); // between two looks at the condition: a state, which no signal tells of, is waited for
    }
    return true;
}

} // namespace shardhelm::test

#undef QTRY_VERIFY_WITH_TIMEOUT
#undef QTRY_VERIFY
#undef QTRY_COMPARE_WITH_TIMEOUT
#undef QTRY_COMPARE

#define QTRY_VERIFY_WITH_TIMEOUT(expression, milliseconds)                                                             \
    do {                                                                                                               \
        const bool cameTrue = shardhelm::test::eventually(milliseconds, [&] { return bool(expression); });             \
        QVERIFY2(cameTrue, #expression);                                                                               \
    } while (false)

#define QTRY_VERIFY(expression) QTRY_VERIFY_WITH_TIMEOUT((expression), 0)

// The second comparison words the failure.
#define QTRY_COMPARE_WITH_TIMEOUT(actual, expected, milliseconds)                                                      \
    do {                                                                                                               \
        const bool cameTrue = shardhelm::test::eventually(milliseconds, [&] { return bool((actual) == (expected)); }); \
        if (!cameTrue) {                                                                                               \
            QCOMPARE(actual, expected);                                                                                \
            QFAIL("only after the time was up: " #actual);                                                             \
        }                                                                                                              \
    } while (false)

#define QTRY_COMPARE(actual, expected) QTRY_COMPARE_WITH_TIMEOUT((actual), (expected), 0)
