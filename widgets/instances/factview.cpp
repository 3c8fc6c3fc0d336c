// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/factview.h"

#include "cluster/settings.h"
#include "common/banner.h"
#include "common/button.h"
#include "common/label.h"
#include "common/placeholder.h"
#include "common/tablelook.h"
#include "instances/factdelegate.h"
#include "instances/servertable.h"
#include "instances/tableexport.h"
#include "theme/icons.h"
#include "wording/errors.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace shardhelm::ui {

namespace {

constexpr int loadingAfterMs = 300;

} // namespace

FactView::FactView(const QString &key, const QString &name, std::vector<FactColumn> columns, Settings &settings,
                   QWidget *parent)
    : QWidget(parent)
    , m_key(key)
    , m_name(name)
    , m_settings(settings)
    , m_model(std::move(columns))
    , m_proxy(m_model)
    , m_bar(new QHBoxLayout)
    , m_filter(new QLineEdit(this))
    , m_filterError(new Label(Type::Small, Tone::Warn, this))
    , m_caption(new Label(Type::Small, Tone::Muted, this))
    , m_columns(new Button(tr("Columns"), this))
    , m_export(new Button(tr("Export"), this))
    , m_banner(new Banner(this))
    , m_stack(new QStackedWidget(this))
    , m_table(new ServerTable(this))
    , m_nothing(new Placeholder(this))
{
    setAccessibleName(name);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_bar->setContentsMargins(8, 4, 8, 4);
    m_bar->setSpacing(8);
    column->addLayout(m_bar);
    m_filter->setObjectName(QStringLiteral("factFilter"));
    m_filter->setAccessibleName(tr("Filter of %1").arg(name));
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setToolTip(tr("Words, or comparisons with a column: %1 > 10").arg(m_model.columns().back().key));
    m_filter->setClearButtonEnabled(true);
    m_filter->setFixedWidth(190);
    m_filter->setFont(typeFont(Type::Small));
    m_filter->addAction(icon(QStringLiteral("filter")), QLineEdit::LeadingPosition);
    m_bar->addWidget(m_filter);
    m_bar->addWidget(m_filterError);
    m_bar->addWidget(m_caption, 1);
    m_columns->setAccessibleName(tr("Columns of %1").arg(name));
    m_columns->setMenu(new QMenu(m_columns));
    m_export->setAccessibleName(tr("Export of %1").arg(name));
    m_export->setMenu(new QMenu(m_export));
    m_bar->addWidget(m_columns);
    m_bar->addWidget(m_export);
    m_banner->hide();
    column->addWidget(m_banner);
    column->addWidget(m_stack, 1);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_nothing);
    buildTable();
    buildColumnsMenu(m_columns->menu());
    fillExportMenu(
        m_export->menu(), this, [this] { return shown(); }, [this] { return QString(m_key).replace(u'/', u'-'); });
    m_loadingTimer.setSingleShot(true);
    m_loadingTimer.setInterval(loadingAfterMs);
    connect(&m_loadingTimer, &QTimer::timeout, this, [this] {
        m_nothing->showLoading(m_words.loading, 0, 0);
        refreshStack();
    });
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_proxy.setText(text);
        m_settings.setText(m_key % QStringLiteral("/filter"), text);
        refreshStack();
    });
    connect(m_nothing, &Placeholder::actionChosen, this, [this] {
        if (m_filterOffered)
            m_filter->clear();
        else
            Q_EMIT tryAgain();
    });
    connect(m_banner, &Banner::actionChosen, this, &FactView::tryAgain);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &index) {
        if (!index.isValid())
            return;
        m_chosen = current();
        Q_EMIT currentChanged(m_chosen);
    });
    restore();
}

void FactView::buildTable()
{
    m_table->setObjectName(QStringLiteral("factTable"));
    m_table->setAccessibleName(m_name);
    m_table->setModel(&m_proxy);
    m_table->setItemDelegate(new FactDelegate(m_table));
    dressTable(*m_table);
    m_table->setWordWrap(false);
    QHeaderView *header = m_table->horizontalHeader();
    header->setAccessibleName(tr("Columns of %1").arg(m_name));
    header->setSortIndicatorShown(true);
    const auto &columns = m_model.columns();
    for (size_t i = 0; i < columns.size(); ++i) {
        header->resizeSection(static_cast<int>(i), columns[i].width);
        header->setSectionHidden(static_cast<int>(i), !columns[i].shown);
    }
}

void FactView::setFirstOrder(const QString &column, Qt::SortOrder order)
{
    if (m_restored)
        return;
    const auto &columns = m_model.columns();
    for (size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].key == column)
            m_table->sortByColumn(static_cast<int>(i), order);
    }
}

void FactView::restore()
{
    QHeaderView *header = m_table->horizontalHeader();
    // What was kept is about places: it is void when there are other columns now.
    const bool fits = m_settings.list(m_key % QStringLiteral("/columnKeys")) == columnKeys();
    const QByteArray columns = fits ? m_settings.bytes(m_key % QStringLiteral("/columns")) : QByteArray();
    m_restored = !columns.isEmpty() && header->restoreState(columns);
    if (!m_restored)
        header->setSortIndicator(0, Qt::AscendingOrder);
    m_proxy.sort(header->sortIndicatorSection(), header->sortIndicatorOrder());
    header->setStretchLastSection(true);
    m_table->setSortingEnabled(true);
    const QList<QAction *> actions = m_columns->menu()->actions();
    for (QAction *action : actions) {
        if (action->isCheckable()) {
            const QSignalBlocker quiet(action);
            action->setChecked(!header->isSectionHidden(action->data().toInt()));
        }
    }
    m_filter->setText(m_settings.text(m_key % QStringLiteral("/filter")));
    connect(header, &QHeaderView::sectionResized, this, &FactView::save);
    connect(header, &QHeaderView::sectionMoved, this, &FactView::save);
    connect(header, &QHeaderView::sortIndicatorChanged, this, &FactView::save);
}

QStringList FactView::columnKeys() const
{
    QStringList keys;
    for (const FactColumn &column : m_model.columns())
        keys << column.key;
    return keys;
}

void FactView::save()
{
    // Layouts resize the last section before anybody sees it: that is nobody's choice.
    if (!isVisible())
        return;
    m_settings.setList(m_key % QStringLiteral("/columnKeys"), columnKeys());
    m_settings.setBytes(m_key % QStringLiteral("/columns"), m_table->horizontalHeader()->saveState());
}

void FactView::buildColumnsMenu(QMenu *menu)
{
    QHeaderView *header = m_table->horizontalHeader();
    const auto &columns = m_model.columns();
    for (size_t i = 1; i < columns.size(); ++i) {
        const int section = static_cast<int>(i);
        QAction *action = menu->addAction(columns[i].title);
        action->setToolTip(columns[i].tip);
        action->setCheckable(true);
        action->setChecked(columns[i].shown);
        action->setData(section);
        connect(action, &QAction::toggled, this, [this, header, section](bool shown) {
            header->setSectionHidden(section, !shown);
            if (header->sectionSize(section) < 20)
                header->resizeSection(section, m_model.columns()[static_cast<size_t>(section)].width);
            save();
        });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("As at first")), &QAction::triggered, this, [this, header, menu] {
        const auto &all = m_model.columns();
        for (size_t i = 0; i < all.size(); ++i) {
            const int section = static_cast<int>(i);
            header->moveSection(header->visualIndex(section), section);
            header->resizeSection(section, all[i].width);
        }
        const QList<QAction *> actions = menu->actions();
        for (QAction *action : actions) {
            if (action->isCheckable())
                action->setChecked(all[static_cast<size_t>(action->data().toInt())].shown);
        }
        save();
    });
}

void FactView::addToBar(QWidget *widget)
{
    m_bar->insertWidget(m_bar->count() - 2, widget);
}

void FactView::present(std::vector<FactRow> rows)
{
    // Nothing moves under the eye of somebody who reads or points.
    const bool watched = m_table->hasFocus() || m_table->viewport()->underMouse();
    const int before = m_model.rowCount();
    m_model.present(std::move(rows));
    if (!watched || before == 0)
        m_proxy.settle();
    if (!m_chosen.isEmpty() && !m_table->currentIndex().isValid())
        choose(m_chosen);
    refreshStack();
}

void FactView::presentState(const Reading &reading, const FactWords &words)
{
    m_words = words;
    m_read = reading.hasValue();
    m_banner->hide();
    if (m_read) {
        m_loadingTimer.stop();
        if (reading.error())
            m_banner->present(Banner::Kind::Failure,
                              tr("Not read since %1.").arg(reading.readAt().toLocalTime().toString(u"HH:mm:ss")),
                              wording::sentence(*reading.error()), tr("Try again"), {},
                              wording::technical(*reading.error()));
        m_banner->setVisible(reading.error().has_value());
    } else if (reading.error()) {
        m_loadingTimer.stop();
        const Error &error = *reading.error();
        const bool right = error.code == ErrorCode::NotPermitted;
        const QString strong = right ? tr("Not permitted.") : tr("It could not be read.");
        m_nothing->showFailure(words.failedStrong.isEmpty() ? strong : words.failedStrong,
                               words.failedRest.isEmpty() ? wording::sentence(error) : words.failedRest,
                               wording::technical(error), tr("Try again"));
    } else if (!m_loadingTimer.isActive()) {
        m_nothing->showEmpty({}, {});
        m_loadingTimer.start();
    }
    refreshStack();
}

void FactView::setCaption(const QString &caption)
{
    m_captionText = caption;
    refreshCaption();
}

void FactView::refreshCaption()
{
    QStringList parts;
    if (m_read)
        parts << (m_proxy.rowCount() == 1 ? tr("1 row") : tr("%1 rows").arg(m_proxy.rowCount()));
    if (m_proxy.hidden() > 0)
        parts << tr("%1 hidden by the filter").arg(m_proxy.hidden());
    if (!m_captionText.isEmpty())
        parts << m_captionText;
    m_caption->setText(parts.join(QStringLiteral(" · ")));
    m_filterError->setText(m_proxy.error());
    m_filterError->setVisible(!m_proxy.error().isEmpty());
}

void FactView::refreshStack()
{
    refreshCaption();
    m_filterOffered = false;
    if (m_read && m_proxy.rowCount() == 0) {
        m_filterOffered = m_model.rowCount() > 0;
        if (m_filterOffered)
            m_nothing->showEmpty(tr("Nothing matches “%1”.").arg(m_filter->text()),
                                 tr("%1 hidden by the filter.").arg(m_proxy.hidden()), tr("Clear filter"));
        else
            m_nothing->showEmpty(m_words.emptyStrong, m_words.emptyRest);
    }
    const bool table = m_read && m_proxy.rowCount() > 0;
    m_stack->setCurrentWidget(table ? static_cast<QWidget *>(m_table) : m_nothing);
}

void FactView::choose(const QString &id)
{
    m_chosen = id;
    const int row = m_model.rowOf(id);
    const QModelIndex index = row < 0 ? QModelIndex() : m_proxy.mapFromSource(m_model.index(row, 0));
    if (!index.isValid())
        return;
    m_table->setCurrentIndex(index);
    m_table->selectRow(index.row());
}

QString FactView::current() const
{
    return m_table->currentIndex().data(FactModel::IdRole).toString();
}

void FactView::chooseFirst()
{
    if (m_proxy.rowCount() > 0)
        choose(m_proxy.index(0, 0).data(FactModel::IdRole).toString());
}

void FactView::focusTable()
{
    m_table->setFocus(Qt::ShortcutFocusReason);
    if (!m_table->currentIndex().isValid())
        chooseFirst();
}

void FactView::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

Table FactView::shown(bool chosenOnly) const
{
    std::vector<int> rows;
    const QModelIndexList selected = m_table->selectionModel()->selectedRows();
    for (int row = 0; row < m_proxy.rowCount(); ++row) {
        const QModelIndex index = m_proxy.index(row, 0);
        if (!chosenOnly || selected.isEmpty() || selected.contains(index))
            rows.push_back(m_proxy.mapToSource(index).row());
    }
    return m_model.table(rows);
}

void FactView::copyRows() const
{
    QApplication::clipboard()->setText(QString::fromUtf8(shown(true).toTsv()));
}

void FactView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copyRows();
        return;
    }
    if (event->key() == Qt::Key_Escape && m_filter->hasFocus()) {
        m_filter->clear();
        focusTable();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace shardhelm::ui
