// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/errorstab.h"

#include "instances/errorrows.h"
#include "instances/factsections.h"

#include <QVBoxLayout>

namespace shardhelm::ui {

namespace {

constexpr std::chrono::seconds interval{10};

} // namespace

ErrorsTab::ErrorsTab(ClusterSession &session, DetailWorker &worker, Settings &settings, QWidget *parent)
    : DetailTab(parent)
    , m_session(session)
    , m_reading(session, worker, interval, [this](const QString &server) { return reader(server); })
    , m_sections(new FactSections(QStringLiteral("detail/errors"), tr("Errors or counters"), settings, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_sections);
    m_groups = m_sections->add(QStringLiteral("log"), tr("By SQLSTATE"), ErrorRows::groupColumns());
    m_counters = m_sections->add(QStringLiteral("counters"), tr("Counters"), ErrorRows::counterColumns());
    m_groups->setFirstOrder(QStringLiteral("count"), Qt::DescendingOrder);
    m_counters->setFirstOrder(QStringLiteral("total"), Qt::DescendingOrder);
    connect(&m_reading, &Reading::changed, this, &ErrorsTab::refresh);
    connect(m_sections, &FactSections::tryAgain, &m_reading, &Reading::readNow);
}

ValueReading<monitor::detail::ErrorReport>::Reader ErrorsTab::reader(const QString &server)
{
    const auto target = detailTarget(m_session.fleet(), server);
    if (!target)
        return {};
    if (!m_watch)
        m_watch = std::make_shared<monitor::detail::ErrorWatch>();
    return [watch = m_watch, target](const Askers &askers, const Wait &wait) {
        return watch->read(askers.own, *target, wait);
    };
}

void ErrorsTab::setServer(const QString &server)
{
    if (server != m_reading.server())
        m_watch.reset();
    m_reading.setServer(server);
}

QString ErrorsTab::note() const
{
    return m_reading.value() ? ErrorRows::source(*m_reading.value()) : QString();
}

void ErrorsTab::focusContent()
{
    m_sections->current()->focusTable();
}

void ErrorsTab::refresh()
{
    const auto &value = m_reading.value();
    m_groups->present(value ? ErrorRows::groups(*value) : std::vector<FactRow>());
    m_counters->present(value ? ErrorRows::counters(*value) : std::vector<FactRow>());
    const QString loading = tr("Reading the errors of %1.").arg(m_reading.server());
    const QString why = value ? ErrorRows::whyNoLog(*value) : QString();
    if (why.isEmpty())
        m_groups->presentState(m_reading, {loading, tr("No error is in the part of the log that was read."), {}});
    else
        m_groups->presentState(m_reading, {loading, tr("Errors by SQLSTATE are not known here."), why});
    m_counters->presentState(m_reading, {loading, tr("The database has no counters."), {}});
    m_sections->setNote(why);
    // What can be known is shown, unless the person wants to see the other.
    if (!why.isEmpty() && !m_shown)
        m_sections->showSection(QStringLiteral("counters"));
    m_shown = m_shown || value;
    m_sections->setCount(m_groups, value && why.isEmpty() ? m_groups->model().rowCount() : -1);
    Q_EMIT noteChanged();
}

void ErrorsTab::showEvent(QShowEvent *event)
{
    DetailTab::showEvent(event);
    m_reading.setWatched(true);
}

void ErrorsTab::hideEvent(QHideEvent *event)
{
    DetailTab::hideEvent(event);
    m_reading.setWatched(false);
}

} // namespace shardhelm::ui
