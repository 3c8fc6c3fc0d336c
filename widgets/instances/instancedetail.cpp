// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/instancedetail.h"

#include "charts/fleetchart.h"
#include "cluster/serverfacts.h"
#include "cluster/settings.h"
#include "common/button.h"
#include "common/choicebutton.h"
#include "common/label.h"
#include "common/pipwidget.h"
#include "instances/factsview.h"
#include "wording/errors.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QShowEvent>
#include <QVBoxLayout>

namespace shardhelm::ui {

InstanceDetail::InstanceDetail(const Fleet &fleet, Settings &settings, QWidget *parent)
    : Panel(parent)
    , m_fleet(fleet)
    , m_settings(settings)
    , m_pip(new PipWidget(12, this))
    , m_name(new Label(Type::Heading, Tone::Text, this))
    , m_state(new Label(Type::Small, Tone::Muted, this))
    , m_advice(new Label(Type::Small, Tone::Text, this))
    , m_technical(new Label(Type::Code, Tone::Muted, this))
    , m_copy(new Button(tr("Copy connection string"), this))
    , m_facts(new FactsView(this))
    , m_chartTitle(new Label(Type::SmallStrong, Tone::Text, this))
    , m_chartCaption(new Label(Type::Caption, Tone::Muted, this))
    , m_choice(new ChoiceButton(tr("Figure over time"), this))
    , m_chart(new FleetChart(fleet, this))
{
    setAccessibleName(tr("Detail"));
    content()->setContentsMargins(12, 8, 8, 8);
    content()->setSpacing(4);
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_pip);
    head->addWidget(m_name);
    head->addWidget(m_state, 1);
    m_copy->setObjectName(QStringLiteral("copyConninfo"));
    head->addWidget(m_copy);
    content()->addLayout(head);
    m_advice->setWrapped(true);
    m_technical->setWrapped(true);
    content()->addWidget(m_advice);
    content()->addWidget(m_technical);

    auto *across = new QHBoxLayout;
    across->setSpacing(12);
    content()->addLayout(across, 1);
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
    for (const Metric metric :
         {Metric::P99, Metric::Transactions, Metric::Writes, Metric::Connections, Metric::ActiveConnections,
          Metric::Blocked, Metric::LongestTransaction, Metric::LagSeconds, Metric::LagBytes, Metric::CacheHit,
          Metric::Size, Metric::RoundTrip})
        m_choice->addChoice(metricKey(metric), metricTitle(metric));
    const QString chosen = settings.text(QStringLiteral("instances/figure"), QStringLiteral("p99"));
    m_choice->setCurrent(chosen);
    m_chart->setMetric(metricOfKey(chosen));

    connect(m_choice, &ChoiceButton::chosen, this, [this](const QVariant &value) {
        m_settings.setText(QStringLiteral("instances/figure"), value.toString());
        m_chart->setMetric(metricOfKey(value.toString()));
        refresh();
    });
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(conninfoOf(m_server, m_fleet)); });
    connect(&fleet, &Fleet::sampled, this, &InstanceDetail::refresh);
    connect(&fleet, &Fleet::clusterChanged, this, &InstanceDetail::refresh);
    refresh();
}

void InstanceDetail::present(const QString &server)
{
    if (m_server == server)
        return;
    m_server = server;
    m_chart->setServer(server);
    refresh();
}

void InstanceDetail::refresh()
{
    // Nobody looks: showEvent() catches up.
    if (!isVisible())
        return;
    const monitor::ServerSample *server = m_fleet.server(m_server);
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_pip, m_copy, m_facts, m_chart, m_choice, m_chartTitle, m_chartCaption})
        widget->setVisible(server != nullptr);
    if (!server) {
        m_name->setText(QString());
        m_state->setText(tr("Choose a row to see everything known about it."));
        m_advice->hide();
        m_technical->hide();
        m_facts->present({});
        return;
    }
    const Condition condition = m_fleet.condition(m_server);
    const Rank *rank = m_fleet.rank(m_server);
    m_pip->present(condition);
    m_name->setText(m_server);
    QStringList words{conditionWord(condition), roleWord(server->role)};
    if (rank)
        words << rank->reason();
    m_state->setText(words.join(QStringLiteral(" · ")));
    const QString advice = rank ? rank->advice : QString();
    m_advice->setText(advice);
    m_advice->setVisible(!advice.isEmpty());
    const QString technical = server->reason ? wording::technical(*server->reason) : QString();
    m_technical->setText(technical);
    m_technical->setVisible(!technical.isEmpty());
    m_facts->present(factsOf(m_server, m_fleet));

    const Metric metric = metricOfKey(m_choice->current().toString());
    m_chartTitle->setText(metricTitle(metric));
    QStringList caption{tr("grey: the others"), metricSource(*server, metric),
                        m_chart->isLogarithmic() ? tr("log scale") : QString(), m_chart->spanNote()};
    caption.removeAll(QString());
    m_chartCaption->setText(caption.join(QStringLiteral(" · ")));
}

void InstanceDetail::showEvent(QShowEvent *event)
{
    Panel::showEvent(event);
    refresh();
}

} // namespace shardhelm::ui
