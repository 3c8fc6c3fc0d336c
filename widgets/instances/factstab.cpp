// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/factstab.h"

#include "charts/fleetchart.h"
#include "cluster/serverfacts.h"
#include "cluster/settings.h"
#include "common/choicebutton.h"
#include "common/label.h"
#include "instances/factsview.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QShowEvent>
#include <QVBoxLayout>

namespace shardhelm::ui {

FactsTab::FactsTab(const Fleet &fleet, Settings &settings, QWidget *parent)
    : DetailTab(parent)
    , m_fleet(fleet)
    , m_facts(new FactsView(this))
    , m_chartTitle(new Label(Type::SmallStrong, Tone::Text, this))
    , m_chartCaption(new Label(Type::Caption, Tone::Muted, this))
    , m_choice(new ChoiceButton(tr("Figure over time"), this))
    , m_chart(new FleetChart(fleet, this))
{
    auto *across = new QHBoxLayout(this);
    across->setContentsMargins(12, 4, 8, 8);
    across->setSpacing(12);
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(m_facts);
    scroll->setAccessibleName(tr("Facts"));
    scroll->viewport()->setAutoFillBackground(false);
    m_facts->setAutoFillBackground(false);
    across->addWidget(scroll, 58);

    auto *right = new QVBoxLayout;
    right->setSpacing(2);
    auto *chartHead = new QHBoxLayout;
    chartHead->setSpacing(8);
    chartHead->addWidget(m_chartTitle);
    chartHead->addWidget(m_chartCaption, 1);
    chartHead->addWidget(m_choice);
    right->addLayout(chartHead);
    right->addWidget(m_chart, 1);
    across->addLayout(right, 42);
    for (const Metric metric : allMetrics)
        m_choice->addChoice(metricKey(metric), metricTitle(metric));
    const QString chosen = settings.text(QStringLiteral("instances/figure"), QStringLiteral("p99"));
    m_choice->setCurrent(chosen);
    m_chart->setMetric(metricOfKey(chosen));

    connect(m_choice, &ChoiceButton::chosen, this, [this, &settings](const QVariant &value) {
        settings.setText(QStringLiteral("instances/figure"), value.toString());
        m_chart->setMetric(metricOfKey(value.toString()));
        refresh();
    });
    connect(&fleet, &Fleet::sampled, this, &FactsTab::refresh);
    connect(&fleet, &Fleet::clusterChanged, this, &FactsTab::refresh);
}

void FactsTab::setServer(const QString &server)
{
    m_server = server;
    m_chart->setServer(server);
    refresh();
}

void FactsTab::focusContent()
{
    m_choice->setFocus(Qt::ShortcutFocusReason);
}

void FactsTab::refresh()
{
    // Nobody looks: showEvent() catches up.
    if (!isVisible())
        return;
    const monitor::ServerSample *server = m_fleet.server(m_server);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_facts, m_chart, m_choice, m_chartTitle, m_chartCaption})
        widget->setVisible(server != nullptr);
    m_facts->present(server ? factsOf(m_server, m_fleet) : std::vector<FactGroup>());
    if (!server)
        return;
    const Metric metric = metricOfKey(m_choice->current().toString());
    m_chartTitle->setText(metricTitle(metric));
    QStringList caption{tr("grey: the others"), metricSource(*server, metric),
                        m_chart->isLogarithmic() ? tr("log scale") : QString(), m_chart->spanNote()};
    caption.removeAll(QString());
    m_chartCaption->setText(caption.join(QStringLiteral(" · ")));
}

void FactsTab::showEvent(QShowEvent *event)
{
    DetailTab::showEvent(event);
    refresh();
}

} // namespace shardhelm::ui
