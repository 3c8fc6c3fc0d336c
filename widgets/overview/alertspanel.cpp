// SPDX-License-Identifier: GPL-3.0-or-later
#include "overview/alertspanel.h"

#include "common/button.h"
#include "common/label.h"
#include "common/pip.h"
#include "common/text.h"
#include "common/viewkeys.h"
#include "overview/alertdialog.h"
#include "theme/fonts.h"
#include "theme/tokens.h"
#include "wording/verdict.h"

#include <QDateTime>
#include <QDesktopServices>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QUrl>
#include <QVBoxLayout>

namespace shardhelm::ui {

namespace {

constexpr int rowHeight = 44;
constexpr int wordsLeft = 30;

/// A list that leaves single-key commands to the window.
class AlertsList : public QListView
{
public:
    using QListView::QListView;

protected:
    void keyPressEvent(QKeyEvent *event) override
    {
        if (isSingleKeyCommand(event))
            event->ignore();
        else
            QListView::keyPressEvent(event);
    }
};

/// Sign, server, headline and time in the first line; what is wrong, or who looks after it, in the second.
class AlertsDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {option.rect.width(), rowHeight};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Tokens &tokens = Tokens::of(option.widget);
        const QRectF row = option.rect;
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        const QString handling = index.data(AlertsModel::HandlingRole).toString();
        painter->save();
        if (selected)
            painter->fillRect(row, tokens.selection);
        else if (option.state.testFlag(QStyle::State_MouseOver))
            painter->fillRect(row, tokens.raised);
        const QColor muted = selected ? tokens.selectionText : tokens.muted;
        const QColor strong = selected ? tokens.selectionText : handling.isEmpty() ? tokens.text : tokens.muted;
        const auto severity = static_cast<cluster::AlertSeverity>(index.data(AlertsModel::SeverityRole).toInt());
        const Condition sign = severity == cluster::AlertSeverity::Critical ? Condition::Worst
            : severity == cluster::AlertSeverity::Warning                   ? Condition::Degraded
                                                                            : Condition::Unknown;
        const bool marked = selected && tokens.scheme == Scheme::HighContrast;
        paintPip(painter, QRectF(row.left() + 8, row.top() + 5, 16, 18), sign, tokens, 9,
                 marked ? tokens.selectionText : QColor());
        const QDateTime since = index.data(AlertsModel::SinceRole).toDateTime().toLocalTime();
        const QString time = since.toString(since.date() == QDate::currentDate() ? QStringLiteral("HH:mm:ss")
                                                                                 : QStringLiteral("dd.MM. HH:mm"));
        painter->setFont(typeFont(Type::Small));
        painter->setPen(muted);
        const double right = row.right() - 10;
        const double wide = tabularWidth(QFontMetricsF(painter->font()), time);
        drawTabular(painter, QRectF(right - wide, row.top() + 5, wide + 1, 18), Qt::AlignRight, time);
        painter->setFont(typeFont(Type::SmallStrong));
        painter->setPen(strong);
        const QString first = index.data(Qt::DisplayRole).toString() % QStringLiteral("  ")
            % index.data(AlertsModel::HeadlineRole).toString();
        const double left = row.left() + wordsLeft;
        const QFontMetrics metrics(painter->font());
        const double room = right - wide - 8 - left;
        drawTabular(painter, QRectF(left, row.top() + 5, room, 18), Qt::AlignLeft,
                    metrics.elidedText(first, Qt::ElideRight, static_cast<int>(room)));
        painter->setFont(typeFont(Type::Small));
        painter->setPen(muted);
        const QString second = handling.isEmpty() ? index.data(AlertsModel::SentenceRole).toString() : handling;
        drawTabular(painter, QRectF(left, row.top() + 22, right - left, 18), Qt::AlignLeft,
                    QFontMetrics(painter->font()).elidedText(second, Qt::ElideRight, static_cast<int>(right - left)));
        painter->fillRect(QRectF(row.left(), row.bottom() - 1, row.width(), 1), tokens.border);
        painter->restore();
    }
};

} // namespace

AlertsPanel::AlertsPanel(ClusterSession &session, QWidget *parent)
    : Panel(tr("Alerts"), parent)
    , m_session(session)
    , m_model(session.fleet())
    , m_list(new AlertsList(this))
    , m_notes(new Label(Type::Small, Tone::Text, this))
    , m_nothing(new Label(tr("No alert is raised."), Type::Small, Tone::Muted, this))
    , m_acknowledge(new Button(tr("Acknowledge"), this))
    , m_mute(new Button(tr("Mute"), this))
    , m_runbook(new Button(tr("Runbook"), this))
{
    setObjectName(QStringLiteral("alertsPanel"));
    setAccessibleName(tr("Alerts"));
    setHeadLine(true);
    content()->setContentsMargins(0, 0, 0, 6);
    content()->setSpacing(4);
    const auto inset = [this](QWidget *widget) {
        auto *line = new QHBoxLayout;
        line->setContentsMargins(10, 4, 10, 0);
        line->addWidget(widget);
        content()->addLayout(line);
    };
    m_notes->setWrapped(true, 4);
    m_notes->setObjectName(QStringLiteral("fleetNotes"));
    m_nothing->setWrapped(true, 3);
    inset(m_notes);
    inset(m_nothing);

    m_list->setObjectName(QStringLiteral("alerts"));
    m_list->setAccessibleName(tr("Alerts"));
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new AlertsDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    content()->addWidget(m_list, 1);

    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(10, 0, 10, 0);
    buttons->setSpacing(6);
    m_acknowledge->setObjectName(QStringLiteral("acknowledge"));
    m_mute->setObjectName(QStringLiteral("mute"));
    m_runbook->setObjectName(QStringLiteral("runbook"));
    for (Button *button : {m_acknowledge, m_mute, m_runbook})
        buttons->addWidget(button);
    buttons->addStretch(1);
    content()->addLayout(buttons);

    connect(m_acknowledge, &QPushButton::clicked, this, &AlertsPanel::acknowledge);
    connect(m_mute, &QPushButton::clicked, this, &AlertsPanel::mute);
    connect(m_runbook, &QPushButton::clicked, this, &AlertsPanel::openRunbook);
    connect(m_list, &QAbstractItemView::activated, this, [this](const QModelIndex &index) {
        const QString server = index.data(AlertsModel::ServerRole).toString();
        if (!server.isEmpty())
            Q_EMIT serverChosen(server);
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &AlertsPanel::refreshButtons);
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &AlertsPanel::refreshButtons);
    connect(&session.fleet(), &Fleet::alertsChanged, this, &AlertsPanel::refresh);
    connect(&session.fleet(), &Fleet::sampled, this, &AlertsPanel::refresh);
    refresh();
}

void AlertsPanel::showEvent(QShowEvent *event)
{
    Panel::showEvent(event);
    refresh();
}

void AlertsPanel::refresh()
{
    const QStringList notes = wording::fleetSentences(m_session.fleet().sample().verdict);
    m_notes->setText(notes.join(QStringLiteral("\n")));
    m_notes->setVisible(!notes.isEmpty());
    const int rows = m_model.rowCount();
    m_nothing->setText(m_session.isReplay()
                           ? tr("Who saw to which alert is not recorded. The ranking shows what was wrong.")
                           : tr("No alert is raised."));
    m_nothing->setVisible(rows == 0);
    m_list->setVisible(rows > 0);
    setCaption(rows > 0 ? QString::number(rows) : QString());
    for (Button *button : {m_acknowledge, m_mute, m_runbook})
        button->setVisible(rows > 0);
    if (rows > 0 && !m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_model.index(0));
    refreshButtons();
}

QModelIndex AlertsPanel::current() const
{
    return m_list->currentIndex();
}

void AlertsPanel::refreshButtons()
{
    const QModelIndex index = current();
    const bool isMuted = index.data(AlertsModel::MutedRole).toBool();
    m_acknowledge->setEnabled(index.isValid() && index.data(AlertsModel::HandlingRole).toString().isEmpty());
    m_mute->setEnabled(index.isValid());
    m_mute->setText(isMuted ? tr("Unmute") : tr("Mute"));
    const QString runbook = index.data(AlertsModel::RunbookRole).toString();
    m_runbook->setEnabled(!runbook.isEmpty());
    m_runbook->setToolTip(runbook);
}

void AlertsPanel::acknowledge()
{
    const QModelIndex index = current();
    if (!index.isValid())
        return;
    const auto subject = m_model.subject(index.row());
    auto *dialog = new AlertDialog(AlertDialog::Act::Acknowledge, index.data(Qt::AccessibleTextRole).toString(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog, subject] { m_session.acknowledge(subject, dialog->reason()); });
    dialog->open();
}

void AlertsPanel::mute()
{
    const QModelIndex index = current();
    if (!index.isValid())
        return;
    const auto subject = m_model.subject(index.row());
    if (index.data(AlertsModel::MutedRole).toBool()) {
        // Whichever of the three it was muted by.
        m_session.unmute(subject);
        m_session.unmute({subject.rule, {}});
        m_session.unmute({{}, subject.server});
        return;
    }
    auto *dialog = new AlertDialog(AlertDialog::Act::Mute, index.data(Qt::AccessibleTextRole).toString(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, subject] {
        std::optional<QDateTime> until;
        if (const auto duration = dialog->duration())
            until = QDateTime::currentDateTimeUtc().addSecs(duration->count());
        m_session.mute(subject, dialog->reason(), until);
    });
    dialog->open();
}

void AlertsPanel::openRunbook() const
{
    const QString runbook = current().data(AlertsModel::RunbookRole).toString();
    if (!runbook.isEmpty())
        QDesktopServices::openUrl(QUrl(runbook, QUrl::StrictMode));
}

} // namespace shardhelm::ui
