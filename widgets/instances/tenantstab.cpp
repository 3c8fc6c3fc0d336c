// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/tenantstab.h"

#include "instances/factsections.h"
#include "instances/tenantrows.h"

#include <QVBoxLayout>

namespace shardhelm::ui {

namespace {

constexpr std::chrono::seconds interval{10};

} // namespace

TenantsTab::TenantsTab(ClusterSession &session, DetailWorker &worker, Settings &settings, QWidget *parent)
    : DetailTab(parent)
    , m_session(session)
    , m_reading(session, worker, interval, [this](const QString &server) { return reader(server); })
    , m_sections(new FactSections(QStringLiteral("detail/tenants"), tr("Tenants or shards"), settings, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_sections);
    m_tenants = m_sections->add(QStringLiteral("tenants"), tr("Tenants"), TenantRows::tenantColumns());
    m_shards = m_sections->add(QStringLiteral("shards"), tr("Logical shards"), TenantRows::shardColumns());
    m_tenants->setFirstOrder(QStringLiteral("rows"), Qt::DescendingOrder);
    m_shards->setFirstOrder(QStringLiteral("load_share"), Qt::DescendingOrder);
    connect(&m_reading, &Reading::changed, this, &TenantsTab::refresh);
    connect(m_sections, &FactSections::tryAgain, &m_reading, &Reading::readNow);
}

ValueReading<monitor::detail::TenantReport>::Reader TenantsTab::reader(const QString &server)
{
    const Fleet &fleet = m_session.fleet();
    const auto target = detailTarget(fleet, server);
    if (!target)
        return {};
    if (!m_watch || m_epoch != fleet.map().mapEpoch)
        m_watch =
            std::make_shared<monitor::detail::TenantWatch>(fleet.file(), fleet.map(), &m_session.passwordSource());
    m_epoch = fleet.map().mapEpoch;
    return [watch = m_watch, target](const Askers &askers, const Wait &wait) {
        return watch->read(askers.own, *target, std::chrono::duration<double>(interval).count(), wait);
    };
}

void TenantsTab::setServer(const QString &server)
{
    if (server != m_reading.server())
        m_watch.reset();
    m_reading.setServer(server);
}

QString TenantsTab::note() const
{
    return m_reading.value() ? TenantRows::source(*m_reading.value(), m_session.fleet().map()) : QString();
}

void TenantsTab::focusContent()
{
    m_sections->current()->focusTable();
}

void TenantsTab::refresh()
{
    const auto &value = m_reading.value();
    m_tenants->present(value ? TenantRows::tenants(*value) : std::vector<FactRow>());
    m_shards->present(value ? TenantRows::shards(*value, m_session.fleet().map()) : std::vector<FactRow>());
    const QString loading = tr("Reading the tenants of %1.").arg(m_reading.server());
    QString why;
    if (value && value->tables == 0)
        why = tr("No sharded table is here.");
    else if (value && value->notPermitted > 0)
        why = tr("Statistics of the shard key need SELECT on it: grant it to this console's role.");
    else if (value && value->notAnalysed > 0)
        why = tr("Its tables have not been analysed: ANALYZE makes the statistics.");
    m_tenants->presentState(m_reading, {loading, tr("No tenant stands out."), why});
    m_shards->presentState(m_reading, {loading, tr("No logical shard is placed here."), {}});
    for (const FactView *view : {m_tenants, m_shards})
        m_sections->setCount(view, value ? view->model().rowCount() : -1);
    m_sections->setNote(value ? TenantRows::whale(*value) : QString());
    Q_EMIT noteChanged();
}

void TenantsTab::showEvent(QShowEvent *event)
{
    DetailTab::showEvent(event);
    m_reading.setWatched(true);
}

void TenantsTab::hideEvent(QHideEvent *event)
{
    DetailTab::hideEvent(event);
    m_reading.setWatched(false);
}

} // namespace shardhelm::ui
