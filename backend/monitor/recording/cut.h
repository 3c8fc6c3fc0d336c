// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "monitor/recording/content.h"

namespace shardhelm::monitor::recording {

/// Copies the part of a recording that lies within a span, with what was known when it began, into a new portable file;
/// `source` may be written meanwhile. FileExists, RecordingEmpty when nothing lies in the span, and the errors of
/// openForReading() and openForWriting(); after an error there is no new file. Blocking: for worker threads.
Result<void> cutRecording(const QString &source, const QString &target, const Span &span);

} // namespace shardhelm::monitor::recording
