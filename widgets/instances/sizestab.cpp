// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/sizestab.h"

#include "instances/factsections.h"
#include "instances/sizerows.h"

#include <QVBoxLayout>

namespace shardhelm::ui {

namespace {

constexpr std::chrono::seconds interval{60};

} // namespace

SizesTab::SizesTab(ClusterSession &session, DetailWorker &worker, Settings &settings, QWidget *parent)
    : DetailTab(parent)
    , m_session(session)
    , m_reading(session, worker, interval,
                [&session](const QString &server) -> ValueReading<monitor::detail::InstanceSizes>::Reader {
                    const auto target = detailTarget(session.fleet(), server);
                    if (!target)
                        return {};
                    return [target, file = session.fleet().file(), map = session.fleet().map(),
                            passwords = &session.passwordSource()](const Askers &askers, const Wait &wait) {
                        return monitor::detail::readInstanceSizes(askers.own, file, map, *target, passwords, wait);
                    };
                })
    , m_sections(new FactSections(QStringLiteral("detail/sizes"), tr("Sizes of what"), settings, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_sections);
    m_shards = m_sections->add(QStringLiteral("shards"), tr("Logical shards"), SizeRows::shardColumns());
    m_tables = m_sections->add(QStringLiteral("tables"), tr("Tables"), SizeRows::tableColumns());
    m_indexes = m_sections->add(QStringLiteral("indexes"), tr("Indexes"), SizeRows::indexColumns());
    m_shards->setFirstOrder(QStringLiteral("size_bytes"), Qt::DescendingOrder);
    m_tables->setFirstOrder(QStringLiteral("total_bytes"), Qt::DescendingOrder);
    m_indexes->setFirstOrder(QStringLiteral("size_bytes"), Qt::DescendingOrder);
    connect(&m_reading, &Reading::changed, this, &SizesTab::refresh);
    connect(m_sections, &FactSections::tryAgain, &m_reading, &Reading::readNow);
}

void SizesTab::setServer(const QString &server)
{
    m_reading.setServer(server);
}

QString SizesTab::note() const
{
    return m_reading.value() ? SizeRows::summary(*m_reading.value()) : QString();
}

void SizesTab::focusContent()
{
    m_sections->current()->focusTable();
}

void SizesTab::refresh()
{
    const auto &value = m_reading.value();
    const cluster::ShardMap &map = m_session.fleet().map();
    m_shards->present(value ? SizeRows::shards(*value, map) : std::vector<FactRow>());
    m_tables->present(value ? SizeRows::tables(*value) : std::vector<FactRow>());
    m_indexes->present(value ? SizeRows::indexes(*value) : std::vector<FactRow>());
    const QString loading = tr("Measuring tables and indexes of %1.").arg(m_reading.server());
    m_shards->presentState(m_reading, {loading, tr("No logical shard is placed here."), {}});
    m_tables->presentState(m_reading, {loading, tr("There is no table in this database."), {}});
    m_indexes->presentState(m_reading, {loading, tr("There is no index in this database."), {}});
    for (const FactView *view : {m_shards, m_tables, m_indexes})
        m_sections->setCount(view, value ? view->model().rowCount() : -1);
    Q_EMIT noteChanged();
}

void SizesTab::showEvent(QShowEvent *event)
{
    DetailTab::showEvent(event);
    m_reading.setWatched(true);
}

void SizesTab::hideEvent(QHideEvent *event)
{
    DetailTab::hideEvent(event);
    m_reading.setWatched(false);
}

} // namespace shardhelm::ui
