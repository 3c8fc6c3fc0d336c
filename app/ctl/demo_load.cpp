// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"

#include "cluster/clusterfile.h"
#include "demo/check.h"
#include "demo/demofolder.h"
#include "demo/load.h"
#include "demo_folder.h"
#include "demo_loadtable.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>

#include <cstdio>

#include <unistd.h>

namespace shardhelm::ctl {

namespace {

constexpr Milliseconds longestLoad(std::chrono::hours(24 * 365));
constexpr Milliseconds checkTime(std::chrono::hours(6));
constexpr qint64 mostClients = 1000;
constexpr double highestRate = 1'000'000;

Option ledgerOption(const QString &help)
{
    Option option{QStringLiteral("ledger"), QStringLiteral("FILE"), help};
    option.required = true;
    return option;
}

QString ledgerPath(const Invocation &call)
{
    return QDir::current().absoluteFilePath(call.value(QStringLiteral("ledger")));
}

/// The cluster file of the demo in --dir.
Result<QString> fileOfFolder(const Invocation &call)
{
    const auto path = demoFolderOf(call);
    if (!path)
        return Failure(path.error());
    const auto folder = demo::DemoFolder::open(*path);
    if (!folder)
        return Failure(folder.error());
    return folder->clusterFile();
}

/// The cluster to work on: --cluster, else the demo in --dir. Not $SHARDHELM_CLUSTER: a load that writes goes nowhere
/// by accident.
Result<cluster::ClusterFile> loadTarget(const Invocation &call)
{
    const bool named = call.given.contains(QStringLiteral("cluster"));
    const auto path = named ? Result<QString>(call.clusterFilePath()) : fileOfFolder(call);
    if (!path)
        return Failure(path.error());
    return cluster::readClusterFile(*path);
}

/// The cluster to check: --cluster, --dir, else the one that the ledger names.
Result<cluster::ClusterFile> checkTarget(const Invocation &call)
{
    Result<QString> path;
    if (call.given.contains(QStringLiteral("cluster")))
        path = call.clusterFilePath();
    else if (call.given.contains(QStringLiteral("dir")))
        path = fileOfFolder(call);
    else
        path = demo::clusterFileOfLedger(ledgerPath(call));
    if (!path)
        return Failure(path.error());
    return cluster::readClusterFile(*path);
}

Result<double> rateOf(const Invocation &call)
{
    if (!call.has(QStringLiteral("rate")))
        return 0;
    bool isNumber = false;
    const QString text = call.value(QStringLiteral("rate"));
    const double rate = text.toDouble(&isNumber);
    if (!isNumber || !(rate > 0) || rate > highestRate)
        return fail(ErrorCode::UsageBad, QStringLiteral("--rate"), text,
                    {Text::tr("a number above 0, at most %1").arg(highestRate, 0, 'f', 0)});
    return rate;
}

Result<demo::LoadOptions> loadOptions(const Invocation &call)
{
    demo::LoadOptions options;
    const auto clients = call.number(QStringLiteral("clients"), 1, mostClients);
    if (!clients)
        return Failure(clients.error());
    options.clients = static_cast<int>(*clients);
    const auto rate = rateOf(call);
    if (!rate)
        return Failure(rate.error());
    options.rate = *rate;
    if (call.has(QStringLiteral("duration"))) {
        const auto duration = call.seconds(QStringLiteral("duration"), Milliseconds(100), longestLoad);
        if (!duration)
            return Failure(duration.error());
        options.duration = *duration;
    }
    options.ledger = ledgerPath(call);
    return options;
}

/// One line on the terminal that is written over and over.
class ProgressLine
{
public:
    explicit ProgressLine(const Invocation &call)
        : m_shown(!call.quiet() && ::isatty(STDERR_FILENO) == 1)
    {
    }
    ~ProgressLine() { end(); }
    ProgressLine(const ProgressLine &) = delete;
    ProgressLine &operator=(const ProgressLine &) = delete;

    void show(const QString &line)
    {
        if (!m_shown)
            return;
        std::fprintf(stderr, "\r\x1b[K%s", line.toUtf8().constData());
        std::fflush(stderr);
        m_open = true;
    }
    void end()
    {
        if (std::exchange(m_open, false))
            std::fputs("\n", stderr);
    }

private:
    bool m_shown;
    bool m_open = false;
};

Exit load(const Invocation &call)
{
    const auto options = loadOptions(call);
    if (!options)
        return call.fail(options.error());
    const auto file = loadTarget(call);
    if (!file)
        return call.fail(file.error());
    ProgressLine line(call);
    const auto loaded = demo::runLoad(
        *file, *options, call.stop, [&line](const demo::LoadProgress &progress) { line.show(progressText(progress)); });
    line.end();
    if (!loaded) {
        const Exit exit = call.fail(loaded.error());
        const ErrorCode code = loaded.error().code;
        if ((code == ErrorCode::DiskFull || code == ErrorCode::FileUnwritable)
            && loaded.error().subject == options->ledger && QFile::exists(options->ledger))
            call.say(Text::tr("The load has stopped; the ledger is valid up to here and can be checked."));
        return exit;
    }
    QStringList warnings;
    if (loaded->totals.unknown > 0) {
        warnings.append(Text::tr("The outcome of %1 operations is not known: their servers could not be asked")
                            .arg(loaded->totals.unknown));
    }
    if (loaded->totals.refused > 0)
        warnings.append(Text::tr("%1 operations were given up without effect").arg(loaded->totals.refused));
    for (const QString &warning : std::as_const(warnings))
        call.say(warning);
    call.print(loadJson(*loaded, options->ledger), loadTable(*loaded), true, warnings);
    return Exit::Done;
}

/// Writes every offence to a file that appears when it is whole.
class OffenceFile
{
public:
    explicit OffenceFile(const QString &path)
        : m_file(path)
    {
    }
    Result<void> open()
    {
        if (!m_file.open(QIODevice::WriteOnly))
            return fail(ErrorCode::FileUnwritable, m_file.fileName(), m_file.errorString());
        m_file.write(offenceTable({}).toTsv());
        return {};
    }
    void add(const demo::Offence &offence)
    {
        const QByteArray lines = offenceTable({offence}).toTsv();
        m_file.write(lines.sliced(lines.indexOf('\n') + 1));
    }
    Result<void> commit()
    {
        if (!m_file.flush() || !m_file.commit())
            return fail(ErrorCode::FileUnwritable, m_file.fileName(), m_file.errorString());
        return {};
    }

private:
    QSaveFile m_file;
};

/// How the check ended, by its figures.
Exit exitOf(const Invocation &call, const demo::CheckResult &checked)
{
    if (!checked.isClean())
        return Exit::Differences;
    if (!checked.isComplete())
        return call.strict() ? Exit::Failed : Exit::Partial;
    return Exit::Done;
}

void print(const Invocation &call, const demo::CheckResult &checked)
{
    QStringList warnings;
    for (const QString &instance : checked.unreachable)
        warnings.append(Text::tr("Instance %1 cannot be reached: its rows are not checked").arg(instance));
    for (const QString &warning : std::as_const(warnings))
        call.say(warning);
    const bool forPeople = call.value(QStringLiteral("format")) == u"table";
    if (forPeople && !checked.offences.empty())
        call.print(offenceTable(checked.offences), checked.isComplete());
    call.print(checkJson(checked), forPeople ? checkSummary(checked) : checkTable(checked), checked.isComplete(),
               warnings);
}

Exit check(const Invocation &call)
{
    const auto file = checkTarget(call);
    if (!file)
        return call.fail(file.error());
    demo::CheckOptions options;
    options.ledger = ledgerPath(call);
    std::optional<OffenceFile> list;
    if (call.has(QStringLiteral("list"))) {
        list.emplace(QDir::current().absoluteFilePath(call.value(QStringLiteral("list"))));
        if (const auto opened = list->open(); !opened)
            return call.fail(opened.error());
        options.offenceFound = [&list](const demo::Offence &offence) { list->add(offence); };
    }
    const auto checked = demo::runCheck(*file, options, call.wait(checkTime));
    if (!checked)
        return call.fail(checked.error());
    if (list) {
        if (const auto written = list->commit(); !written)
            return call.fail(written.error());
    }
    print(call, *checked);
    return exitOf(call, *checked);
}

} // namespace

std::vector<Command> demoLoadCommands()
{
    const Option folder = demoFolderOption();
    return {
        {.name = QStringLiteral("demo load"),
         .summary = Text::tr("Work on the demo's tables as an application would, and keep a ledger"),
         .options = {folder,
                     {QStringLiteral("clients"), QStringLiteral("N"), Text::tr("clients at the same time"),
                      QStringLiteral("8")},
                     {QStringLiteral("rate"), QStringLiteral("TPS"),
                      Text::tr("operations per second of all clients together; without it as many as possible")},
                     {QStringLiteral("duration"), QStringLiteral("S"),
                      Text::tr("seconds to work; without it until Ctrl+C")},
                     ledgerOption(Text::tr("file that says what was done; made, or continued"))},
         .run = load,
         .description = Text::tr(
             "Clients read, insert, change and delete rows of the demo's tenants at several isolation levels, the "
             "largest tenant most often. They follow the router contract of the directory. Every operation has a UUID "
             "that is in the ledger before it is sent, so that demo check can prove what became of it, whatever "
             "happens meanwhile to servers, directory, moves and the load itself.\n\nThe cluster is the demo in --dir, "
             "or the one of --cluster if it has the demo's tables; never a production cluster. A ledger belongs to the "
             "cluster it was made on, and is continued there only.")},
        {.name = QStringLiteral("demo check"),
         .summary = Text::tr("Compare a ledger with what the cluster holds"),
         .options = {folder,
                     ledgerOption(Text::tr("ledger that demo load has written")),
                     {QStringLiteral("list"), QStringLiteral("FILE"),
                      Text::tr("write everything found wrong to this file, as TSV")}},
         .run = check,
         .description = Text::tr(
             "Reads every copy of the demo's tables and finds acknowledged operations that are lost, operations that "
             "are there more than once, rows on the wrong instance or in the wrong schema, and effects of operations "
             "that were refused (exit code 5). An operation without an outcome in the ledger may have happened or "
             "not. Stale reads are counted and no fault.\n\nThe cluster is that of --cluster or --dir, else the one "
             "the ledger was made on; on another one the check is refused. The first hundred findings are printed.")},
    };
}

} // namespace shardhelm::ctl
