// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/journalcontroller.h"
#include "cluster/journalmodel.h"

#include <QSortFilterProxyModel>
#include <QTimer>
#include <QWidget>

class QLineEdit;
class QStackedWidget;

namespace shardhelm::ui {

class Button;
class ChoiceButton;
class Label;
class Placeholder;
class ServerTable;

/// What was done to the cluster, by whom and from where, newest first: the directory's journal as a table that filters
/// and exports. Read when the page is shown, and every fifteen seconds while it is.
class JournalPage : public QWidget
{
    Q_OBJECT
public:
    /// `session` outlives the page.
    explicit JournalPage(ClusterSession &session, QWidget *parent = nullptr);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void read();
    void present(const std::vector<cluster::JournalEntry> &entries);
    void presentFailure(const Error &error);
    void refreshCaption();
    [[nodiscard]] std::vector<int> shownRows() const;

    ClusterSession &m_session;
    JournalController m_controller;
    JournalModel m_model;
    QSortFilterProxyModel m_proxy;
    QTimer m_again;
    QLineEdit *m_filter;
    ChoiceButton *m_span;
    ChoiceButton *m_kind;
    Label *m_caption;
    Button *m_export;
    QStackedWidget *m_stack;
    ServerTable *m_table;
    Placeholder *m_nothing;
    bool m_isRead = false; ///< what is shown is of the open cluster
};

} // namespace shardhelm::ui
