// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessions/psqlterminal.h"

#include "pg/conninfo.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryFile>

#include <algorithm>

namespace shardhelm {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(PsqlTerminal)
};

/// A terminal and what it wants in front of the command it runs.
struct Terminal
{
    const char *program;
    const char *arguments;
};

constexpr Terminal terminals[] = {
    {"x-terminal-emulator", "-e"},
    {"xdg-terminal-exec", ""},
    {"gnome-terminal", "--"},
    {"kgx", "--"},
    {"ptyxis", "--"},
    {"konsole", "-e"},
    {"xfce4-terminal", "-x"},
    {"mate-terminal", "-x"},
    {"lxterminal", "-e"},
    {"kitty", ""},
    {"alacritty", "-e"},
    {"foot", ""},
    {"wezterm", "start --"},
    {"terminator", "-x"},
    {"tilix", "-e"},
    {"urxvt", "-e"},
    {"st", "-e"},
    {"xterm", "-e"},
};

QString executable(const QString &name, const QProcessEnvironment &environment)
{
    if (name.contains(u'/'))
        return QFileInfo(name).isExecutable() ? name : QString();
    return QStandardPaths::findExecutable(name,
                                          environment.value(QStringLiteral("PATH")).split(u':', Qt::SkipEmptyParts));
}

QStringList argumentsOf(const QString &program)
{
    const QString name = QFileInfo(program).fileName();
    const auto *known = std::ranges::find_if(
        terminals, [&](const Terminal &terminal) { return name == QLatin1StringView(terminal.program); });
    const QString arguments =
        known == std::end(terminals) ? QStringLiteral("-e") : QString::fromLatin1(known->arguments);
    return arguments.split(u' ', Qt::SkipEmptyParts);
}

QStringList findTerminal(const QProcessEnvironment &environment)
{
    QStringList names;
    if (const QString own = environment.value(QStringLiteral("TERMINAL")); !own.isEmpty())
        names.append(own);
    for (const Terminal &terminal : terminals)
        names.append(QString::fromLatin1(terminal.program));
    for (const QString &name : names) {
        if (const QString path = executable(name, environment); !path.isEmpty())
            return QStringList(path) + argumentsOf(path);
    }
    return {};
}

/// For a shell.
QString quoted(QString text)
{
    return u'\'' + text.replace(u'\'', QStringLiteral("'\\''")) + u'\'';
}

} // namespace

PsqlTerminal::PsqlTerminal(const QProcessEnvironment &environment)
    : m_environment(environment)
    , m_psql(executable(QStringLiteral("psql"), environment))
    , m_terminal(findTerminal(environment))
    , m_display(environment.contains(QStringLiteral("DISPLAY"))
                || environment.contains(QStringLiteral("WAYLAND_DISPLAY")))
{
}

QString PsqlTerminal::problem() const
{
    if (m_psql.isEmpty())
        return Words::tr("psql is not installed");
    if (m_terminal.isEmpty())
        return Words::tr("no terminal was found; $TERMINAL names one");
    if (!m_display)
        return Words::tr("there is no display for a terminal");
    return {};
}

Result<void> PsqlTerminal::open(const QString &conninfo, const QString &prompt) const
{
    auto parsed = pg::Conninfo::parse(conninfo);
    if (!parsed)
        return Failure(parsed.error());
    QString script = QStringLiteral("#!/bin/sh\nrm -f -- \"$0\"\n");
    const std::pair<QString, QString> secrets[] = {
        {QStringLiteral("password"), QStringLiteral("PGPASSWORD")},
        // No variable: psql asks for it.
        {QStringLiteral("sslpassword"), QString()},
    };
    for (const auto &[keyword, variable] : secrets) {
        if (const QString value = parsed->value(keyword); !value.isEmpty() && !variable.isEmpty())
            script += QStringLiteral("export %1=%2\n").arg(variable, quoted(value));
        parsed->remove(keyword);
    }
    // A percent sign means something in a prompt, and nothing of a name shall.
    QString shown = prompt;
    shown.remove(u'%');
    script += QStringLiteral("export PGAPPNAME=shardhelm/psql\n%1 -v PROMPT1=%2 -d %3\n"
                             "status=$?\n"
                             // The window would be gone before the reason can be read.
                             "[ $status -eq 0 ] || { printf '\\npsql: %s. Enter closes. ' $status; read -r _; }\n")
                  .arg(quoted(m_psql), quoted(shown + QStringLiteral(" %/%R%x%# ")), quoted(parsed->toString()));
    QTemporaryFile file(QDir::tempPath() + QStringLiteral("/shardhelm-psql-XXXXXX.sh"));
    file.setAutoRemove(false);
    if (!file.open() || file.write(script.toUtf8()) < 0 || !file.flush()
        || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        return fail(ErrorCode::FileUnwritable, file.fileName(), file.errorString());
    file.close();
    QProcess process;
    process.setProgram(m_terminal.first());
    process.setArguments(m_terminal.mid(1) + QStringList{QStringLiteral("/bin/sh"), file.fileName()});
    process.setProcessEnvironment(m_environment);
    if (!process.startDetached()) {
        file.remove();
        return fail(ErrorCode::ProgramFailed, m_terminal.first(), process.errorString());
    }
    return {};
}

} // namespace shardhelm
