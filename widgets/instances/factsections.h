// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "instances/factview.h"

#include <QWidget>

#include <vector>

class QStackedWidget;
class QTabBar;

namespace shardhelm::ui {

/// Several tables of facts of which one is shown, chosen by name. The choice is kept in the settings.
class FactSections : public QWidget
{
    Q_OBJECT
public:
    /// `key` is the place in the settings, `name` what is chosen. `settings` outlives the widget.
    FactSections(const QString &key, const QString &name, Settings &settings, QWidget *parent = nullptr);

    /// `sectionKey` is unique within the widget; `title` is shown.
    FactView *add(const QString &sectionKey, const QString &title, std::vector<FactColumn> columns);
    /// How many rows there are behind a title; negative: unknown.
    void setCount(const FactView *view, int count);
    /// What is said beside the titles.
    void setNote(const QString &note);
    [[nodiscard]] FactView *current() const;
    [[nodiscard]] QString currentKey() const;
    void showSection(const QString &sectionKey);

Q_SIGNALS:
    void sectionChanged(const QString &sectionKey);
    void tryAgain();

private:
    struct Section
    {
        QString key;
        QString title;
        FactView *view;
    };

    QString m_key;
    Settings &m_settings;
    QTabBar *m_bar;
    Label *m_note;
    QStackedWidget *m_stack;
    std::vector<Section> m_sections;
};

} // namespace shardhelm::ui
