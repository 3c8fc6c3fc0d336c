// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow/statusline.h"

#include "common/label.h"
#include "format/units.h"
#include "theme/icons.h"
#include "theme/style.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QPainter>
#include <QSizePolicy>
#include <QTime>
#include <QTimeZone>

namespace shardhelm::ui {

namespace {

/// The command as text in the fixed font; a click copies it.
class CommandButton : public QAbstractButton
{
public:
    explicit CommandButton(QWidget *parent)
        : QAbstractButton(parent)
    {
        setObjectName(QStringLiteral("equivalentCommand"));
        setFont(typeFont(Type::Code));
        setFocusPolicy(Qt::TabFocus);
        setCursor(Qt::PointingHandCursor);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    }
    [[nodiscard]] QSize sizeHint() const override { return {QFontMetrics(font()).horizontalAdvance(text()) + 12, 22}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {120, 22}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &tokens = Tokens::of(this);
        QPainter painter(this);
        QFont words = font();
        words.setPixelSize(11);
        words.setUnderline(underMouse());
        painter.setFont(words);
        painter.setPen(underMouse() ? tokens.accent : tokens.text);
        painter.drawText(rect().adjusted(6, 0, -6, 0), Qt::AlignVCenter | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(text(), Qt::ElideMiddle, width() - 12));
        if (hasFocus())
            Style::paintFocusRing(&painter, rect(), tokens, 3);
    }
};

/// A lock beside the word.
class LockIcon : public QWidget
{
public:
    explicit LockIcon(QWidget *parent)
        : QWidget(parent)
    {
        setFixedSize(16, 16);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintIcon(&painter, QStringLiteral("lock"), QRectF(1.5, 1, 13, 13), Tokens::of(this).muted);
    }
};

} // namespace

StatusLine::StatusLine(ClusterSession &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_sample(new Label(Type::Small, Tone::Muted, this))
    , m_equivalent(new Label(tr("equivalent:"), Type::Small, Tone::Muted, this))
    , m_command(new CommandButton(this))
    , m_readOnly(new Label(tr("read-only"), Type::Small, Tone::Muted, this))
    , m_clock(new Label(Type::Small, Tone::Muted, this))
{
    setObjectName(QStringLiteral("statusLine"));
    setFixedHeight(24);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(14, 0, 14, 0);
    line->setSpacing(0);
    line->addWidget(m_sample);
    line->addSpacing(24);
    line->addWidget(m_equivalent);
    line->addWidget(m_command);
    line->addStretch(1);
    line->addWidget(new LockIcon(this));
    line->addSpacing(4);
    line->addWidget(m_readOnly);
    line->addSpacing(24);
    line->addWidget(m_clock);
    m_readOnly->setToolTip(tr("This window changes nothing on any server."));
    connect(static_cast<QAbstractButton *>(m_command), &QAbstractButton::clicked, this, &StatusLine::copyCommand);
    connect(&session.fleet(), &Fleet::sampled, this, &StatusLine::refresh);
    connect(&session, &ClusterSession::opened, this, &StatusLine::refresh);
    m_tick.setTimerType(Qt::PreciseTimer);
    m_tick.setSingleShot(true);
    connect(&m_tick, &QTimer::timeout, this, &StatusLine::refreshClock);
    refreshClock();
    refresh();
}

void StatusLine::setCommand(const QString &command)
{
    m_commandText = command;
    auto *button = static_cast<QAbstractButton *>(m_command);
    button->setText(command);
    button->setAccessibleName(tr("Copy the equivalent command"));
    button->setAccessibleDescription(command);
    button->setToolTip(tr("%1\nA click copies it.").arg(command));
    m_command->setVisible(!command.isEmpty());
    m_equivalent->setVisible(!command.isEmpty());
    m_command->updateGeometry();
}

void StatusLine::copyCommand()
{
    if (m_commandText.isEmpty())
        return;
    QApplication::clipboard()->setText(m_commandText);
    say(tr("Command copied"));
}

void StatusLine::say(const QString &remark)
{
    m_sample->setText(remark);
}

void StatusLine::refresh()
{
    const monitor::FleetSample &sample = m_session.fleet().sample();
    if (!m_session.isOpen())
        m_sample->setText(tr("no cluster"));
    else if (!m_session.fleet().hasSample())
        m_sample->setText(tr("no sample yet"));
    else
        m_sample->setText(tr("sample %1: %2 of %3 in %4")
                              .arg(format::count(sample.serial))
                              .arg(m_session.answering())
                              .arg(sample.servers.size())
                              .arg(format::duration(sample.durationMs / 1000)));
}

void StatusLine::refreshClock()
{
    const QDateTime now = QDateTime::currentDateTime();
    m_clock->setText(now.toString(QStringLiteral("HH:mm:ss")) % u' ' % now.timeZoneAbbreviation());
    // Just after the next full second.
    m_tick.start(1000 - now.time().msec() + 5);
}

void StatusLine::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), tokens.window);
    painter.setPen(tokens.border);
    for (const QWidget *before : {static_cast<QWidget *>(m_sample), static_cast<QWidget *>(m_readOnly)}) {
        const int x = before->geometry().right() + 12;
        if (before == m_readOnly || m_command->isVisible())
            painter.drawLine(x, 6, x, height() - 7);
    }
}

} // namespace shardhelm::ui
