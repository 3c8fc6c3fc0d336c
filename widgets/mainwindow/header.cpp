// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow/header.h"

#include "cluster/recentclusters.h"
#include "cluster/settings.h"
#include "cluster/shorttext.h"
#include "common/button.h"
#include "common/choicebutton.h"
#include "common/label.h"
#include "common/pipwidget.h"
#include "format/units.h"
#include "mainwindow/badge.h"
#include "mainwindow/locatebox.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>

namespace shardhelm::ui {

namespace {

constexpr std::array intervals{500, 1000, 2000, 5000, 10000, 30000, 60000};

/// The name of the cluster with its switcher: words without an edge.
class SwitcherButton : public Button
{
public:
    using Button::Button;
    [[nodiscard]] QSize sizeHint() const override
    {
        return {QFontMetrics(typeFont(Type::Value)).horizontalAdvance(text()) + 30, 28};
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &tokens = Tokens::of(this);
        QPainter painter(this);
        if (underMouse() || isDown()) {
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(Qt::NoPen);
            painter.setBrush(tokens.raised);
            painter.drawRoundedRect(rect(), 4, 4);
        }
        painter.setFont(typeFont(Type::Value));
        painter.setPen(tokens.text);
        painter.drawText(rect().adjusted(4, 0, -20, 0), Qt::AlignVCenter | Qt::AlignLeft, text());
        Style::paintChevron(&painter, QPointF(width() - 12, height() / 2.0), tokens.muted);
        if (hasFocus())
            Style::paintFocusRing(&painter, rect(), tokens);
    }
};

QString intervalText(int milliseconds)
{
    return shortened(format::duration(milliseconds / 1000.0));
}

} // namespace

Header::Header(ClusterSession &session, RecentClusters &recent, Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_recent(recent)
    , m_settings(settings)
    , m_badge(new Badge(this))
    , m_name(new SwitcherButton(QString(), this))
    , m_pip(new PipWidget(9, this))
    , m_state(new Label(Type::Small, Tone::Text, this))
    , m_answering(new Label(Type::Small, Tone::Muted, this))
    , m_sampled(new Label(Type::Small, Tone::Muted, this))
    , m_pause(new Button(tr("Pause"), this))
    , m_interval(new ChoiceButton(tr("Interval"), this))
    , m_span(new ChoiceButton(tr("Span of the charts"), this))
    , m_locate(new LocateBox(session, this))
{
    setObjectName(QStringLiteral("header"));
    setFixedHeight(41);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(10, 0, 10, 1);
    line->setSpacing(8);
    line->addWidget(m_badge);
    line->addWidget(m_name);
    line->addSpacing(4);
    line->addWidget(m_pip);
    line->addWidget(m_state);
    line->addWidget(m_answering, 1);
    line->addWidget(m_sampled);
    line->addSpacing(2);
    line->addWidget(m_pause);
    line->addWidget(m_interval);
    line->addWidget(m_span);
    line->addWidget(m_locate);

    m_name->setObjectName(QStringLiteral("switcher"));
    m_name->setMenu(new QMenu(m_name));
    m_pause->setObjectName(QStringLiteral("pause"));
    m_pause->setKeyHint(tr("Space"));
    m_pause->setAccessibleName(tr("Pause"));
    m_interval->setObjectName(QStringLiteral("interval"));
    m_span->setObjectName(QStringLiteral("span"));
    for (const int interval : intervals)
        m_interval->addChoice(interval, tr("Every %1").arg(intervalText(interval)));
    for (const int minutes : {5, 15, 30, 60})
        m_span->addChoice(minutes, tr("Last %1 min").arg(minutes));
    const int span = settings.number(QStringLiteral("window/span"), 15);
    m_span->setCurrent(span);
    session.fleet().setSpan(std::chrono::minutes(m_span->current().isValid() ? span : 15));

    connect(m_pause, &QPushButton::clicked, this, [this] { m_session.setPaused(!m_session.isPaused()); });
    connect(m_interval, &ChoiceButton::chosen, this,
            [this](const QVariant &value) { m_session.setInterval(std::chrono::milliseconds(value.toInt())); });
    connect(m_span, &ChoiceButton::chosen, this, [this](const QVariant &value) {
        m_settings.setNumber(QStringLiteral("window/span"), value.toInt());
        m_session.fleet().setSpan(std::chrono::minutes(value.toInt()));
    });
    connect(m_name->menu(), &QMenu::aboutToShow, this, &Header::fillSwitcher);
    connect(&session, &ClusterSession::opened, this, &Header::refresh);
    connect(&session, &ClusterSession::linkChanged, this, &Header::refresh);
    connect(&session, &ClusterSession::pausedChanged, this, &Header::refresh);
    connect(&session, &ClusterSession::intervalChanged, this, &Header::refresh);
    connect(&session, &ClusterSession::ticked, this, &Header::refreshAge);
    connect(&session.fleet(), &Fleet::clusterChanged, this, &Header::refresh);
    connect(&session.fleet(), &Fleet::sampled, this, &Header::refresh);
    refresh();
}

void Header::stepInterval(int step)
{
    const auto current = static_cast<int>(m_session.interval().count());
    int chosen = current;
    if (step > 0) {
        const auto *next = std::upper_bound(intervals.begin(), intervals.end(), current);
        chosen = next == intervals.end() ? intervals.back() : *next;
    } else {
        const auto *next = std::lower_bound(intervals.begin(), intervals.end(), current);
        chosen = next == intervals.begin() ? intervals.front() : *std::prev(next);
    }
    m_session.setInterval(std::chrono::milliseconds(chosen));
}

QString Header::stateText() const
{
    return m_answering->text().isEmpty() ? m_state->text()
                                         : m_state->text() % QStringLiteral(", ") % m_answering->text();
}

void Header::refresh()
{
    const cluster::ClusterFile &file = m_session.fleet().file();
    m_badge->present(file);
    m_badge->setVisible(!file.path.isEmpty() || !file.name.isEmpty());
    const QString name = file.name.isEmpty() ? m_session.path().section(u'/', -1) : file.name;
    m_name->setText(name);
    m_name->setAccessibleName(tr("Cluster %1, switch").arg(name));
    m_name->setToolTip(m_session.path());
    m_name->updateGeometry();

    const int servers = static_cast<int>(m_session.fleet().sample().servers.size());
    const int answering = m_session.answering();
    QString answeringText = servers > 0 ? tr("%1 of %2 servers answer").arg(answering).arg(servers) : QString();
    Condition sign = Condition::Connecting;
    QString word;
    switch (m_session.link()) {
    case Link::Closed:
        word = tr("closed");
        break;
    case Link::Connecting:
        word = tr("connecting");
        break;
    case Link::Up:
        sign = Condition::Healthy;
        word = tr("connected");
        break;
    case Link::Degraded:
        sign = Condition::Degraded;
        word = tr("connected");
        break;
    case Link::Down:
        sign = Condition::Down;
        word = tr("down");
        break;
    case Link::Stale:
        sign = Condition::Stale;
        word = tr("stale");
        break;
    }
    if (m_session.isReplay()) {
        sign = Condition::Stale;
        word = tr("replay, not live");
    } else if (m_session.isPaused()) {
        sign = Condition::Stale;
        word = tr("paused");
    }
    // The bar of the replay has its own; a recording cannot be asked.
    m_pause->setVisible(!m_session.isReplay());
    m_interval->setVisible(!m_session.isReplay());
    m_locate->setEnabled(!m_session.isReplay());
    m_locate->setToolTip(m_session.isReplay() ? tr("A recording cannot be asked where a tenant is.") : QString());
    m_pip->present(sign);
    m_state->setText(word);
    m_answering->setText(answeringText);
    m_pause->setText(m_session.isPaused() ? tr("Go live") : tr("Pause"));
    m_pause->setIconName(m_session.isPaused() ? QStringLiteral("play") : QStringLiteral("pause"));
    m_pause->setAccessibleName(m_pause->text());
    m_interval->setCurrent(static_cast<int>(m_session.interval().count()));
    if (m_interval->current() != static_cast<int>(m_session.interval().count())) {
        // An interval of the cluster file that is none of the choices is shown all the same.
        const auto own = static_cast<int>(m_session.interval().count());
        m_interval->addChoice(own, tr("Every %1").arg(intervalText(own)));
        m_interval->setCurrent(own);
    }
    refreshAge();
}

void Header::refreshAge()
{
    const auto age = m_session.age();
    if (!age) {
        m_sampled->setText(QString());
        return;
    }
    const double seconds = static_cast<double>(age->count()) / 1000;
    if (m_session.isReplay()) {
        m_sampled->setText(
            tr("sampled %1").arg(m_session.sampledAt().toLocalTime().toString(QStringLiteral("HH:mm:ss"))));
        m_sampled->setTone(Tone::Muted);
        return;
    }
    const QString words = seconds < 1 ? tr("now") : tr("%1 ago").arg(shortened(format::duration(std::floor(seconds))));
    m_sampled->setText(
        tr("sampled %1, %2").arg(m_session.sampledAt().toLocalTime().toString(QStringLiteral("HH:mm:ss")), words));
    m_sampled->setTone(m_session.link() == Link::Stale ? Tone::Warn : Tone::Muted);
}

void Header::fillSwitcher()
{
    QMenu *menu = m_name->menu();
    menu->clear();
    for (int row = 0; row < m_recent.rowCount(); ++row) {
        const QModelIndex index = m_recent.index(row);
        const QString path = index.data(RecentClusters::PathRole).toString();
        QAction *action = menu->addAction(index.data().toString());
        action->setToolTip(path);
        action->setCheckable(true);
        action->setChecked(path == m_session.path());
        connect(action, &QAction::triggered, this, [this, path] { Q_EMIT openRequested(path); });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("Open cluster file…")), &QAction::triggered, this, [this] { Q_EMIT openRequested({}); });
    connect(menu->addAction(tr("Close cluster")), &QAction::triggered, this, &Header::closeRequested);
}

void Header::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), tokens.panel);
    painter.fillRect(QRect(0, height() - 1, width(), 1), tokens.border);
}

} // namespace shardhelm::ui
