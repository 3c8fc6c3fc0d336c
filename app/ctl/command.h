// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/wait.h"
#include "export/table.h"

#include <QCoreApplication>
#include <QJsonValue>
#include <QMultiMap>
#include <QSet>
#include <QString>
#include <QStringList>

#include <functional>
#include <stop_token>
#include <vector>

namespace shardhelm::pg {
class PasswordSource;
}

namespace shardhelm::ctl {

/// Translation context of shardhelmctl: Text::tr("…").
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ctl)
};

/// Exit codes. When several apply, the first of 2, 4, 1, 5, 3, 0 wins.
enum class Exit { Done = 0, Failed = 1, Usage = 2, Partial = 3, Refused = 4, Differences = 5 };

/// The one that wins of two.
Exit worse(Exit a, Exit b);
/// The exit code of a command that ended with `error`.
Exit exitOf(const Error &error);

/// One option of a command. Help, completion and the man page are made from it.
struct Option
{
    QString name; ///< without dashes; one letter: written with one dash, "-o FILE"
    /// Placeholder of its value, e.g. "FILE"; empty for a switch. In brackets, "[S]", the value may be left out: the
    /// option then has the default value, and the next argument is its value only when it is a number.
    /// Completion offers files for FILE and F, folders for DIR and D, instances for INSTANCE and I.
    QString value{};
    QString help{}; ///< a phrase without full stop
    QString defaultValue{}; ///< shown in the help
    QStringList choices{}; ///< the only values accepted, offered by completion; empty: any
    bool repeated = false;
    bool required = false;
};

/// A positional argument.
struct Argument
{
    QString name; ///< placeholder, e.g. "NAME"; completion reads it as it reads Option::value
    QString help{};
    bool optional = false;
    bool repeated = false; ///< the last one may take the rest
    QStringList choices{}; ///< the only values accepted, offered by completion; empty: any
};

/// What a command was called with, checked against its table, and where its output goes.
class Invocation
{
public:
    QStringList arguments;
    QMultiMap<QString, QString> options; ///< by option name, defaults filled in; a switch given has the value "true"
    QSet<QString> given{}; ///< names of the options that stood on the command line
    std::stop_token stop{}; ///< requested by Ctrl+C and SIGTERM
    pg::PasswordSource *passwords = nullptr; ///< for what libpq does not find in its own places: the keychain

    /// Whether the option has a value: given, or by default.
    [[nodiscard]] bool has(const QString &option) const { return options.contains(option); }
    [[nodiscard]] QString value(const QString &option) const { return options.value(option); }
    [[nodiscard]] QStringList values(const QString &option) const; ///< in the order given
    /// The value as a number within [minimum, maximum]; UsageBad otherwise.
    [[nodiscard]] Result<qint64> number(const QString &option, qint64 minimum, qint64 maximum) const;
    /// The value in seconds, decimals allowed, within [minimum, maximum]; UsageBad otherwise.
    [[nodiscard]] Result<Milliseconds> seconds(const QString &option, Milliseconds minimum, Milliseconds maximum) const;

    [[nodiscard]] bool strict() const { return has(QStringLiteral("strict")); }
    [[nodiscard]] bool quiet() const { return has(QStringLiteral("quiet")); }
    [[nodiscard]] bool json() const { return value(QStringLiteral("format")) == QLatin1StringView("json"); }
    /// Path of the cluster file by --cluster, $SHARDHELM_CLUSTER or the default place.
    [[nodiscard]] QString clusterFilePath() const;
    /// Ends after `timeout`; a stop is requested by Ctrl+C and SIGTERM.
    [[nodiscard]] Wait wait(Milliseconds timeout) const;

    /// Data on stdout in the format asked for. JSON wraps it in the envelope {version, complete, warnings, data}.
    void print(const Table &table, bool complete = true, const QStringList &warnings = {}) const;
    /// One document that is not a list; in other formats `table` is printed.
    void print(const QJsonValue &data, const Table &table, bool complete = true,
               const QStringList &warnings = {}) const;
    /// One line of a stream: the JSON envelope without line breaks, sent at once. For --format json.
    void printLine(const QJsonValue &data, bool complete = true, const QStringList &warnings = {}) const;
    /// A sentence on stderr, not with --quiet.
    void say(const QString &sentence) const;
    /// The same for a step of something long, only when stderr is a terminal.
    void progress(const QString &sentence) const;
    /// The error's sentence and advice on stderr; the exit code to return.
    Exit fail(const Error &error) const;
};

/// One command, e.g. "demo up".
struct Command
{
    QString name; ///< words separated by one space
    QString summary; ///< one line, no full stop
    std::vector<Argument> arguments{};
    std::vector<Option> options{}; ///< beside the common ones
    std::function<Exit(const Invocation &)> run;
    QString description{}; ///< paragraphs for help and man page, separated by an empty line
};

/// The options every command has.
std::vector<Option> commonOptions();

/// Every command of the program: the groups below, one line each in commands.cpp.
std::vector<Command> allCommands();

/// Commands by group; each group lives in a file of its own (demo.cpp, directory.cpp, …).
std::vector<Command> demoCommands();
std::vector<Command> demoLoadCommands(); ///< demo load, demo check
std::vector<Command> directoryCommands();
std::vector<Command> instanceCommands();
std::vector<Command> locateCommands();
std::vector<Command> sessionCommands(); ///< sessions
std::vector<Command> signalCommands(); ///< cancel, terminate
std::vector<Command> markerCommands();
std::vector<Command> recordCommands(); ///< record, replay
std::vector<Command> reportCommands();
std::vector<Command> statusCommands(); ///< status, map
std::vector<Command> watchCommands();
std::vector<Command> alertCommands(); ///< alerts list, ack, mute, unmute
std::vector<Command> journalCommands();
std::vector<Command> helpCommands(); ///< help, completion, man

} // namespace shardhelm::ctl
