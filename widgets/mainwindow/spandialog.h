// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/recording/content.h"

#include <QDialog>

class QDateTimeEdit;

namespace shardhelm::ui {

/// Asks for a span of time, for an incident report or a part of the recording. Window-modal.
class SpanDialog : public QDialog
{
    Q_OBJECT
public:
    /// `title` names what is made, `verb` is the button's word; `span` is offered.
    SpanDialog(const QString &title, const QString &explanation, const QString &verb,
               const monitor::recording::Span &span, QWidget *parent = nullptr);
    [[nodiscard]] monitor::recording::Span span() const;

private:
    QDateTimeEdit *m_from;
    QDateTimeEdit *m_to;
};

} // namespace shardhelm::ui
