// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "instances/factfilter.h"
#include "instances/factmodel.h"
#include "instances/reading.h"

#include <QTimer>
#include <QWidget>

class QHBoxLayout;
class QLineEdit;
class QMenu;
class QStackedWidget;
class QTableView;

namespace shardhelm {
class Settings;
}

namespace shardhelm::ui {

class Banner;
class Button;
class Label;
class Placeholder;

/// What a view of facts says while it has none.
struct FactWords
{
    QString loading; ///< "Reading the settings of 32 servers"
    QString emptyStrong; ///< "No setting differs."
    QString emptyRest;
    QString failedStrong{}; ///< when more can be said than that it failed
    QString failedRest{}; ///< instead of the error's sentence
};

/// A table of facts with everything around it: filter, columns, export, copying, and what stands there while there is
/// nothing to show. Filter, order, columns and their widths are kept in the settings under the view's key.
class FactView : public QWidget
{
    Q_OBJECT
public:
    /// `key` is the view's place in the settings, `name` what it is called. `settings` outlives the view.
    FactView(const QString &key, const QString &name, std::vector<FactColumn> columns, Settings &settings,
             QWidget *parent = nullptr);

    /// The order when the person has not chosen one.
    void setFirstOrder(const QString &column, Qt::SortOrder order);
    /// A widget between the filter and the menus.
    void addToBar(QWidget *widget);
    /// Rows as they are now. The order is made anew unless somebody is at the table.
    void present(std::vector<FactRow> rows);
    /// What stands around the rows: loading, failed (with a way to try again), empty, or a banner over old ones.
    void presentState(const Reading &reading, const FactWords &words);
    /// Text at the left of the bar behind the filter: how many rows, of what.
    void setCaption(const QString &caption);
    /// Choose the row with this id, when it is there.
    void choose(const QString &id);
    void chooseFirst();
    void focusTable();
    void focusFilter();

    [[nodiscard]] QString current() const;
    [[nodiscard]] FactModel &model() { return m_model; }
    [[nodiscard]] const FactModel &model() const { return m_model; }
    [[nodiscard]] FactFilter &filter() { return m_proxy; }
    [[nodiscard]] QTableView *table() const { return m_table; }
    /// The rows shown (or of them the chosen ones), in their order, on their way out.
    [[nodiscard]] Table shown(bool chosenOnly = false) const;
    /// Copies the chosen rows, or all shown, as text that spreadsheets paste (TSV).
    void copyRows() const;

Q_SIGNALS:
    void currentChanged(const QString &id);
    void tryAgain();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void buildTable();
    void buildColumnsMenu(QMenu *menu);
    void restore();
    void save();
    [[nodiscard]] QStringList columnKeys() const;
    void refreshCaption();
    void refreshStack();

    QString m_key;
    QString m_name;
    Settings &m_settings;
    FactModel m_model;
    FactFilter m_proxy;
    QHBoxLayout *m_bar;
    QLineEdit *m_filter;
    Label *m_filterError;
    Label *m_caption;
    Button *m_columns;
    Button *m_export;
    Banner *m_banner;
    QStackedWidget *m_stack;
    QTableView *m_table;
    Placeholder *m_nothing;
    QTimer m_loadingTimer; // loading is said after a moment only
    QString m_captionText;
    FactWords m_words;
    bool m_read = false;
    bool m_filterOffered = false;
    bool m_restored = false;
    QString m_chosen; // survives a moment without its row
};

} // namespace shardhelm::ui
