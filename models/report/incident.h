// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/condition.h"
#include "core/result.h"
#include "monitor/recording/content.h"
#include "monitor/recording/serverfacts.h"
#include "monitor/sample.h"
#include "monitor/triage/session.h"
#include "report/svgchart.h"

#include <functional>
#include <optional>
#include <vector>

namespace shardhelm {

/// What a recording tells about a span of time, in words and curves: the content of an incident report.
struct Incident
{
    /// A server that stood out, and how long.
    struct Standout
    {
        QString server;
        Condition worst = Condition::Degraded;
        qint64 since = 0; ///< within the span, ms since 1970
        qint64 until = 0;
        double seconds = 0; ///< that it stood out
        double downSeconds = 0;
        QStringList sentences; ///< what was found, in the order it was seen; each once
        QString advice;
    };
    /// Something that happened at a moment.
    struct Event
    {
        qint64 at = 0;
        QString server; ///< empty for a marker
        QString text;
        bool isMarker = false;
    };
    /// Who did what on a server at the moment when most sessions waited there.
    struct Sessions
    {
        qint64 at = 0;
        monitor::SessionList list;
    };

    /// What took the most time on a server that stood out.
    struct Statements
    {
        QString server;
        qint64 from = 0; ///< the first and last reading in the span
        qint64 to = 0;
        std::vector<monitor::recording::RecordedStatement> list;
    };
    /// How a server that stood out is set up otherwise than the others.
    struct Settings
    {
        QString server;
        std::vector<monitor::detail::SettingDifference> differences;
    };

    monitor::recording::About about;
    monitor::recording::Span span; ///< what the report covers, within the recording
    std::vector<Standout> standouts; ///< worst first
    std::vector<Event> events; ///< by time
    int eventsLeftOut = 0;
    std::vector<SvgChart> charts;
    std::vector<Sessions> sessions;
    std::vector<Statements> statements;
    std::vector<Settings> settings;
    int settingsCompared = 0; ///< servers whose settings were recorded
    monitor::FleetSample last; ///< the fleet at the end of the span
};

/// Reads what happened within a span of a recording. RecordingEmpty when nothing was recorded then, and the errors of
/// RecordingReader. `stopped` is asked now and then; Cancelled when it says so. Blocking, seconds for a large fleet:
/// for worker threads.
Result<Incident> readIncident(const QString &recording, const monitor::recording::Span &span,
                              const std::function<bool()> &stopped = {});

} // namespace shardhelm
