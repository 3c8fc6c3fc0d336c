// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/journalread.h"

#include "core/sqltext.h"

#include <QJsonDocument>

namespace shardhelm::cluster {

namespace {

std::optional<QByteArray> secondsOf(const QDateTime &time)
{
    if (!time.isValid())
        return std::nullopt;
    return QByteArray::number(static_cast<double>(time.toMSecsSinceEpoch()) / 1000, 'f', 3);
}

std::optional<QString> textOf(const QString &text)
{
    return text.isEmpty() ? std::nullopt : std::optional(text);
}

} // namespace

Result<std::vector<JournalEntry>> readJournal(pg::Connection &directory, const JournalFilter &filter, const Wait &wait)
{
    const auto rows = directory.query(sqlText("cluster/journal_entries"),
                                      pg::Params(secondsOf(filter.since), secondsOf(filter.until), textOf(filter.kind),
                                                 textOf(filter.instance), filter.most),
                                      wait);
    if (!rows)
        return Failure(rows.error());
    std::vector<JournalEntry> entries;
    entries.reserve(static_cast<size_t>(rows->count()));
    for (int row = 0; row < rows->count(); ++row) {
        JournalEntry entry;
        entry.id = rows->integer(row, 0);
        entry.at = QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(rows->number(row, 1) * 1000), Qt::UTC);
        entry.who = rows->text(row, 2);
        entry.host = rows->text(row, 3);
        entry.what = rows->text(row, 4);
        entry.detail = QJsonDocument::fromJson(rows->bytes(row, 5)).object();
        entries.push_back(std::move(entry));
    }
    return entries;
}

} // namespace shardhelm::cluster
