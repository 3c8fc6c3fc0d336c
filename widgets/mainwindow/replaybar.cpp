// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow/replaybar.h"

#include "common/button.h"
#include "common/choicebutton.h"
#include "common/label.h"
#include "mainwindow/badge.h"
#include "mainwindow/scrubslider.h"
#include "theme/style.h"

#include <QDateTime>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QPainter>

namespace shardhelm::ui {

namespace {

constexpr std::array speeds{1, 2, 5, 10, 30, 60};

/// The word that tells a replay from the live cluster.
class ReplayMark : public QWidget
{
public:
    explicit ReplayMark(QWidget *parent)
        : QWidget(parent)
    {
        setAccessibleName(word());
        setFixedSize(QFontMetrics(typeFont(Type::Caption)).horizontalAdvance(word()) + 26, 18);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &tokens = Tokens::of(this);
        QPainter painter(this);
        paintBadge(&painter, rect(), word(), tokens.accent, tokens);
    }

private:
    static QString word() { return ReplayBar::tr("REPLAY"); }
};

} // namespace

ReplayBar::ReplayBar(Replay &replay, QWidget *parent)
    : QWidget(parent)
    , m_replay(replay)
    , m_mark(new ReplayMark(this))
    , m_play(new Button(tr("Play"), this))
    , m_before(new Button(tr("Marker before"), this))
    , m_next(new Button(tr("Next marker"), this))
    , m_speed(new ChoiceButton(tr("Speed"), this))
    , m_scrub(new ScrubSlider(replay, this))
    , m_time(new Label(Type::Small, Tone::Text, this))
    , m_leave(new Button(tr("Close recording"), this))
{
    setObjectName(QStringLiteral("replayBar"));
    setAccessibleName(tr("Replay"));
    setFixedHeight(36);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(12, 0, 10, 0);
    line->setSpacing(8);
    line->addWidget(m_mark);
    line->addWidget(m_time);
    line->addWidget(m_play);
    line->addWidget(m_speed);
    line->addWidget(m_scrub, 1);
    line->addWidget(m_before);
    line->addWidget(m_next);
    line->addWidget(m_leave);
    m_play->setObjectName(QStringLiteral("replayPlay"));
    m_play->setKeyHint(tr("Space"));
    m_leave->setObjectName(QStringLiteral("replayLeave"));
    m_speed->setObjectName(QStringLiteral("replaySpeed"));
    m_before->setToolTip(tr("Goes to the marker before the moment shown."));
    m_next->setToolTip(tr("Goes to the next marker."));
    for (const int speed : speeds)
        m_speed->addChoice(speed, tr("%1×").arg(speed));
    connect(m_play, &QPushButton::clicked, this, [this] { m_replay.setPlaying(!m_replay.isPlaying()); });
    connect(m_before, &QPushButton::clicked, this, [this] { m_replay.jump(-1); });
    connect(m_next, &QPushButton::clicked, this, [this] { m_replay.jump(1); });
    connect(m_speed, &ChoiceButton::chosen, this, [this](const QVariant &value) { m_replay.setSpeed(value.toInt()); });
    connect(m_leave, &QPushButton::clicked, this, &ReplayBar::leaveRequested);
    connect(&replay, &Replay::changed, this, &ReplayBar::refresh);
    connect(&replay, &Replay::positionChanged, this, &ReplayBar::refreshTime);
    refresh();
}

void ReplayBar::setLeavesToLive(bool toLive)
{
    m_leave->setText(toLive ? tr("Go live") : tr("Close recording"));
}

void ReplayBar::refresh()
{
    m_play->setText(m_replay.isPlaying() ? tr("Pause") : tr("Play"));
    m_play->setIconName(m_replay.isPlaying() ? QStringLiteral("pause") : QStringLiteral("play"));
    m_play->setAccessibleName(m_play->text());
    m_play->setEnabled(m_replay.isReady());
    m_speed->setCurrent(m_replay.speed());
    const bool hasMarkers = !m_replay.markers().empty();
    m_before->setVisible(hasMarkers);
    m_next->setVisible(hasMarkers);
    setToolTip(m_replay.path());
    refreshTime();
}

void ReplayBar::refreshTime()
{
    if (!m_replay.isReady()) {
        m_time->setText(tr("reading %1").arg(QFileInfo(m_replay.path()).fileName()));
        return;
    }
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(m_replay.position());
    m_time->setText(at.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss ")) % at.timeZoneAbbreviation());
}

void ReplayBar::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), tokens.raised);
    painter.fillRect(QRect(0, 0, 4, height()), tokens.accent);
    painter.fillRect(QRect(0, height() - 2, width(), 2), tokens.accent);
}

} // namespace shardhelm::ui
