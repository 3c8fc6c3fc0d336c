// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/refusals.h"

namespace shardhelm::test {

void addRefusalRows(const std::vector<Refusal> &refusals)
{
    QTest::addColumn<std::size_t>("refusal");
    for (std::size_t index = 0; index < refusals.size(); ++index)
        QTest::newRow(refusals[index].name) << index;
}

} // namespace shardhelm::test
