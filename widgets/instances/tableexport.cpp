// SPDX-License-Identifier: GPL-3.0-or-later
#include "instances/tableexport.h"

#include "core/savefile.h"
#include "wording/errors.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCoreApplication>
#include <QFileDialog>
#include <QJsonDocument>
#include <QMenu>
#include <QMessageBox>

namespace shardhelm::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TableExport)
};

void write(QWidget *parent, const QByteArray &content, const QString &path)
{
    const auto saved = saveFile(path, content);
    if (saved)
        return;
    auto *box = new QMessageBox(QMessageBox::Warning, Words::tr("Export the table"), wording::sentence(saved.error()),
                                QMessageBox::Close, parent);
    box->setInformativeText(wording::advice(saved.error()));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void ask(QWidget *parent, const QByteArray &content, const QString &name, const QString &format)
{
    auto *dialog =
        new QFileDialog(parent, Words::tr("Export the table"), QString(), QStringLiteral("*.%1").arg(format));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(name % u'.' % format);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent,
                     [parent, content](const QString &path) { write(parent, content, path); });
    dialog->open();
}

} // namespace

QByteArray exportedTable(const Table &table, const QString &format)
{
    if (format == QLatin1StringView("csv"))
        return table.toCsv();
    if (format == QLatin1StringView("tsv"))
        return table.toTsv();
    if (format == QLatin1StringView("json"))
        return QJsonDocument(table.toJson()).toJson();
    return table.toMarkdown();
}

void fillExportMenu(QMenu *menu, QWidget *parent, std::function<Table()> table, std::function<QString()> name)
{
    for (const auto &[format, title] :
         std::initializer_list<std::pair<QString, QString>>{{QStringLiteral("csv"), Words::tr("CSV…")},
                                                            {QStringLiteral("tsv"), Words::tr("TSV…")},
                                                            {QStringLiteral("json"), Words::tr("JSON…")},
                                                            {QStringLiteral("md"), Words::tr("Markdown…")}})
        QObject::connect(menu->addAction(title), &QAction::triggered, parent, [parent, table, name, kind = format] {
            ask(parent, exportedTable(table(), kind), name(), kind);
        });
    menu->addSeparator();
    QObject::connect(menu->addAction(Words::tr("Copy as Markdown")), &QAction::triggered, parent, [table] {
        QApplication::clipboard()->setText(QString::fromUtf8(exportedTable(table(), QStringLiteral("md"))));
    });
}

} // namespace shardhelm::ui
