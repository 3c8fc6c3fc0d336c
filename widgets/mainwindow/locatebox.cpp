// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow/locatebox.h"

#include "common/label.h"
#include "common/pip.h"
#include "common/text.h"
#include "theme/fonts.h"
#include "theme/icons.h"
#include "wording/errors.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QRegularExpression>

namespace shardhelm::ui {

namespace {

constexpr int popupWidth = 420;
constexpr int hitHeight = 44;
constexpr int hintHeight = 24;

/// Lines of an error in the popup's width.
QRect textRect(const QString &text, const QFont &font)
{
    return QFontMetrics(font).boundingRect(QRect(0, 0, popupWidth - 24, 2000), Qt::TextWordWrap, text);
}

} // namespace

LocateBox::LocateBox(ClusterSession &session, QWidget *parent)
    : QLineEdit(parent)
    , m_session(session)
    , m_controller(session)
    , m_popup(nullptr)
{
    setObjectName(QStringLiteral("locate"));
    setAccessibleName(tr("Locate tenant or shard"));
    setAccessibleDescription(tr("Key: %1").arg(QStringLiteral("Ctrl+L")));
    setPlaceholderText(tr("Locate tenant or shard"));
    setFont(typeFont(Type::Small));
    addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    setTextMargins(0, 0, 44, 0);
    setFixedWidth(226);
    setToolTip(tr("A shard key, “shard 17”, an instance, or what the [locate] queries of the cluster file find"));
    m_pause.setSingleShot(true);
    m_pause.setInterval(250);
    connect(&m_pause, &QTimer::timeout, this, &LocateBox::ask);
    connect(this, &QLineEdit::textEdited, this, [this](const QString &text) {
        m_jumpWhenAnswered = false;
        if (text.trimmed().isEmpty()) {
            m_pause.stop();
            m_controller.locate({});
            closePopup();
        } else {
            m_pause.start();
        }
    });
    connect(&m_controller, &LocateController::answered, this, &LocateBox::present);
    connect(&session, &ClusterSession::opened, this, [this] {
        clear();
        closePopup();
    });
}

LocateBox::~LocateBox() = default;

void LocateBox::activate()
{
    setFocus(Qt::ShortcutFocusReason);
    selectAll();
}

const LocateAnswer *LocateBox::answer() const
{
    return m_popup && m_popup->isVisible() && m_popup->answer() ? &*m_popup->answer() : nullptr;
}

std::optional<LocateAnswer> LocateBox::answerFromMap(const QString &text) const
{
    const cluster::ShardMap &map = m_session.fleet().map();
    static const QRegularExpression shardForm(QStringLiteral(R"(^(?:shard|#|ls_?)\s*(\d+)$)"),
                                              QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = shardForm.match(text);
    LocateAnswer answer{text, {}, std::nullopt, {}};
    if (match.hasMatch()) {
        if (const cluster::LogicalShard *shard = map.shard(match.captured(1).toInt())) {
            LocateHit hit;
            hit.logicalShard = shard->id;
            hit.instance = shard->instance;
            hit.shardEpoch = shard->epoch;
            hit.mapEpoch = map.mapEpoch;
            if (map.layout == cluster::Layout::Schema && !map.schemaPattern.isEmpty())
                hit.schema = map.schemaOf(shard->id);
            answer.hits.push_back(hit);
        } else {
            answer.error = Error{ErrorCode::ShardUnknown, match.captured(1), {}, {}, 0, std::nullopt};
        }
        return answer;
    }
    if (map.instance(text)) {
        LocateHit hit;
        hit.logicalShard = -1;
        hit.instance = text;
        hit.mapEpoch = map.mapEpoch;
        answer.hits.push_back(hit);
        return answer;
    }
    return std::nullopt;
}

void LocateBox::ask()
{
    const QString asked = text().trimmed();
    if (asked.isEmpty())
        return;
    if (const auto known = answerFromMap(asked)) {
        m_controller.locate({});
        present(*known);
        return;
    }
    m_controller.locate(asked);
    placePopup();
    m_popup->showBusy(asked);
    placePopup();
}

void LocateBox::placePopup()
{
    if (!m_popup) {
        m_popup = new LocatePopup(window());
        connect(m_popup, &LocatePopup::hitChosen, this, [this](int hit) {
            const QString instance = m_popup->answer()->hits.at(static_cast<size_t>(hit)).instance;
            closePopup();
            Q_EMIT instanceChosen(instance);
        });
    }
    m_popup->resize(m_popup->sizeHint());
    const QPoint corner = mapTo(window(), QPoint(width(), height() + 4));
    m_popup->move(std::max(8, corner.x() - m_popup->width()), corner.y());
    m_popup->show();
    m_popup->raise();
}

void LocateBox::present(const LocateAnswer &answer)
{
    if (text().trimmed() != answer.text)
        return;
    placePopup();
    m_popup->showAnswer(answer);
    placePopup();
    if (m_jumpWhenAnswered && !answer.hits.empty()) {
        m_jumpWhenAnswered = false;
        Q_EMIT m_popup->hitChosen(0);
    }
}

void LocateBox::closePopup()
{
    if (m_popup)
        m_popup->hide();
}

void LocateBox::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (answer() && answer()->text == text().trimmed() && !answer()->hits.empty()) {
            Q_EMIT m_popup->hitChosen(m_popup->current());
            return;
        }
        m_pause.stop();
        m_jumpWhenAnswered = true;
        ask();
        return;
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (answer()) {
            m_popup->move(event->key() == Qt::Key_Up ? -1 : 1);
            return;
        }
        break;
    case Qt::Key_Escape:
        m_pause.stop();
        m_controller.locate({});
        if (m_popup && m_popup->isVisible())
            closePopup();
        else
            clear();
        return;
    default:
        break;
    }
    QLineEdit::keyPressEvent(event);
}

void LocateBox::focusInEvent(QFocusEvent *event)
{
    QLineEdit::focusInEvent(event);
    if (m_popup && m_popup->answer() && m_popup->answer()->text == text().trimmed())
        placePopup();
}

void LocateBox::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason)
        closePopup();
}

void LocateBox::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    if (hasFocus() || !text().isEmpty())
        return;
    const Tokens &tokens = Tokens::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(typeFont(Type::Dense));
    const QRectF key(width() - 46, 4.5, 40, 15);
    painter.setPen(tokens.border);
    painter.drawRoundedRect(key, 3, 3);
    painter.setPen(tokens.muted);
    painter.drawText(key, Qt::AlignCenter, QStringLiteral("Ctrl+L"));
}

LocatePopup::LocatePopup(QWidget *parent)
    : QFrame(parent)
{
    setObjectName(QStringLiteral("locatePopup"));
    setAttribute(Qt::WA_OpaquePaintEvent);
    hide();
}

void LocatePopup::showBusy(const QString &text)
{
    m_busy = text;
    m_answer.reset();
    setAccessibleName(tr("Looking for “%1”").arg(text));
    update();
}

void LocatePopup::showAnswer(const LocateAnswer &answer)
{
    m_busy.clear();
    m_answer = answer;
    m_current = 0;
    if (answer.error)
        setAccessibleName(wording::sentence(*answer.error));
    else if (!answer.hits.empty())
        setAccessibleName(tr("“%1” is on %2").arg(answer.text, answer.hits.front().instance));
    else
        setAccessibleName(tr("Nothing found for “%1”.").arg(answer.text));
    update();
}

void LocatePopup::move(int step)
{
    if (!m_answer || m_answer->hits.empty())
        return;
    m_current = std::clamp(m_current + step, 0, static_cast<int>(m_answer->hits.size()) - 1);
    update();
}

QSize LocatePopup::sizeHint() const
{
    int height = 40;
    if (m_answer && !m_answer->hits.empty()) {
        height = static_cast<int>(m_answer->hits.size()) * hitHeight + hintHeight;
    } else if (m_answer && m_answer->error) {
        height = 16 + textRect(wording::sentence(*m_answer->error), typeFont(Type::SmallStrong)).height();
        const QString advice = wording::advice(*m_answer->error);
        if (!advice.isEmpty())
            height += 4 + textRect(advice, typeFont(Type::Small)).height();
        const QString technical = wording::technical(*m_answer->error);
        if (!technical.isEmpty())
            height += 4 + textRect(technical, typeFont(Type::Caption)).height();
    }
    return {popupWidth, std::min(height + 2, 480)};
}

void LocatePopup::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), tokens.panel);
    painter.setPen(tokens.control);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
    if (!m_busy.isEmpty()) {
        painter.setFont(typeFont(Type::Small));
        painter.setPen(tokens.muted);
        painter.drawText(rect().adjusted(12, 0, -12, 0), Qt::AlignVCenter, tr("Looking for “%1”").arg(m_busy));
        return;
    }
    if (!m_answer)
        return;
    if (m_answer->hits.empty()) {
        int top = 8;
        const auto paragraph = [&](const QString &text, Type type, const QColor &ink) {
            if (text.isEmpty())
                return;
            painter.setFont(typeFont(type));
            painter.setPen(ink);
            const int high = textRect(text, painter.font()).height();
            painter.drawText(QRect(12, top, popupWidth - 24, high + 2), Qt::TextWordWrap, text);
            top += high + 4;
        };
        if (m_answer->error) {
            paragraph(wording::sentence(*m_answer->error), Type::SmallStrong, tokens.text);
            paragraph(wording::advice(*m_answer->error), Type::Small, tokens.muted);
            paragraph(wording::technical(*m_answer->error), Type::Caption, tokens.muted);
        } else {
            paragraph(tr("Nothing found for “%1”.").arg(m_answer->text), Type::SmallStrong, tokens.text);
        }
        return;
    }
    for (size_t i = 0; i < m_answer->hits.size(); ++i) {
        const LocateHit &hit = m_answer->hits[i];
        const QRect row(1, 1 + static_cast<int>(i) * hitHeight, width() - 2, hitHeight);
        const bool chosen = static_cast<int>(i) == m_current;
        if (chosen)
            painter.fillRect(row, tokens.selection);
        const QColor text = chosen ? tokens.selectionText : tokens.text;
        const QColor muted = chosen ? tokens.selectionText : tokens.muted;
        painter.setFont(typeFont(Type::Strong));
        painter.setPen(text);
        const QString line =
            hit.logicalShard < 0 ? hit.instance : tr("shard %1  →  %2").arg(hit.logicalShard).arg(hit.instance);
        drawTabular(&painter, QRectF(row.left() + 11, row.top() + 4, row.width() - 22, 18), Qt::AlignLeft, line);
        QStringList facts;
        if (!hit.tenant.isEmpty())
            facts << (hit.through.isEmpty() ? tr("tenant %1").arg(hit.tenant)
                                            : tr("tenant %1 by %2").arg(hit.tenant, hit.through));
        if (hit.pinned)
            facts << tr("pinned");
        if (!hit.schema.isEmpty())
            facts << tr("schema %1").arg(hit.schema);
        if (hit.shardEpoch > 0)
            facts << tr("epoch %1").arg(hit.shardEpoch);
        facts << tr("map epoch %1").arg(hit.mapEpoch);
        painter.setFont(typeFont(Type::Small));
        painter.setPen(muted);
        drawTabular(&painter, QRectF(row.left() + 11, row.top() + 22, row.width() - 22, 16), Qt::AlignLeft,
                    facts.join(QStringLiteral(" · ")));
    }
    painter.setFont(typeFont(Type::Caption));
    painter.setPen(tokens.muted);
    const QRect hint(12, height() - hintHeight - 1, width() - 24, hintHeight);
    painter.fillRect(QRect(1, hint.top(), width() - 2, 1), tokens.border);
    painter.drawText(hint, Qt::AlignVCenter | Qt::AlignLeft,
                     m_answer->notAsked.isEmpty()
                         ? tr("Enter shows the instance · Esc closes")
                         : tr("Without an answer: %1").arg(m_answer->notAsked.join(QStringLiteral(", "))));
}

void LocatePopup::mousePressEvent(QMouseEvent *event)
{
    const int hit = event->pos().y() / hitHeight;
    if (m_answer && hit < static_cast<int>(m_answer->hits.size()))
        Q_EMIT hitChosen(hit);
}

} // namespace shardhelm::ui
