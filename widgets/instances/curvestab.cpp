// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/curvestab.h"

#include "cluster/settings.h"
#include "common/button.h"
#include "instances/curvestack.h"

#include <QAction>
#include <QHBoxLayout>
#include <QMenu>
#include <QScrollArea>
#include <QVBoxLayout>

namespace shardhelm::ui {

namespace {

const QString setting = QStringLiteral("detail/curves/metrics");

const std::vector<Metric> &atFirst()
{
    static const std::vector<Metric> metrics{Metric::P99,
                                             Metric::Statements,
                                             Metric::Transactions,
                                             Metric::Writes,
                                             Metric::Reads,
                                             Metric::ActiveConnections,
                                             Metric::Waiting,
                                             Metric::Blocked,
                                             Metric::ConnectionRatio,
                                             Metric::LongestTransaction,
                                             Metric::CacheHit,
                                             Metric::WalRate,
                                             Metric::LagSeconds};
    return metrics;
}

} // namespace

CurvesTab::CurvesTab(const Fleet &fleet, Settings &settings, QWidget *parent)
    : DetailTab(parent)
    , m_settings(settings)
    , m_window(fleet)
    , m_stack(new CurveStack(fleet, m_window, this))
    , m_axis(new CurveAxis(*m_stack, m_window, this))
    , m_metrics(new Button(tr("Curves shown"), this))
    , m_live(new LinkButton(tr("Follow the newest sample"), this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(8, 4, 8, 4);
    bar->setSpacing(8);
    m_metrics->setObjectName(QStringLiteral("curvesShown"));
    m_metrics->setAccessibleName(tr("Curves shown"));
    m_metrics->setMenu(new QMenu(m_metrics));
    bar->addWidget(m_metrics);
    bar->addWidget(m_live);
    bar->addStretch(1);
    column->addLayout(bar);
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(m_stack);
    scroll->setAccessibleName(tr("Curves"));
    scroll->viewport()->setAutoFillBackground(false);
    m_stack->setAutoFillBackground(false);
    column->addWidget(scroll, 1);
    column->addWidget(m_axis);
    m_live->hide();
    buildMenu();
    choose();
    connect(m_live, &QPushButton::clicked, &m_window, &TimeWindow::release);
    connect(&m_window, &TimeWindow::changed, this, [this] {
        m_live->setVisible(!m_window.isLive());
        Q_EMIT noteChanged();
    });
}

void CurvesTab::buildMenu()
{
    const QStringList kept = m_settings.list(setting);
    for (const Metric metric : allMetrics) {
        QAction *action = m_metrics->menu()->addAction(metricTitle(metric));
        action->setCheckable(true);
        action->setData(metricKey(metric));
        const bool usual = std::find(atFirst().begin(), atFirst().end(), metric) != atFirst().end();
        action->setChecked(kept.isEmpty() ? usual : kept.contains(metricKey(metric)));
        connect(action, &QAction::toggled, this, [this] {
            QStringList keys;
            const QList<QAction *> actions = m_metrics->menu()->actions();
            for (const QAction *one : actions) {
                if (one->isChecked())
                    keys << one->data().toString();
            }
            m_settings.setList(setting, keys);
            choose();
        });
    }
}

void CurvesTab::choose()
{
    std::vector<Metric> metrics;
    const QList<QAction *> actions = m_metrics->menu()->actions();
    for (const QAction *action : actions) {
        if (action->isChecked())
            metrics.push_back(metricOfKey(action->data().toString()));
    }
    m_stack->setMetrics(metrics);
}

void CurvesTab::setServer(const QString &server)
{
    m_server = server;
    m_stack->setServer(server);
}

QString CurvesTab::note() const
{
    QStringList parts{tr("dashed: the fleet's median")};
    if (!m_window.note().isEmpty())
        parts << m_window.note();
    return parts.join(QStringLiteral(" · "));
}

void CurvesTab::focusContent()
{
    m_stack->setFocus(Qt::ShortcutFocusReason);
}

void CurvesTab::showEvent(QShowEvent *event)
{
    DetailTab::showEvent(event);
    m_stack->setServer(m_server);
}

} // namespace shardhelm::ui
