// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/locatecontroller.h"

#include <QFrame>
#include <QLineEdit>
#include <QTimer>

namespace shardhelm::ui {

class LocatePopup;

/// The box "Locate tenant or shard" in the head: type a key, an e-mail, an order number; the answer opens below. Enter
/// goes to the instance, arrows choose between several, Esc closes.
class LocateBox : public QLineEdit
{
    Q_OBJECT
public:
    /// `session` outlives the widget.
    explicit LocateBox(ClusterSession &session, QWidget *parent = nullptr);
    ~LocateBox() override;

    void activate();
    /// What the popup shows now, null while it is closed.
    [[nodiscard]] const LocateAnswer *answer() const;

Q_SIGNALS:
    void instanceChosen(const QString &instance);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void ask();
    void present(const LocateAnswer &answer);
    void closePopup();
    void placePopup();
    /// Answers for logical shards and instances come from the map at hand, without asking the directory.
    [[nodiscard]] std::optional<LocateAnswer> answerFromMap(const QString &text) const;

    ClusterSession &m_session;
    LocateController m_controller;
    QTimer m_pause;
    LocatePopup *m_popup;
    bool m_jumpWhenAnswered = false;
};

/// What was found, below the box.
class LocatePopup : public QFrame
{
    Q_OBJECT
public:
    explicit LocatePopup(QWidget *parent);

    void showAnswer(const LocateAnswer &answer);
    void showBusy(const QString &text);
    [[nodiscard]] const std::optional<LocateAnswer> &answer() const { return m_answer; }
    [[nodiscard]] int current() const { return m_current; }
    void move(int step);
    using QFrame::move;
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void hitChosen(int hit);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    QString m_busy;
    std::optional<LocateAnswer> m_answer;
    int m_current = 0;
};

} // namespace shardhelm::ui
