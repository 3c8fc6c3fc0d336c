// SPDX-License-Identifier: GPL-3.0-or-later
#include "overview/fleetline.h"

#include "common/label.h"
#include "common/pip.h"
#include "common/text.h"
#include "format/units.h"

#include <QHBoxLayout>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QSizePolicy>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>

namespace shardhelm::ui {

namespace {

constexpr int widestStep = 13;
constexpr int narrowestStep = 10;
constexpr int moreWidth = 34; ///< "+999" behind the last pip that has room

} // namespace

FleetLine::FleetLine(const Fleet &fleet, QWidget *parent)
    : Panel(parent)
    , m_fleet(fleet)
    , m_sentence(new Label(Type::Value, Tone::Text, this))
    , m_strip(new PipStrip(fleet, this))
{
    setAccessibleName(tr("Fleet"));
    setFixedHeight(34);
    auto *line = new QHBoxLayout;
    line->setSpacing(6);
    content()->setContentsMargins(12, 0, 12, 0);
    content()->addLayout(line);
    line->addWidget(m_sentence);
    line->addSpacing(8);
    line->addWidget(m_strip, 1);
    for (int i = 0; i < 4; ++i) {
        m_figures.push_back(
            {new Label(Type::Small, Tone::Muted, this), new Label(Type::SmallStrong, Tone::Text, this)});
        if (i > 0)
            line->addSpacing(10);
        line->addWidget(m_figures.back().name);
        line->addWidget(m_figures.back().value);
    }
    connect(m_strip, &PipStrip::serverChosen, this, &FleetLine::serverChosen);
    connect(&fleet, &Fleet::sampled, this, &FleetLine::refresh);
    refresh();
}

void FleetLine::refresh()
{
    // Nobody looks: showEvent() catches up.
    if (!isVisible())
        return;
    const FleetSummary &summary = m_fleet.summary();
    m_sentence->setText(m_fleet.hasSample() ? summary.sentence() : tr("No sample yet"));
    m_strip->updateGeometry();
    m_strip->update();

    const auto put = [this](size_t index, const QString &name, const QString &value, Tone tone = Tone::Text) {
        m_figures[index].name->setText(name);
        m_figures[index].value->setText(value);
        m_figures[index].value->setTone(tone);
        m_figures[index].name->setVisible(!value.isEmpty());
        m_figures[index].value->setVisible(!value.isEmpty());
    };
    const auto median = summary.median(Metric::P99);
    put(0, tr("p99 median"), median ? metricText(Metric::P99, *median) : QString());

    const monitor::ServerSample *slowest = nullptr;
    const monitor::ServerSample *largest = nullptr;
    const monitor::ServerSample *smallest = nullptr;
    double transactions = 0;
    int primaries = 0;
    int told = 0;
    for (const monitor::ServerSample &server : m_fleet.sample().servers) {
        if (server.role != monitor::Role::Primary)
            continue;
        ++primaries;
        if (server.p99Ms.value && (!slowest || *server.p99Ms.value > *slowest->p99Ms.value))
            slowest = &server;
        if (server.sizeBytes.value && (!largest || *server.sizeBytes.value > *largest->sizeBytes.value))
            largest = &server;
        if (server.sizeBytes.value && (!smallest || *server.sizeBytes.value < *smallest->sizeBytes.value))
            smallest = &server;
        if (server.transactionsPerSecond.value) {
            transactions += *server.transactionsPerSecond.value;
            ++told;
        }
    }
    const bool outlier = slowest && m_fleet.condition(slowest->name) == Condition::Worst;
    put(1, tr("highest"), slowest ? slowest->name % u' ' % metricText(Metric::P99, *slowest->p99Ms.value) : QString(),
        outlier ? Tone::Bad : Tone::Text);
    put(2, tr("transactions"),
        told == 0              ? QString()
            : told < primaries ? tr("%1 on %2 of %3").arg(format::rate(transactions)).arg(told).arg(primaries)
                               : format::rate(transactions));
    put(3, tr("largest / smallest"),
        smallest && *smallest->sizeBytes.value > 0 ? format::significant(
            static_cast<double>(*largest->sizeBytes.value) / static_cast<double>(*smallest->sizeBytes.value), 2)
                                                   : QString());
}

PipStrip::PipStrip(const Fleet &fleet, QWidget *parent)
    : QWidget(parent)
    , m_fleet(fleet)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("State of every server"));
}

QSize PipStrip::sizeHint() const
{
    return {static_cast<int>(m_fleet.sample().servers.size()) * widestStep + 4, 20};
}

int PipStrip::step() const
{
    const auto servers = std::max<qsizetype>(1, static_cast<qsizetype>(m_fleet.sample().servers.size()));
    return std::clamp(static_cast<int>(width() / servers), narrowestStep, widestStep);
}

void PipStrip::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::of(this);
    QPainter painter(this);
    const auto &servers = m_fleet.sample().servers;
    const size_t shown = shownPips();
    for (size_t i = 0; i < shown; ++i)
        paintPip(&painter, QRectF(static_cast<double>(i) * step(), 0, step(), height()),
                 m_fleet.condition(servers[i].name), tokens, 9);
    if (shown < servers.size()) {
        painter.setFont(typeFont(Type::Caption));
        painter.setPen(tokens.muted);
        drawTabular(&painter, QRectF(static_cast<double>(shown) * step() + 4, 0, moreWidth, height()), Qt::AlignLeft,
                    QStringLiteral("+%1").arg(servers.size() - shown));
    }
}

size_t PipStrip::shownPips() const
{
    const size_t servers = m_fleet.sample().servers.size();
    if (servers * static_cast<size_t>(step()) <= static_cast<size_t>(std::max(0, width())))
        return servers;
    return static_cast<size_t>(std::max(0, width() - moreWidth - 4)) / static_cast<size_t>(step());
}

int PipStrip::serverAt(const QPoint &point) const
{
    const int index = point.x() / step();
    return index >= 0 && index < static_cast<int>(shownPips()) ? index : -1;
}

void PipStrip::mousePressEvent(QMouseEvent *event)
{
    const int index = serverAt(event->pos());
    if (index >= 0)
        Q_EMIT serverChosen(m_fleet.sample().servers[static_cast<size_t>(index)].name);
}

bool PipStrip::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const int index = serverAt(help->pos());
        if (index >= 0) {
            const QString name = m_fleet.sample().servers[static_cast<size_t>(index)].name;
            QToolTip::showText(help->globalPos(), name % QStringLiteral(", ") % conditionWord(m_fleet.condition(name)),
                               this);
        }
        return true;
    }
    return QWidget::event(event);
}

void FleetLine::showEvent(QShowEvent *event)
{
    Panel::showEvent(event);
    refresh();
}

} // namespace shardhelm::ui
