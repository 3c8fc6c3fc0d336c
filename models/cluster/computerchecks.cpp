// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/computerchecks.h"

#include "core/wait.h"
#include "pg/library.h"
#include "pg/programs.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>

namespace shardhelm {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ComputerChecks)
};

constexpr Milliseconds patience{5000};

/// "15.20" of "pg_dump (PostgreSQL) 15.20 (Debian …)"; empty when the program cannot be run.
QString versionOf(const QString &program, const std::stop_token &stop)
{
    const auto output = pg::runServerProgram(program, {QStringLiteral("--version")}, Wait::forDuration(patience, stop));
    if (!output)
        return {};
    static const QRegularExpression number(QStringLiteral(R"((\d+(?:\.\d+)*))"));
    return number.match(QString::fromUtf8(*output)).captured(1);
}

ComputerCheck checkLibrary()
{
    const int version = pg::libraryVersion();
    const QString text = QStringLiteral("%1.%2").arg(version / 10000).arg(version % 10000);
    ComputerCheck check{QStringLiteral("libpq"), Words::tr("%1, SCRAM logins").arg(text), version >= 150000, {}};
    if (!check.fine) {
        check.finding = Words::tr("%1 is older than 15").arg(text);
        check.remedy = Words::tr("Install libpq5 of PostgreSQL 15 or later.");
    }
    return check;
}

/// Programs that stand beside each other in the newest installation.
ComputerCheck checkPrograms(const QStringList &names, const QString &goodFor, const QString &remedy,
                            const std::stop_token &stop)
{
    ComputerCheck check{names.join(QStringLiteral(", ")), {}, false, remedy};
    const auto folder = pg::serverProgramFolder();
    if (!folder) {
        check.finding = Words::tr("not found: %1 is not possible here").arg(goodFor);
        return check;
    }
    for (const QString &name : names) {
        if (!QFileInfo(*folder % u'/' % name).isExecutable()) {
            check.finding = Words::tr("%1 is missing in %2").arg(name, *folder);
            return check;
        }
    }
    const QString version = versionOf(*folder % u'/' % names.front(), stop);
    check.fine = !version.isEmpty();
    check.finding =
        check.fine ? Words::tr("%1: %2").arg(version, goodFor) : Words::tr("%1 cannot be run").arg(names.front());
    if (check.fine)
        check.remedy.clear();
    return check;
}

ComputerCheck checkKeychain()
{
    const QString bus = qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS");
    const QString runtime = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    const bool present = !bus.isEmpty() || (!runtime.isEmpty() && QFileInfo::exists(runtime % QStringLiteral("/bus")));
    if (present)
        return {Words::tr("System keychain"), Words::tr("session bus found: passwords can be kept there"), true, {}};
    return {Words::tr("System keychain"),
            Words::tr("not running: passwords come from ~/.pgpass or are asked for and not kept"), false,
            Words::tr("Start a keychain such as GNOME Keyring or KWallet in your session, or put passwords into "
                      "~/.pgpass (mode 0600).")};
}

} // namespace

ComputerChecks::ComputerChecks(QObject *parent)
    : QObject(parent)
{
}

ComputerChecks::~ComputerChecks() = default;

void ComputerChecks::start()
{
    if (m_running)
        return;
    m_running = true;
    m_thread = std::jthread([this](const std::stop_token &stop) {
        const QString install = Words::tr("Install the package postgresql-15 or later.");
        std::vector<ComputerCheck> results{
            checkLibrary(),
            checkPrograms({QStringLiteral("pg_dump"), QStringLiteral("pg_restore")}, Words::tr("moves of shards"),
                          install, stop),
            checkPrograms({QStringLiteral("initdb"), QStringLiteral("pg_ctl")}, Words::tr("demo and embedded scratch"),
                          install, stop),
            checkKeychain(),
        };
        QMetaObject::invokeMethod(this, [this, results = std::move(results)] {
            m_results = results;
            m_running = false;
            Q_EMIT finished();
        });
    });
}

} // namespace shardhelm
