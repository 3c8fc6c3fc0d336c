// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/settingstab.h"

#include "instances/factview.h"
#include "instances/settingrows.h"

#include <QVBoxLayout>

namespace shardhelm::ui {

namespace {

constexpr std::chrono::seconds interval{30};

} // namespace

SettingsTab::SettingsTab(ClusterSession &session, DetailWorker &worker, Settings &settings, QWidget *parent)
    : DetailTab(parent)
    , m_reading(session, worker, interval,
                [&session](const QString &server) -> ValueReading<monitor::detail::FleetSettings>::Reader {
                    const auto targets = comparableTargets(session.fleet(), server);
                    if (targets.empty())
                        return {};
                    return [targets, server](const Askers &askers, const Wait &wait) {
                        return monitor::detail::readFleetSettings(askers.monitor, targets, server, wait);
                    };
                })
    , m_view(new FactView(QStringLiteral("detail/settings"), tr("Settings that differ"), SettingRows::columns(),
                          settings, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_view);
    connect(&m_reading, &Reading::changed, this, &SettingsTab::refresh);
    connect(m_view, &FactView::tryAgain, &m_reading, &Reading::readNow);
}

void SettingsTab::setServer(const QString &server)
{
    m_reading.setServer(server);
}

QString SettingsTab::note() const
{
    if (!m_reading.value())
        return {};
    const int others = m_reading.value()->compared;
    QStringList parts{others == 1 ? tr("from pg_settings, compared with 1 other of its role")
                                  : tr("from pg_settings, compared with %1 others of its role").arg(others)};
    if (!m_reading.value()->missed.isEmpty())
        parts << tr("%1 without an answer").arg(m_reading.value()->missed.size());
    return parts.join(QStringLiteral(" · "));
}

QString SettingsTab::badge() const
{
    const auto &value = m_reading.value();
    return value && !value->differences.empty() ? tr("%1 differ").arg(value->differences.size()) : QString();
}

void SettingsTab::focusContent()
{
    m_view->focusTable();
}

void SettingsTab::refresh()
{
    const auto &value = m_reading.value();
    m_view->present(value ? SettingRows::rows(*value) : std::vector<FactRow>());
    FactWords words;
    words.loading = tr("Reading the settings of the fleet.");
    words.emptyStrong = value && value->compared == 0 ? tr("There is no other server to compare with.")
                                                      : tr("No setting differs from the rest of the fleet.");
    words.emptyRest = value && value->compared > 0 ? tr("Nothing waits for a restart.") : QString();
    m_view->presentState(m_reading, words);
    Q_EMIT noteChanged();
}

void SettingsTab::showEvent(QShowEvent *event)
{
    DetailTab::showEvent(event);
    m_reading.setWatched(true);
}

void SettingsTab::hideEvent(QHideEvent *event)
{
    DetailTab::hideEvent(event);
    m_reading.setWatched(false);
}

} // namespace shardhelm::ui
