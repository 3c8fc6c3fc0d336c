// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/plannedpage.h"

#include "cluster/commandline.h"
#include "common/button.h"
#include "common/label.h"
#include "common/panel.h"
#include "theme/icons.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace shardhelm::ui {

namespace {

QString lead(Page page)
{
    switch (page) {
    case Page::Map:
        return PlannedPage::tr("Where every logical shard lives, and a draft of where it should live.");
    case Page::Moves:
        return PlannedPage::tr("Every move of a shard: how far it is, what it does, how to get back.");
    case Page::Workbench:
        return PlannedPage::tr("One statement, every shard, one answer.");
    default:
        return {};
    }
}

std::vector<PlannedPage::Item> items(Page page)
{
    switch (page) {
    case Page::Map:
        return {
            {PlannedPage::tr("A column per instance"),
             PlannedPage::tr("as high as its capacity, with a tile per logical shard: area is size, shade is load")},
            {PlannedPage::tr("A plan by dragging"),
             PlannedPage::tr("legal targets light up, the others say why not; nothing moves before the plan is "
                             "reviewed and applied")},
            {PlannedPage::tr("The outcome beside it"),
             PlannedPage::tr("disk and writes per instance before → after, time, risks")}};
    case Page::Moves:
        return {
            {PlannedPage::tr("Progress by table"), PlannedPage::tr("copy, catch-up, verification, with the time left")},
            {PlannedPage::tr("The write pause"), PlannedPage::tr("forecast before, measured after, step by step")},
            {PlannedPage::tr("The way back"),
             PlannedPage::tr("what can be aborted or rolled back now, until when, and what stops it")}};
    case Page::Workbench:
        return {{PlannedPage::tr("An editor with tabs"),
                 PlannedPage::tr("that survive a restart, coloured by environment, read-only until you say otherwise")},
                {PlannedPage::tr("Exact answers"),
                 PlannedPage::tr("as one PostgreSQL holding all rows would give them, or a refusal with the reason, or "
                                 "a labelled partial")},
                {PlannedPage::tr("Who was slow"), PlannedPage::tr("time per shard beside the result")}};
    default:
        return {};
    }
}

std::vector<PlannedPage::Command> commands(Page page)
{
    const QString map = QStringLiteral("map");
    const QString directory = QStringLiteral("directory");
    switch (page) {
    case Page::Map:
        return {
            {PlannedPage::tr("The placement of every logical shard"), {map}},
            {PlannedPage::tr("Where a tenant lives"), {QStringLiteral("locate"), QStringLiteral("KEY")}},
            {PlannedPage::tr("Whether the directory and the instances agree"), {directory, QStringLiteral("check")}}};
    case Page::Moves:
        return {{PlannedPage::tr("Which shards are on the move or fenced now"),
                 {map, QStringLiteral("--format"), QStringLiteral("json")}},
                {PlannedPage::tr("Whether rows are in the wrong place"), {directory, QStringLiteral("check")}}};
    case Page::Workbench:
        return {
            {PlannedPage::tr("The instance to open a session on"), {QStringLiteral("locate"), QStringLiteral("KEY")}},
            {PlannedPage::tr("Connection strings of every instance"), {directory, QStringLiteral("show")}}};
    default:
        return {};
    }
}

/// The page's icon, larger.
class Emblem : public QWidget
{
public:
    Emblem(Page page, QWidget *parent)
        : QWidget(parent)
        , m_page(page)
    {
        setFixedSize(28, 28);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintIcon(&painter, pageKey(m_page), rect(), Tokens::of(this).text);
    }

private:
    Page m_page;
};

} // namespace

PlannedPage::PlannedPage(Page page, QWidget *parent)
    : QWidget(parent)
    , m_page(page)
{
    setObjectName(pageKey(page) % QStringLiteral("Page"));
    setAccessibleName(pageTitle(page));
    auto *across = new QHBoxLayout(this);
    across->setContentsMargins(24, 24, 24, 24);
    across->addStretch(1);
    auto *column = new QVBoxLayout;
    column->setSpacing(14);
    across->addLayout(column, 0);
    across->addStretch(1);
    column->addStretch(2);
    auto *head = new QHBoxLayout;
    head->setSpacing(10);
    head->addWidget(new Emblem(page, this));
    auto *titles = new QVBoxLayout;
    titles->setSpacing(0);
    titles->addWidget(new Label(pageTitle(page), Type::Hero, Tone::Text, this));
    titles->addWidget(new Label(lead(page), Type::Body, Tone::Muted, this));
    head->addLayout(titles, 1);
    column->addLayout(head);

    auto *plan = new Panel(tr("Not in this version yet"), this);
    plan->setCaption(tr("what will be here"));
    plan->setHeadLine(true);
    plan->setMinimumWidth(720);
    plan->content()->setContentsMargins(12, 8, 12, 10);
    for (const Item &item : items(page)) {
        auto *line = new QHBoxLayout;
        line->setSpacing(12);
        auto *title = new Label(item.title, Type::SmallStrong, Tone::Text, plan);
        title->setFixedWidth(150);
        auto *text = new Label(item.text, Type::Small, Tone::Muted, plan);
        text->setWrapped(true);
        line->addWidget(title, 0, Qt::AlignTop);
        line->addWidget(text, 1);
        plan->content()->addLayout(line);
    }
    column->addWidget(plan);

    auto *now = new Panel(tr("On the command line today"), this);
    now->setHeadLine(true);
    now->content()->setContentsMargins(12, 8, 12, 10);
    m_commands = new QVBoxLayout;
    m_commands->setSpacing(10);
    now->content()->addLayout(m_commands);
    column->addWidget(now);
    column->addStretch(3);
}

void PlannedPage::setClusterFile(const QString &path)
{
    if (m_path == path && m_commands->count() > 0)
        return;
    m_path = path;
    while (QLayoutItem *item = m_commands->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const Command &command : commands(m_page)) {
        QStringList arguments = command.arguments;
        if (!path.isEmpty())
            arguments << QStringLiteral("--cluster") << path;
        const QString text = commandText(arguments);
        auto *row = new QWidget(this);
        auto *line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(12);
        auto *words = new QVBoxLayout;
        words->setSpacing(1);
        words->addWidget(new Label(command.purpose, Type::Small, Tone::Text, row));
        words->addWidget(new Label(text, Type::Code, Tone::Muted, row));
        line->addLayout(words, 1);
        auto *copy = new Button(tr("Copy"), row);
        copy->setIconName(QStringLiteral("copy"));
        copy->setAccessibleName(tr("Copy: %1").arg(text));
        connect(copy, &QPushButton::clicked, this, [this, text] {
            QApplication::clipboard()->setText(text);
            Q_EMIT copied();
        });
        line->addWidget(copy);
        m_commands->addWidget(row);
    }
}

} // namespace shardhelm::ui
