// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/recording/cut.h"

#include "monitor/recording/reader.h"

#include <QDateTime>
#include <QFile>

#include <algorithm>

namespace shardhelm::monitor::recording {

namespace {

QString momentText(qint64 at)
{
    return QDateTime::fromMSecsSinceEpoch(at, Qt::UTC).toString(Qt::ISODate);
}

/// The rows that the new file gets; `source` is attached under that name.
Result<void> copyRows(const Database &target, const Span &span)
{
    struct Step
    {
        QString sql;
        QVariantList parameters;
    };
    const std::vector<Step> steps{
        {QStringLiteral("INSERT INTO server SELECT id, name FROM source.server"), {}},
        {QStringLiteral("INSERT INTO metric SELECT id, name FROM source.metric"), {}},
        {QStringLiteral("INSERT INTO block (level, from_ms, to_ms, data) SELECT level, from_ms, to_ms, data FROM "
                        "source.block WHERE from_ms <= ? AND to_ms >= ?"),
         {span.to, span.from}},
        // How things stood when the span began: of each kind and server the last fact before it.
        {QStringLiteral(
             "INSERT INTO fact (at_ms, server, kind, data) SELECT at_ms, server, kind, data FROM source.fact "
             "f WHERE at_ms < ? AND NOT EXISTS (SELECT 1 FROM source.fact newer WHERE newer.kind = f.kind "
             "AND newer.server = f.server AND newer.at_ms < ? AND (newer.at_ms > f.at_ms OR (newer.at_ms = "
             "f.at_ms AND newer.id > f.id)))"),
         {span.from, span.from}},
        {QStringLiteral(
             "INSERT INTO fact (at_ms, server, kind, data) SELECT at_ms, server, kind, data FROM source.fact "
             "WHERE at_ms BETWEEN ? AND ? ORDER BY id"),
         {span.from, span.to}},
        {QStringLiteral("INSERT OR IGNORE INTO marker SELECT * FROM source.marker WHERE at_ms BETWEEN ? AND ?"),
         {span.from, span.to}},
    };
    return target.transaction([&]() -> Result<void> {
        for (const Step &step : steps) {
            if (const auto done = target.run(step.sql, step.parameters); !done)
                return Failure(done.error());
        }
        return {};
    });
}

Result<void> cutInto(const QString &source, const QString &target, const About &about, const Span &span)
{
    const auto database = openForWriting(target, Form::Portable, about);
    if (!database)
        return Failure(database.error());
    QFile::setPermissions(target, QFile::ReadOwner | QFile::WriteOwner);
    if (const auto attached = database->run(QStringLiteral("ATTACH DATABASE ? AS source"), {source}); !attached)
        return Failure(attached.error());
    auto copied = copyRows(*database, span);
    const auto detached = database->run(QStringLiteral("DETACH DATABASE source"));
    if (copied && !detached)
        return Failure(detached.error());
    return copied;
}

} // namespace

Result<void> cutRecording(const QString &source, const QString &target, const Span &span)
{
    if (QFile::exists(target))
        return fail(ErrorCode::FileExists, target);
    auto reader = RecordingReader::open(source);
    if (!reader)
        return Failure(reader.error());
    const auto all = reader->span();
    if (!all)
        return Failure(all.error());
    if (all->isEmpty())
        return fail(ErrorCode::RecordingEmpty, source);
    const auto described = [](const Span &part) -> QString {
        return momentText(part.from) + QStringLiteral(" – ") + momentText(part.to);
    };
    if (span.to < all->from || span.from > all->to || span.to < span.from)
        return fail(ErrorCode::RecordingEmpty, source, described(span), {described(*all)});
    auto done = cutInto(source, target, reader->about(), span);
    if (!done) {
        QFile::remove(target);
        QFile::remove(target + QStringLiteral("-journal"));
    }
    return done;
}

} // namespace shardhelm::monitor::recording
