// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/replicationtab.h"

#include "instances/factsections.h"
#include "instances/replicationrows.h"

#include <QVBoxLayout>

namespace shardhelm::ui {

namespace {

constexpr std::chrono::seconds interval{5};

} // namespace

ReplicationTab::ReplicationTab(ClusterSession &session, DetailWorker &worker, Settings &settings, QWidget *parent)
    : DetailTab(parent)
    , m_reading(session, worker, interval,
                [&session](const QString &server) -> ValueReading<monitor::detail::Replication>::Reader {
                    const auto target = detailTarget(session.fleet(), server);
                    if (!target)
                        return {};
                    return [target](const Askers &askers, const Wait &wait) {
                        return monitor::detail::readReplication(askers.monitor, *target, wait);
                    };
                })
    , m_sections(new FactSections(QStringLiteral("detail/replication"), tr("Kinds of replication"), settings, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_sections);
    m_readers =
        m_sections->add(QStringLiteral("readers"), tr("Replicas and readers"), ReplicationRows::readerColumns());
    m_slots = m_sections->add(QStringLiteral("slots"), tr("Slots"), ReplicationRows::slotColumns());
    m_subscriptions =
        m_sections->add(QStringLiteral("subscriptions"), tr("Subscriptions"), ReplicationRows::subscriptionColumns());
    m_publications =
        m_sections->add(QStringLiteral("publications"), tr("Publications"), ReplicationRows::publicationColumns());
    m_readers->setFirstOrder(QStringLiteral("lag_bytes"), Qt::DescendingOrder);
    m_slots->setFirstOrder(QStringLiteral("retained_bytes"), Qt::DescendingOrder);
    connect(&m_reading, &Reading::changed, this, &ReplicationTab::refresh);
    connect(m_sections, &FactSections::tryAgain, &m_reading, &Reading::readNow);
}

void ReplicationTab::setServer(const QString &server)
{
    m_reading.setServer(server);
}

QString ReplicationTab::note() const
{
    if (!m_reading.value())
        return {};
    const QString receiver = ReplicationRows::receiver(*m_reading.value());
    if (!receiver.isEmpty())
        return receiver;
    return m_reading.value()->positionsHidden ? tr("the role may not see how far the readers are: pg_monitor shows it")
                                              : tr("from pg_stat_replication and pg_replication_slots, now");
}

void ReplicationTab::focusContent()
{
    m_sections->current()->focusTable();
}

void ReplicationTab::refresh()
{
    const auto &value = m_reading.value();
    const monitor::detail::Replication none;
    const monitor::detail::Replication &shown = value ? *value : none;
    m_readers->present(ReplicationRows::readers(shown));
    m_slots->present(ReplicationRows::replicationSlots(shown));
    m_subscriptions->present(ReplicationRows::subscriptions(shown));
    m_publications->present(ReplicationRows::publications(shown));
    const QString loading = tr("Reading the replication of %1.").arg(m_reading.server());
    m_readers->presentState(m_reading,
                            {loading, tr("Nobody reads this server's WAL."),
                             tr("It has no replica, no subscriber and no backup running.")});
    m_slots->presentState(m_reading, {loading, tr("There is no replication slot."), tr("No slot keeps WAL back.")});
    m_subscriptions->presentState(m_reading, {loading, tr("There is no subscription in this database."), {}});
    m_publications->presentState(m_reading, {loading, tr("There is no publication in this database."), {}});
    for (const FactView *view : {m_readers, m_slots, m_subscriptions, m_publications})
        m_sections->setCount(view, value ? view->model().rowCount() : -1);
    Q_EMIT noteChanged();
}

void ReplicationTab::showEvent(QShowEvent *event)
{
    DetailTab::showEvent(event);
    m_reading.setWatched(true);
}

void ReplicationTab::hideEvent(QHideEvent *event)
{
    DetailTab::hideEvent(event);
    m_reading.setWatched(false);
}

} // namespace shardhelm::ui
