// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/replayworker.h"

#include "monitor/recording/playback.h"
#include "monitor/recording/sessionfacts.h"

#include <algorithm>

namespace shardhelm {

namespace {

using monitor::recording::Fact;
using monitor::recording::Playback;
using monitor::recording::sessionsKind;
using monitor::recording::sessionsOf;

/// Points of the curves that are made after a jump; more would not be seen.
constexpr qint64 historySteps = 300;
/// Sessions are recorded every 15 s while something is wrong; older ones say nothing about the moment.
constexpr qint64 sessionsPatienceMs = 20000;

/// Goes through the time before a moment, and to it. Given up when something newer is wanted.
Result<ReplayMoment> withHistory(Playback &playback, qint64 at, std::chrono::seconds span,
                                 const std::function<bool()> &overtaken)
{
    const qint64 reach = std::chrono::milliseconds(span).count();
    const qint64 step = std::max({qint64(1000), playback.reader().about().intervalMs, reach / historySteps});
    ReplayMoment moment;
    moment.at = at;
    moment.history.emplace();
    moment.history->setSpan(span);
    const auto all = playback.span();
    if (!all)
        return Failure(all.error());
    for (qint64 before = std::max(at - reach, all->from); before < at; before += step) {
        const auto sample = playback.advance(before);
        if (!sample)
            return Failure(sample.error());
        moment.history->append(*sample);
        if (overtaken())
            return fail(ErrorCode::Cancelled);
    }
    auto sample = playback.advance(at);
    if (!sample)
        return Failure(sample.error());
    moment.sample = std::move(*sample);
    return moment;
}

} // namespace

ReplayWorker::ReplayWorker(QString path, QObject *context, Answers answers)
    : m_path(std::move(path))
    , m_context(context)
    , m_answers(std::move(answers))
    , m_thread([this](const std::stop_token &stop) { run(stop); })
{
}

ReplayWorker::~ReplayWorker()
{
    *m_stopped = true;
    m_thread.request_stop();
}

void ReplayWorker::show(qint64 at, std::optional<std::chrono::seconds> span)
{
    const std::lock_guard lock(m_mutex);
    // Curves that were asked for and have not come are still missing.
    if (m_wanted && m_wanted->span && !span)
        span = m_wanted->span;
    m_wanted = Wanted{at, span};
    m_wake.notify_all();
}

void ReplayWorker::post(std::function<void()> deliver)
{
    QMetaObject::invokeMethod(
        m_context,
        [stopped = m_stopped, deliver = std::move(deliver)] {
            if (!*stopped)
                deliver();
        },
        Qt::QueuedConnection);
}

void ReplayWorker::run(const std::stop_token &stop)
{
    const auto failed = [this](const Error &error) { post([failed = m_answers.failed, error] { failed(error); }); };
    auto playback = Playback::open(m_path);
    if (!playback) {
        failed(playback.error());
        return;
    }
    const auto span = playback->span();
    const auto markers = span ? playback->reader().markers(*span)
                              : Result<std::vector<monitor::recording::Marker>>(Failure(span.error()));
    if (!markers) {
        failed(markers.error());
        return;
    }
    if (span->isEmpty()) {
        failed(Error{ErrorCode::RecordingEmpty, m_path, {}, {}, 0, std::nullopt});
        return;
    }
    post([opened = m_answers.opened, start = ReplayStart{playback->reader().about(), *span, *markers}] {
        opened(start);
    });

    qint64 clusterAt = -1;
    while (true) {
        std::optional<Wanted> wanted;
        {
            std::unique_lock lock(m_mutex);
            if (!m_wake.wait(lock, stop, [this] { return m_wanted.has_value(); }))
                return;
            wanted = std::exchange(m_wanted, std::nullopt);
        }
        const auto overtaken = [&] {
            const std::lock_guard lock(m_mutex);
            // Without the curves that this one makes the newer one would show none.
            if (m_wanted && !m_wanted->span)
                m_wanted->span = wanted->span;
            return m_wanted.has_value() || stop.stop_requested();
        };
        Result<ReplayMoment> moment = fail(ErrorCode::Cancelled);
        if (wanted->span) {
            moment = withHistory(*playback, wanted->at, *wanted->span, overtaken);
        } else if (auto sample = playback->advance(wanted->at)) {
            moment = ReplayMoment{wanted->at, std::move(*sample), {}, std::nullopt, std::nullopt, std::nullopt};
        } else {
            moment = Failure(sample.error());
        }
        if (!moment) {
            if (moment.error().code == ErrorCode::Cancelled)
                continue;
            failed(moment.error());
            return;
        }
        if (const auto facts =
                playback->reader().facts(sessionsKind(), {wanted->at - sessionsPatienceMs, wanted->at})) {
            for (const Fact &fact : *facts)
                moment->sessions.insert(fact.server, {fact.at, sessionsOf(fact.server, fact.content)});
        }
        const auto changedAt = playback->changedAt();
        if (changedAt && *changedAt != clusterAt) {
            clusterAt = *changedAt;
            if (auto map = playback->map())
                moment->map = std::move(*map);
            if (auto file = playback->file())
                moment->file = std::move(*file);
        }
        post([shown = m_answers.shown, made = std::make_shared<const ReplayMoment>(std::move(*moment))] {
            shown(*made);
        });
    }
}

} // namespace shardhelm
