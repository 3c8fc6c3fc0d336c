// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sessions/sessionsfeed.h"
#include "sessions/sessionsfilter.h"
#include "sessions/sessionsmodel.h"

#include <QWidget>

#include <optional>

class QLineEdit;
class QSplitter;
class QStackedWidget;
class QTabBar;
class QTableView;

namespace shardhelm {
class Settings;
}

namespace shardhelm::ui {

class Banner;
class Button;
class Label;
class LinkButton;
class Placeholder;
class SessionDetail;
class SessionsDelegate;

/// The sessions of the whole fleet in one table: all, running, waiting, blocking ones, or the lock trees; several can
/// be chosen, cancelled and terminated. Servers are asked while the page is shown, at the interval of the window.
class SessionsPage : public QWidget
{
    Q_OBJECT
public:
    /// `session` and `settings` outlive the page.
    SessionsPage(ClusterSession &session, Settings &settings, QWidget *parent = nullptr);

    /// Makes it a part of a detail: of one server, without a way back; `place` is where it is kept in the settings.
    /// With a `fixed` view no other one can be chosen.
    void embed(const QString &place, std::optional<SessionsView> fixed = std::nullopt);
    /// The server of an embedded page; empty: none.
    void setServer(const QString &server);
    void showView(SessionsView view);
    [[nodiscard]] SessionsView view() const { return m_proxy.view(); }
    /// Only sessions of this server; empty: of every one.
    void showServer(const QString &server);
    void focusTable();
    void focusFilter();
    /// Copies the chosen rows, or all shown, as text that spreadsheets paste (TSV).
    void copyRows() const;
    void cancelChosen();
    void terminateChosen();
    void openPsql();
    [[nodiscard]] SessionsFeed &feed() { return m_feed; }
    [[nodiscard]] std::vector<SessionRow> chosen() const;

Q_SIGNALS:
    void backChosen(); ///< to the page before

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void buildTable();
    void refresh();
    void refreshCaption();
    void refreshBanner();
    void refreshDetail();
    void confirm(monitor::Signal signal);
    [[nodiscard]] std::vector<SessionRow> shown() const;

    [[nodiscard]] QString setting(const char *name) const;

    ClusterSession &m_session;
    Settings &m_settings;
    QString m_place = QStringLiteral("sessions"); // in the settings
    SessionsFeed m_feed;
    SessionsModel m_model;
    SessionsFilter m_proxy;
    QString m_psqlProblem; // looked for when the page is shown
    LinkButton *m_back;
    QLineEdit *m_filter;
    Label *m_caption;
    Button *m_export;
    Banner *m_banner;
    QTabBar *m_views;
    QSplitter *m_splitter;
    QStackedWidget *m_stack;
    QTableView *m_table;
    SessionsDelegate *m_delegate;
    Placeholder *m_nothing;
    SessionDetail *m_detail;
};

} // namespace shardhelm::ui
