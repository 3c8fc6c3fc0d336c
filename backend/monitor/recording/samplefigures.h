// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/sample.h"

#include <QStringList>

#include <vector>

/// The numbers of a ServerSample as rows of a recording. Columns are the metrics of metric.h by their keys, without
/// those that follow from others, and a few numbers beside them: bounds of latencies, windows.
namespace shardhelm::monitor::recording {

/// Keys of the columns, in the order of figuresOf().
const QStringList &figureKeys();

/// The numbers of a sample; unknown and hidden ones as figureblock.h has them.
std::vector<float> figuresOf(const ServerSample &sample);

/// Sets the numbers of a sample from a row with these keys; keys that nothing knows are passed over, and numbers whose
/// keys are missing stay as they are.
void setFigures(ServerSample &sample, const QStringList &keys, const std::vector<float> &figures);

} // namespace shardhelm::monitor::recording
