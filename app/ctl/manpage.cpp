// SPDX-License-Identifier: GPL-3.0-or-later
#include "manpage.h"

#include "help.h"
#include "parser.h"

#include <QCoreApplication>

namespace shardhelm::ctl {

namespace {

/// Text as roff prints it: backslashes and hyphens literal, no line that begins with a control character.
QString roff(QString text)
{
    text.replace(u'\\', QStringLiteral("\\e"));
    text.replace(u'-', QStringLiteral("\\-"));
    if (text.startsWith(u'.') || text.startsWith(u'\''))
        text.prepend(QStringLiteral("\\&"));
    return text;
}

QString section(const QString &title)
{
    return QStringLiteral(".SH %1\n").arg(title);
}

/// A tagged paragraph: term in bold, text indented below.
QString tagged(const QString &term, const QString &text)
{
    return QStringLiteral(".TP\n\\fB%1\\fR\n%2\n").arg(roff(term), roff(text));
}

QString paragraphs(const QString &text)
{
    QString result;
    for (const QString &paragraph : text.split(QStringLiteral("\n\n"), Qt::SkipEmptyParts))
        result += QStringLiteral(".PP\n%1\n").arg(roff(paragraph.simplified()));
    return result;
}

QString optionList(const std::vector<Option> &options)
{
    QString result;
    for (const Option &option : options)
        result += tagged(usage(option), option.help + remark(option) + u'.');
    return result;
}

QString commandText(const Command &command)
{
    QString text = QStringLiteral(".SS shardhelmctl %1\n").arg(roff(synopsis(command)));
    text += roff(command.summary) + QStringLiteral(".\n") + paragraphs(command.description);
    for (const Argument &argument : command.arguments) {
        QString help = argument.help;
        if (!argument.choices.isEmpty())
            help += Text::tr(" (one of %1)").arg(argument.choices.join(QStringLiteral(", ")));
        text += tagged(argument.name, help + u'.');
    }
    return text + optionList(command.options);
}

} // namespace

QString manPage(const std::vector<Command> &commands)
{
    const QString version = QCoreApplication::applicationVersion();
    QString text = QStringLiteral(".TH SHARDHELMCTL 1 \"\" \"Shardhelm %1\" \"Shardhelm\"\n").arg(version);
    text += section(Text::tr("NAME"))
        + QStringLiteral("shardhelmctl \\- %1\n").arg(Text::tr("console for sharded PostgreSQL"));
    text += section(Text::tr("SYNOPSIS"))
        + QStringLiteral("\\fBshardhelmctl\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR...] [\\fIARGUMENT\\fR...]\n");
    text += section(Text::tr("DESCRIPTION"))
        + paragraphs(Text::tr(
            "shardhelmctl does on the command line what the window of Shardhelm does, on the same backend. "
            "Data goes to standard output, everything else to standard error. Options are written "
            "--option=value or --option value, before or after the arguments; -- ends them."));
    text += section(Text::tr("COMMON OPTIONS")) + optionList(commonOptions());
    text += section(Text::tr("COMMANDS"));
    for (const Command &command : commands)
        text += commandText(command);
    text +=
        section(Text::tr("OUTPUT FORMATS"))
        + tagged(
            QStringLiteral("json"),
            Text::tr(
                "One document {\"version\": 1, \"complete\": bool, \"warnings\": [], \"data\": ...}; streams are one "
                "such object per line. Units are part of the key names, null is unknown."))
        + tagged(QStringLiteral("csv"),
                 Text::tr("RFC 4180 with a header line; null is an empty unquoted field, an empty string is \"\"."))
        + tagged(QStringLiteral("tsv"), Text::tr("The text format of COPY with a header line; null is \\N."))
        + tagged(QStringLiteral("table"), Text::tr("Aligned columns for people."));
    text += section(Text::tr("EXIT STATUS"))
        + paragraphs(Text::tr("When several apply, the first of 2, 4, 1, 5, 3, 0 wins."));
    for (const ExitMeaning &exit : exitMeanings())
        text += tagged(QString::number(static_cast<int>(exit.code)), exit.meaning + u'.');
    text += section(Text::tr("ENVIRONMENT"))
        + tagged(QStringLiteral("SHARDHELM_CLUSTER"), Text::tr("Path of the cluster file when --cluster is not given."))
        + tagged(QStringLiteral("PGPASSFILE, PGSERVICEFILE, PGSSLROOTCERT, ..."),
                 Text::tr("Honoured as by every program that uses libpq."));
    text += section(Text::tr("FILES"))
        + tagged(QStringLiteral("~/.config/shardhelm/cluster.toml"),
                 Text::tr("The cluster file used when none is named."));
    text += section(Text::tr("SEE ALSO")) + QStringLiteral("\\fBpsql\\fR(1), \\fBpg_dump\\fR(1)\n");
    return text;
}

} // namespace shardhelm::ctl
