// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/backgroundsession.h"
#include "support/testfleet.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryFile>
#include <QTest>

#include <csignal>

#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace shardhelm;
using namespace shardhelm::test;

namespace {

struct Outcome
{
    int code = -1;
    QByteArray out;
    QByteArray err;

    [[nodiscard]] QJsonObject document() const { return QJsonDocument::fromJson(out).object(); }
    [[nodiscard]] QJsonArray rows() const { return document().value(QLatin1StringView("data")).toArray(); }
};

QString text(const QJsonValue &row, const char *key)
{
    return row.toObject().value(QLatin1StringView(key)).toString();
}

} // namespace

/// `sessions`, `cancel` and `terminate` of the real program on a real fleet.
class TestSessions : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<TestFleet> m_fleet;

    [[nodiscard]] QStringList withCluster(const QStringList &arguments) const
    {
        if (arguments.contains(QStringLiteral("--cluster")))
            return arguments;
        return arguments + QStringList{QStringLiteral("--cluster"), m_fleet->clusterFilePath()};
    }
    [[nodiscard]] Outcome run(const QStringList &arguments) const
    {
        QProcess process;
        process.start(QStringLiteral(SHARDHELMCTL), withCluster(arguments));
        process.closeWriteChannel();
        if (!process.waitForFinished(60000) || process.exitStatus() != QProcess::NormalExit)
            return {};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }
    /// On a terminal, with `typed` as what is typed there; output and errors come together.
    [[nodiscard]] Outcome runOnTerminal(const QStringList &arguments, const QByteArray &typed) const
    {
        std::vector<QByteArray> words{SHARDHELMCTL};
        for (const QString &word : withCluster(arguments))
            words.push_back(word.toUtf8());
        std::vector<char *> argv;
        for (QByteArray &word : words)
            argv.push_back(word.data());
        argv.push_back(nullptr);
        int terminal = -1;
        const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
        if (child == 0) {
            ::execv(argv.front(), argv.data());
            ::_exit(127);
        }
        Outcome outcome;
        char buffer[4096];
        bool answered = false;
        for (ssize_t got = 0; (got = ::read(terminal, buffer, sizeof buffer)) > 0;) {
            outcome.out.append(buffer, got);
            const bool asked = outcome.out.contains("[y/N]") || outcome.out.contains("Type the name");
            if (asked && !answered)
                answered = ::write(terminal, typed.constData(), static_cast<size_t>(typed.size())) == typed.size();
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        ::close(terminal);
        outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        return outcome;
    }
    [[nodiscard]] QJsonObject session(int pid, const QStringList &more = {}) const
    {
        const Outcome outcome = run(
            QStringList{QStringLiteral("sessions"), QStringLiteral("--format=json"), QStringLiteral("--instance=two")}
            + more);
        for (const QJsonValue &row : outcome.rows()) {
            if (row.toObject().value(QLatin1StringView("pid")).toInt() == pid)
                return row.toObject();
        }
        return {};
    }
    [[nodiscard]] QString idOfRunning(int pid) const
    {
        QString id;
        [&] {
            QTRY_VERIFY_WITH_TIMEOUT(
                [&] {
                    const QJsonObject row = session(pid);
                    id = text(row, "session");
                    return text(row, "state") == QLatin1StringView("active");
                }(),
                30000);
        }();
        return id;
    }
    [[nodiscard]] bool isThere(int pid) const
    {
        return !m_fleet->two.run("SELECT FROM pg_stat_activity WHERE pid = " + QByteArray::number(pid)).isEmpty();
    }
    [[nodiscard]] qint64 operations() const
    {
        return m_fleet->directory.run("SELECT count(*) FROM shardhelm.operation WHERE what LIKE 'session %'")
            .integer(0, 0);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_fleet = std::make_unique<TestFleet>();
        m_fleet->two.run("CREATE TABLE pile (id int PRIMARY KEY); INSERT INTO pile VALUES (1)");
    }
    void cleanupTestCase() { m_fleet.reset(); }

    void listsSessionsOfTheFleet()
    {
        const BackgroundSession busy(m_fleet->two.connect(), "SELECT pg_sleep(600), 'secret'");
        const QString id = idOfRunning(busy.pid);
        const QJsonObject row = session(busy.pid);
        QCOMPARE(id, QStringLiteral("two:%1@%2").arg(busy.pid).arg(text(row, "backend_start")));
        QCOMPARE(text(row, "query"), QStringLiteral("SELECT pg_sleep($1), $2"));
        QVERIFY(row.value(QLatin1StringView("query_age_seconds")).toDouble() > 0);
        QVERIFY(row.value(QLatin1StringView("blocked_by")).toArray().isEmpty());
        QCOMPARE(session(busy.pid, {QStringLiteral("--state=waiting")}), QJsonObject());
        QCOMPARE(text(session(busy.pid, {QStringLiteral("--state=running")}), "session"), id);

        const Outcome csv = run({QStringLiteral("sessions"), QStringLiteral("--format=csv")});
        QCOMPARE(csv.code, 0);
        QVERIFY(csv.out.startsWith("session,instance,pid,backend_start,role,"));
        QVERIFY(csv.out.contains(id.toUtf8()));
        const Outcome people = run({QStringLiteral("sessions")});
        QVERIFY(people.out.startsWith("SESSION"));
        QVERIFY(people.out.contains(id.toUtf8()) && !people.out.contains("secret"));
        QCOMPARE(run({QStringLiteral("sessions"), QStringLiteral("--instance=nobody")}).code, 2);
    }

    void showsTreesOfLocks()
    {
        pg::Connection holder = m_fleet->two.connect();
        QVERIFY(holder.run("BEGIN; LOCK TABLE pile IN ACCESS EXCLUSIVE MODE", soon()));
        const BackgroundSession waiter(m_fleet->two.connect(), "SELECT * FROM pile");
        const QStringList blocked{QStringLiteral("sessions"), QStringLiteral("--blocked"),
                                  QStringLiteral("--format=json")};
        QJsonArray rows;
        QTRY_VERIFY_WITH_TIMEOUT((rows = run(blocked).rows()).size() == 2, 30000);
        QCOMPARE(rows.at(0).toObject().value(QLatin1StringView("pid")).toInt(), holder.backendPid());
        QCOMPARE(rows.at(0).toObject().value(QLatin1StringView("blocks")).toInt(), 1);
        QCOMPARE(rows.at(1).toObject().value(QLatin1StringView("level")).toInt(), 1);
        QCOMPARE(text(rows.at(1), "lock_relation"), QStringLiteral("pile"));
        QCOMPARE(text(rows.at(1), "lock_mode"), QStringLiteral("AccessShareLock"));
        const Outcome people = run({QStringLiteral("sessions"), QStringLiteral("--blocked")});
        QVERIFY(people.out.contains(QByteArray("\n  two:" + QByteArray::number(waiter.pid) + '@')));
    }

    void saysWhatItWouldDo()
    {
        const QString id = QStringLiteral("two:4711@2026-11-20 03:11:08.5+00");
        const Outcome outcome = run({QStringLiteral("terminate"), id, id, QStringLiteral("--dry-run")});
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.out,
                 QByteArray("-- two\nSELECT state, query_start::text, pg_terminate_backend(pid) FROM pg_stat_activity "
                            "WHERE pid = 4711 AND backend_start = '2026-11-20T03:11:08.500000Z';\n\n"));
        for (const char *bad : {"two:4711", "4711@2026-11-20T03:11:08Z", "two:x@2026-11-20T03:11:08Z",
                                "two:1@yesterday", "two:1@2026-11-20T03:11:08' OR true --Z"})
            QCOMPARE(run({QStringLiteral("cancel"), QString::fromLatin1(bad), QStringLiteral("--yes")}).code, 2);
    }

    void cancelsAndTerminates()
    {
        const BackgroundSession busy(m_fleet->two.connect(), "SELECT pg_sleep(600)");
        const QString id = idOfRunning(busy.pid);
        const qint64 before = operations();
        const QStringList json{QStringLiteral("--format=json"), QStringLiteral("--timeout=20")};
        // Without a terminal and a yes nothing happens.
        QCOMPARE(run({QStringLiteral("cancel"), id}).code, 4);
        QCOMPARE(text(session(busy.pid), "state"), QStringLiteral("active"));

        const Outcome cancelled = run(QStringList{QStringLiteral("cancel"), id, QStringLiteral("--yes")} + json);
        QCOMPARE(cancelled.code, 0);
        QCOMPARE(text(cancelled.rows().at(0), "outcome"), QStringLiteral("statement ended"));
        QVERIFY(isThere(busy.pid));
        const Outcome again = run(QStringList{QStringLiteral("cancel"), id, QStringLiteral("--yes")} + json);
        QCOMPARE(text(again.rows().at(0), "outcome"), QStringLiteral("nothing ran"));

        // A session that went before its pid came again is left alone, one of another cluster is unknown.
        const QString other = QStringLiteral("two:%1@2001-01-01T00:00:00Z").arg(busy.pid);
        const Outcome missed = run(QStringList{QStringLiteral("terminate"), other, QStringLiteral("--yes")} + json);
        QCOMPARE(missed.code, 0);
        QCOMPARE(text(missed.rows().at(0), "outcome"), QStringLiteral("already gone"));
        QVERIFY(isThere(busy.pid));
        const QString nobody = QStringLiteral("nobody:1@2001-01-01T00:00:00Z");
        QCOMPARE(run({QStringLiteral("terminate"), nobody, QStringLiteral("--yes")}).code, 2);

        const Outcome ended = run(QStringList{QStringLiteral("terminate"), id, QStringLiteral("--yes")} + json);
        QCOMPARE(ended.code, 0);
        QCOMPARE(text(ended.rows().at(0), "outcome"), QStringLiteral("gone"));
        QVERIFY(!isThere(busy.pid));
        QCOMPARE(operations(), before + 4);
        const pg::Rows last =
            m_fleet->directory.run("SELECT what, detail->>'session', detail->>'outcome', detail->>'instance' "
                                   "FROM shardhelm.operation ORDER BY id DESC LIMIT 1");
        QCOMPARE(last.text(0, 0), QStringLiteral("session terminate"));
        QCOMPARE(last.text(0, 1), id);
        QCOMPARE(last.text(0, 2), QStringLiteral("gone"));
        QCOMPARE(last.text(0, 3), QStringLiteral("two"));
    }

    void asksOnATerminal()
    {
        const BackgroundSession busy(m_fleet->two.connect(), "SELECT pg_sleep(600)");
        const QString id = idOfRunning(busy.pid);
        const Outcome no = runOnTerminal({QStringLiteral("cancel"), id}, "n\n");
        QCOMPARE(no.code, 4);
        QVERIFY2(no.out.contains("pg_cancel_backend(pid)"), no.out.constData());
        QVERIFY(no.out.contains("SELECT pg_sleep($1)"));
        QCOMPARE(text(session(busy.pid), "state"), QStringLiteral("active"));
        // A production cluster wants its name for what cannot be undone.
        QFile file(m_fleet->clusterFilePath());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray content = file.readAll();
        QVERIFY(content.contains("\"development\""));
        QTemporaryFile production;
        QVERIFY(production.open());
        production.write(QByteArray(content).replace("\"development\"", "\"production\""));
        production.close();
        const QStringList terminate{QStringLiteral("terminate"), id, QStringLiteral("--cluster"),
                                    production.fileName()};
        QCOMPARE(runOnTerminal(terminate, "y\n").code, 4);
        QVERIFY(isThere(busy.pid));
        const QByteArray name = m_fleet->directory.run("SELECT name FROM shardhelm.cluster").text(0, 0).toUtf8();
        QCOMPARE(runOnTerminal(terminate, name + '\n').code, 0);
        QVERIFY(!isThere(busy.pid));
    }

    void saysWhyAFullServerDoesNotAnswer()
    {
        m_fleet->two.run("CREATE ROLE app LOGIN; GRANT pg_read_all_stats TO app");
        std::vector<pg::Connection> all;
        pg::ConnectSpec spec;
        spec.name = QStringLiteral("two");
        spec.conninfo = m_fleet->two.conninfo() + QStringLiteral(" user=app");
        spec.purpose = QStringLiteral("flood");
        while (auto connection = pg::Connection::open(spec, soon()))
            all.push_back(std::move(*connection));
        QVERIFY(!all.empty());
        // The superuser of the fleet's conninfo has connections of its own.
        const Outcome reserved = run({QStringLiteral("sessions"), QStringLiteral("--format=json")});
        QCOMPARE(reserved.code, 0);
        QVERIFY(reserved.rows().size() >= static_cast<qsizetype>(all.size()));
        while (true) {
            spec.conninfo = m_fleet->two.conninfo();
            auto connection = pg::Connection::open(spec, soon());
            if (!connection)
                break;
            all.push_back(std::move(*connection));
        }
        const Outcome full = run({QStringLiteral("sessions"), QStringLiteral("--format=json")});
        QCOMPARE(full.code, 3);
        const QString warning = full.document().value(QLatin1StringView("warnings")).toArray().at(0).toString();
        QVERIFY2(warning.contains(QLatin1StringView("reserved")) && warning.contains(QLatin1StringView("watch")),
                 qPrintable(warning));
    }

    void aHungServerIsMissing()
    {
        m_fleet->two.signal(SIGSTOP);
        const Outcome outcome =
            run({QStringLiteral("sessions"), QStringLiteral("--format=json"), QStringLiteral("--timeout=3")});
        const Outcome strict =
            run({QStringLiteral("sessions"), QStringLiteral("--strict"), QStringLiteral("--timeout=3")});
        const Outcome failed = run({QStringLiteral("cancel"), QStringLiteral("two:1@2001-01-01T00:00:00Z"),
                                    QStringLiteral("--yes"), QStringLiteral("--timeout=1")});
        m_fleet->two.signal(SIGCONT);
        QCOMPARE(outcome.code, 3);
        QCOMPARE(outcome.document().value(QLatin1StringView("complete")).toBool(true), false);
        QCOMPARE(strict.code, 1);
        QCOMPARE(failed.code, 1);
    }
};

QTEST_GUILESS_MAIN(TestSessions)
#include "tst_sessions.moc"
