// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clustersession.h"
#include "cluster/instancesfilter.h"
#include "cluster/instancesmodel.h"

#include <QWidget>

class QLineEdit;
class QMenu;
class QSplitter;
class QStackedWidget;
class QTableView;

namespace shardhelm {
class Settings;
}

namespace shardhelm::ui {

class Button;
class InstanceDetail;
class Label;
class Placeholder;

/// Every server in a table that sorts, filters, copies and exports, with the detail of the chosen one below. Filter,
/// order, columns and the division of the page are kept in the settings when they change.
class InstancesPage : public QWidget
{
    Q_OBJECT
public:
    /// `session` and `settings` outlive the page.
    InstancesPage(ClusterSession &session, Settings &settings, QWidget *parent = nullptr);

    /// Chooses a server's row and scrolls to it; clears a filter that hides it.
    void choose(const QString &server);
    /// The filter of the detail's table when the focus is in the detail, else that of the instances.
    void focusFilter();
    /// Copies the chosen rows, or all shown, as text that spreadsheets paste (TSV); those of the detail's table when
    /// the focus is in the detail.
    void copyRows() const;
    [[nodiscard]] QString chosen() const;
    [[nodiscard]] InstanceDetail *detail() const { return m_detail; }
    /// `format`: "csv", "tsv", "json" or "md"; the rows shown, in their order.
    [[nodiscard]] QByteArray exported(const QString &format) const;

private:
    void buildColumnsMenu(QMenu *menu);
    void restore();
    /// Without a choice: what was chosen last time, else the first row.
    void chooseSomething();
    void saveColumns();
    void refreshCaption();
    [[nodiscard]] QStringList columnKeys() const;
    [[nodiscard]] std::vector<int> shownRows(bool chosenOnly) const;
    /// Those rows with their facts and the further metrics that are shown.
    [[nodiscard]] Table shownTable(bool chosenOnly) const;

    ClusterSession &m_session;
    Settings &m_settings;
    InstancesModel m_model;
    InstancesFilter m_proxy;
    QLineEdit *m_filter;
    Label *m_caption;
    Label *m_filterError;
    Button *m_columns;
    Button *m_export;
    QSplitter *m_splitter;
    QStackedWidget *m_stack;
    QTableView *m_table;
    Placeholder *m_nothing;
    InstanceDetail *m_detail;
};

} // namespace shardhelm::ui
