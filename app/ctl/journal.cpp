// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"

#include "cluster/directory.h"
#include "cluster/journalread.h"
#include "cluster/quantities.h"
#include "wording/journal.h"

namespace shardhelm::ctl {

namespace {

/// A point in time: "2h" ago, "2026-01-31", "2026-01-31 14:00" or with seconds and zone as ISO 8601 has them.
std::optional<QDateTime> timeOf(const QString &text)
{
    if (const auto ago = cluster::durationFromText(text))
        return QDateTime::currentDateTimeUtc().addMSecs(-ago->count());
    QString iso = text.trimmed();
    iso.replace(u' ', u'T');
    const QDateTime time = QDateTime::fromString(iso, Qt::ISODate);
    return time.isValid() ? std::optional(time) : std::nullopt;
}

Result<QDateTime> timeOption(const Invocation &call, const QString &option)
{
    if (!call.has(option))
        return QDateTime();
    const auto time = timeOf(call.value(option));
    if (!time)
        return fail(ErrorCode::UsageBad, QStringLiteral("--") + option, call.value(option),
                    {QStringLiteral("2h"), QStringLiteral("2026-01-31"), QStringLiteral("2026-01-31T14:00")});
    return *time;
}

Table tableOf(const std::vector<cluster::JournalEntry> &entries)
{
    Table table;
    table.columns = {{QStringLiteral("id")},   {QStringLiteral("at")},   {QStringLiteral("who")},
                     {QStringLiteral("host")}, {QStringLiteral("what")}, {QStringLiteral("detail")}};
    for (const cluster::JournalEntry &entry : entries)
        table.rows.push_back(
            {entry.id, entry.at.toString(Qt::ISODateWithMs), entry.who, entry.host, entry.what, entry.detail});
    return table;
}

Table summaryOf(const std::vector<cluster::JournalEntry> &entries)
{
    constexpr qsizetype longest = 160;
    Table table;
    table.columns = {{QStringLiteral("at"), Text::tr("AT")},
                     {QStringLiteral("who"), Text::tr("WHO")},
                     {QStringLiteral("host"), Text::tr("HOST")},
                     {QStringLiteral("what"), Text::tr("WHAT")},
                     {QStringLiteral("detail"), Text::tr("DETAIL")}};
    for (const cluster::JournalEntry &entry : entries) {
        QString detail = wording::detailText(entry.detail);
        if (detail.size() > longest)
            detail = detail.left(longest - 1) + u'…';
        table.rows.push_back({entry.at.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")), entry.who,
                              entry.host, entry.what, detail});
    }
    return table;
}

Exit journal(const Invocation &call)
{
    const auto file = cluster::readClusterFile(call.clusterFilePath());
    if (!file)
        return call.fail(file.error());
    const auto timeout = call.seconds(QStringLiteral("timeout"), Milliseconds(100), Milliseconds(600000));
    if (!timeout)
        return call.fail(timeout.error());
    cluster::JournalFilter filter;
    const auto since = timeOption(call, QStringLiteral("since"));
    const auto until = timeOption(call, QStringLiteral("until"));
    const auto most = call.number(QStringLiteral("limit"), 1, 1000000);
    if (!since)
        return call.fail(since.error());
    if (!until)
        return call.fail(until.error());
    if (!most)
        return call.fail(most.error());
    filter.since = *since;
    filter.until = *until;
    filter.most = *most;
    filter.kind = call.value(QStringLiteral("kind"));
    filter.instance = call.value(QStringLiteral("instance"));

    const Wait wait = call.wait(*timeout);
    auto directory = cluster::Directory::open(*file, QStringLiteral("journal"), wait, call.passwords);
    if (!directory)
        return call.fail(directory.error());
    const auto entries = cluster::readJournal(directory->connection(), filter, wait);
    if (!entries)
        return call.fail(entries.error());
    const bool forPeople = call.value(QStringLiteral("format")) == QLatin1StringView("table");
    QStringList warnings;
    if (static_cast<qint64>(entries->size()) == filter.most)
        warnings << Text::tr("Only the newest %1 entries; --limit shows more.").arg(filter.most);
    call.print(forPeople ? summaryOf(*entries) : tableOf(*entries), true, warnings);
    return Exit::Done;
}

} // namespace

std::vector<Command> journalCommands()
{
    return {
        {QStringLiteral("journal"),
         Text::tr("List what was done to the cluster, by whom, newest first"),
         {},
         {{QStringLiteral("since"), QStringLiteral("T"),
           Text::tr("from this time on: 2h (ago), 2026-01-31, 2026-01-31T14:00")},
          {QStringLiteral("until"), QStringLiteral("T"), Text::tr("up to this time")},
          {QStringLiteral("kind"), QStringLiteral("WORDS"),
           Text::tr("only entries that begin so: alert, \"map flip\", instance")},
          {QStringLiteral("instance"), QStringLiteral("I"), Text::tr("only entries about this instance")},
          {QStringLiteral("limit"), QStringLiteral("N"), Text::tr("most entries"), QStringLiteral("200")},
          {QStringLiteral("timeout"), QStringLiteral("S"), Text::tr("seconds that the directory has to answer"),
           QStringLiteral("10")}},
         journal,
         Text::tr("The directory keeps the journal; nothing in it can be changed.")},
    };
}

} // namespace shardhelm::ctl
