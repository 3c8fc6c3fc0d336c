// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/process.h"
#include "demo/demofolder.h"
#include "demo/demosession.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <optional>

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace shardhelm;

namespace {

/// A file system of its own that is soon full; for root only.
class SmallDisk
{
public:
    SmallDisk(const QString &path, int megabytes)
        : m_path(path)
    {
        const QByteArray size = "mode=0755,size=" + QByteArray::number(megabytes) + 'm';
        const QByteArray name = QFile::encodeName(path);
        m_mounted = geteuid() == 0 && mkdir(name.constData(), 0755) == 0
            && mount("tmpfs", name.constData(), "tmpfs", 0, size.constData()) == 0;
    }
    ~SmallDisk()
    {
        if (m_mounted)
            umount2(QFile::encodeName(m_path).constData(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk &) = delete;
    SmallDisk &operator=(const SmallDisk &) = delete;

    [[nodiscard]] bool isMounted() const { return m_mounted; }
    [[nodiscard]] const QString &path() const { return m_path; }

private:
    QString m_path;
    bool m_mounted = false;
};

} // namespace

/// `shardhelmctl demo …` as a person or a script calls it.
class TestDemoCtl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void wholeLife_data();
    void wholeLife();
    void locatesByEmailAndOrder_data();
    void locatesByEmailAndOrder();
    void interruptLeavesNothing_data();
    void interruptLeavesNothing();
    void breaksUntilInterrupted();
    void tellsFullDisk_data();
    void tellsFullDisk();
    void stopsLoadOnFullDisk();
    void refusesLedgerOfAnother();
    void refusesEmptyFolder_data();
    void refusesEmptyFolder();
    void tellsErrors_data();
    void tellsErrors();

private:
    ProgramOutput run(const QStringList &words, std::optional<SystemUser> user = std::nullopt) const;
    QStringList with(const QStringList &words) const { return words + QStringList{QStringLiteral("--dir"), m_demo}; }
    QStringList smallUp() const;
    pid_t startOnly(const QStringList &words) const;
    QString errorFile() const { return m_folder->filePath(QStringLiteral("errors")); }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_demo;
};

void TestDemoCtl::init()
{
    m_folder = std::make_unique<QTemporaryDir>(QStringLiteral("/tmp/shardhelm ctl XXXXXX"));
    QCOMPARE(chmod(QFile::encodeName(m_folder->path()).constData(), 0755), 0);
    m_demo = m_folder->filePath(QStringLiteral("my demo"));
}

void TestDemoCtl::cleanup()
{
    run(with({QStringLiteral("demo"), QStringLiteral("down"), QStringLiteral("--purge")}));
    m_folder.reset();
}

ProgramOutput TestDemoCtl::run(const QStringList &words, std::optional<SystemUser> user) const
{
    const auto output = runProgram({QStringLiteral(SHARDHELMCTL), words, QStringLiteral("/"), std::move(user)},
                                   Wait::forDuration(std::chrono::seconds(120)));
    return output ? *output : ProgramOutput{-1, {}, output.error().found.toUtf8()};
}

QStringList TestDemoCtl::smallUp() const
{
    return with({QStringLiteral("demo"), QStringLiteral("up"), QStringLiteral("--instances=1"),
                 QStringLiteral("--replicas=0"), QStringLiteral("--logical=4"), QStringLiteral("--tenants=5"),
                 QStringLiteral("--scale=0.1")});
}

/// Starts shardhelmctl without waiting for it; its stderr goes to errorFile().
pid_t TestDemoCtl::startOnly(const QStringList &words) const
{
    QList<QByteArray> bytes{SHARDHELMCTL};
    for (const QString &word : words)
        bytes.append(word.toLocal8Bit());
    std::vector<char *> argv;
    for (QByteArray &word : bytes)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    const QByteArray errors = QFile::encodeName(errorFile());
    const pid_t child = fork();
    if (child == 0) {
        dup2(open(errors.constData(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDERR_FILENO);
        execv(SHARDHELMCTL, argv.data());
        _exit(127);
    }
    return child;
}

void TestDemoCtl::wholeLife_data()
{
    QTest::addColumn<bool>("otherUser");
    QTest::newRow("as we are") << false;
    QTest::newRow("ordinary user") << true;
}

void TestDemoCtl::wholeLife()
{
    QFETCH(bool, otherUser);
    std::optional<SystemUser> user;
    if (otherUser) {
        user = SystemUser::named(QStringLiteral("nobody"));
        if (geteuid() != 0 || !user)
            QSKIP("only root can be an ordinary user as well");
        QCOMPARE(chown(QFile::encodeName(m_folder->path()).constData(), user->uid, user->gid), 0);
        if (run({QStringLiteral("--version")}, user).exitCode != 0)
            QSKIP("the build folder is closed to ordinary users");
    }
    const ProgramOutput up = run(smallUp(), user);
    QVERIFY2(up.exitCode == 0, up.err.constData());
    const QString file = QString::fromUtf8(up.out).trimmed().section(u'\n', -1);
    QCOMPARE(file, m_demo + QStringLiteral("/cluster.toml"));

    const ProgramOutput fleet =
        run({QStringLiteral("status"), QStringLiteral("--cluster"), file, QStringLiteral("--format=json")}, user);
    QVERIFY2(fleet.exitCode == 0, fleet.err.constData());
    const QJsonArray servers = QJsonDocument::fromJson(fleet.out).object().value(u"data").toArray();
    QCOMPARE(servers.size(), 2);

    const QStringList status =
        with({QStringLiteral("demo"), QStringLiteral("status"), QStringLiteral("--format=json")});
    const QJsonArray rows = QJsonDocument::fromJson(run(status, user).out).object().value(u"data").toArray();
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows[0].toObject().value(u"name").toString(), QStringLiteral("a1"));
    QCOMPARE(rows[0].toObject().value(u"state").toString(), QStringLiteral("running"));
    QCOMPARE(rows[1].toObject().value(u"role").toString(), QStringLiteral("directory"));
    const qint64 pid = rows[0].toObject().value(u"pid").toInteger();
    QVERIFY(processAlive(pid));

    const ProgramOutput down =
        run(with({QStringLiteral("demo"), QStringLiteral("down"), QStringLiteral("--purge")}), user);
    QVERIFY2(down.exitCode == 0, down.err.constData());
    QVERIFY(!processAlive(pid));
    QVERIFY(!QFile::exists(m_demo));
}

void TestDemoCtl::locatesByEmailAndOrder_data()
{
    QTest::addColumn<QString>("layout");
    QTest::addColumn<QByteArrayList>("schemas");
    QTest::newRow("schema") << QStringLiteral("schema") << QByteArrayList{"ls_0000", "ls_0001", "ls_0002", "ls_0003"};
    QTest::newRow("rows") << QStringLiteral("rows") << QByteArrayList{"app"};
}

void TestDemoCtl::locatesByEmailAndOrder()
{
    QFETCH(QString, layout);
    QFETCH(QByteArrayList, schemas);
    const ProgramOutput up = run(smallUp() + QStringList{QStringLiteral("--layout"), layout});
    QVERIFY2(up.exitCode == 0, up.err.constData());
    const auto folder = demo::DemoFolder::open(m_demo);
    QVERIFY(folder);
    const Wait wait = Wait::forDuration(std::chrono::seconds(120));
    auto session = demo::openSession(folder->servers().front(), wait, demo::DemoFolder::database());
    QVERIFY(session);
    QByteArrayList parts;
    for (const QByteArray &schema : schemas)
        parts.append("SELECT u.tenant_id, u.email, o.number, '" + schema + "' FROM " + schema + ".users AS u JOIN "
                     + schema + ".orders AS o ON o.tenant_id = u.tenant_id AND o.user_id = u.id");
    const auto rows = session->query(parts.join(" UNION ALL ") + " ORDER BY 1 DESC LIMIT 1", wait);
    QVERIFY(rows && rows->count() == 1);

    const auto locate = [this](const QString &by, const QString &text) {
        return run({QStringLiteral("locate"), text, QStringLiteral("--by"), by, QStringLiteral("--cluster"),
                    m_demo + QStringLiteral("/cluster.toml"), QStringLiteral("--format=json")});
    };
    for (const auto &[by, column] : {std::pair(QStringLiteral("email"), 1), std::pair(QStringLiteral("order"), 2)}) {
        const ProgramOutput found = locate(by, rows->text(0, column));
        QVERIFY2(found.exitCode == 0, found.err.constData());
        const QJsonArray data = QJsonDocument::fromJson(found.out).object().value(u"data").toArray();
        QCOMPARE(data.size(), 1);
        const QJsonObject place = data[0].toObject();
        QCOMPARE(place.value(u"tenant").toString(), rows->text(0, 0));
        QCOMPARE(place.value(u"instance").toString(), QStringLiteral("a1"));
        QCOMPARE(place.value(u"by").toString(), by);
        if (layout == QLatin1StringView("schema"))
            QCOMPARE(place.value(u"schema").toString(), rows->text(0, 3));
        const ProgramOutput nobody = locate(by, QStringLiteral("no' one"));
        QCOMPARE(nobody.exitCode, 1);
        QVERIFY2(nobody.err.contains("no' one"), nobody.err.constData());
    }
}

void TestDemoCtl::interruptLeavesNothing_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("Ctrl+C") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
}

void TestDemoCtl::interruptLeavesNothing()
{
    QFETCH(int, number);
    // So much data that it is not up before the signal comes.
    const pid_t child = startOnly(with({QStringLiteral("demo"), QStringLiteral("up"), QStringLiteral("--instances=1"),
                                        QStringLiteral("--replicas=0"), QStringLiteral("--logical=4"),
                                        QStringLiteral("--tenants=1000"), QStringLiteral("--scale=100")}));
    QVERIFY(child > 0);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(m_demo + QStringLiteral("/a1")), 60000);
    kill(child, number);
    int status = 0;
    QCOMPARE(waitpid(child, &status, 0), child);
    QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) != 0);
    QVERIFY(!QFile::exists(m_demo));
    QFile errors(errorFile());
    QVERIFY(errors.open(QIODevice::ReadOnly));
    const QString said = QString::fromUtf8(errors.readAll());
    QStringList lines = said.split(u'\n');
    QVERIFY2(lines.size() >= 3, qPrintable(said));
    QCOMPARE(lines.mid(lines.size() - 3),
             (QStringList{QStringLiteral("shardhelmctl: Cancelled."),
                          QStringLiteral("Nothing was left in %1.").arg(m_demo),
                          {}}));
    lines.resize(lines.size() - 3);
    // Above may stand the steps that were done before the signal arrived, each once, and nothing else.
    static const QRegularExpression step(QStringLiteral("^(directory|a1): server made and started in \\d+\\.\\d s$"));
    QCOMPARE(lines.filter(step), lines);
    for (const auto &server : {QStringLiteral("a1:"), QStringLiteral("directory:")})
        QVERIFY2(lines.filter(server).size() <= 1, qPrintable(said));
}

void TestDemoCtl::breaksUntilInterrupted()
{
    QCOMPARE(run(smallUp()).exitCode, 0);
    const pid_t child = startOnly(with({QStringLiteral("demo"), QStringLiteral("break"), QStringLiteral("cpu"),
                                        QStringLiteral("a1"), QStringLiteral("--duration=600")}));
    const auto connections = [this] {
        const ProgramOutput fleet = run({QStringLiteral("status"), QStringLiteral("--cluster"),
                                         m_demo + QStringLiteral("/cluster.toml"), QStringLiteral("--format=json")});
        const QJsonObject row = QJsonDocument::fromJson(fleet.out).object().value(u"data").toArray().at(0).toObject();
        return row.value(u"connections").toInt(-1);
    };
    QTRY_VERIFY_WITH_TIMEOUT(connections() > 2, 60000);
    kill(child, SIGINT);
    int status = 0;
    QCOMPARE(waitpid(child, &status, 0), child);
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 0);
    QTRY_COMPARE_WITH_TIMEOUT(connections(), 1, 60000);
}

void TestDemoCtl::tellsFullDisk_data()
{
    // By size it is met by initdb, by a server's start, by a statement, by a server that dies of it, by pg_basebackup.
    QTest::addColumn<int>("megabytes");
    for (const int megabytes : {8, 60, 75, 90, 105, 110, 120, 135, 150})
        QTest::addRow("%d MB", megabytes) << megabytes;
}

void TestDemoCtl::tellsFullDisk()
{
    QFETCH(int, megabytes);
    const SmallDisk disk(m_folder->filePath(QStringLiteral("small")), megabytes);
    if (!disk.isMounted())
        QSKIP("a small file system can be mounted by root only");
    const QString folder = disk.path() + QStringLiteral("/my demo");
    const ProgramOutput up = run({QStringLiteral("demo"), QStringLiteral("up"), QStringLiteral("--instances=2"),
                                  QStringLiteral("--replicas=1"), QStringLiteral("--tenants=20"),
                                  QStringLiteral("--quiet"), QStringLiteral("--dir"), folder});
    const QStringList left = QDir(disk.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    QCOMPARE(up.exitCode, 1);
    QCOMPARE(
        QString::fromUtf8(up.err),
        QStringLiteral("shardhelmctl: The disk is full at %1.\nMake room there and try again; nothing half made was "
                       "left.\n")
            .arg(folder));
    QCOMPARE(left, QStringList());
}

void TestDemoCtl::stopsLoadOnFullDisk()
{
    const SmallDisk disk(m_folder->filePath(QStringLiteral("small")), 1);
    if (!disk.isMounted())
        QSKIP("a small file system can be mounted by root only");
    QCOMPARE(run(smallUp()).exitCode, 0);
    // Most of it is taken already, so that the load meets the end soon on a slow machine, too.
    QFile most(disk.path() + QStringLiteral("/most"));
    QVERIFY(most.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    QCOMPARE(most.write(QByteArray(800 * 1024, 'x')), 800 * 1024);
    most.close();
    const QString ledger = disk.path() + QStringLiteral("/ledger");
    const QStringList load = with({QStringLiteral("demo"), QStringLiteral("load"), QStringLiteral("--duration=100"),
                                   QStringLiteral("--ledger"), ledger});
    const ProgramOutput stopped = run(load);
    QCOMPARE(stopped.exitCode, 1);
    const QString said = QString::fromUtf8(stopped.err);
    QVERIFY2(
        said.startsWith(QStringLiteral("shardhelmctl: The disk is full at %1: No space left on device.").arg(ledger)),
        stopped.err.constData());
    QVERIFY2(said.contains(u"valid up to here") && !said.contains(u"nothing half made"), stopped.err.constData());
    // It is as good as it says.
    const ProgramOutput check = run(with({QStringLiteral("demo"), QStringLiteral("check"), QStringLiteral("--ledger"),
                                          ledger, QStringLiteral("--format=json")}));
    QVERIFY2(check.exitCode == 0, check.err.constData());
    QVERIFY(QJsonDocument::fromJson(check.out).object().value(u"data").toObject().value(u"acknowledged").toInt() > 0);

    // A load that cannot even begin leaves nothing.
    QVERIFY(QFile::remove(ledger));
    QFile filler(disk.path() + QStringLiteral("/filler"));
    QVERIFY(filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    while (filler.write(QByteArray(4096, 'x')) == 4096) { }
    const ProgramOutput refused = run(load);
    QCOMPARE(refused.exitCode, 1);
    QVERIFY2(refused.err.contains("The disk is full at"), refused.err.constData());
    QVERIFY(!QFile::exists(ledger));
}

void TestDemoCtl::refusesLedgerOfAnother()
{
    QString said;
    const auto up = [&] {
        const ProgramOutput outcome = run(smallUp());
        said = QString::fromUtf8(outcome.err);
        return outcome.exitCode == 0;
    };
    QVERIFY2(up(), qPrintable(said));
    const QString ledger = m_folder->filePath(QStringLiteral("ledger"));
    const QStringList load = with({QStringLiteral("demo"), QStringLiteral("load"), QStringLiteral("--duration=0.5"),
                                   QStringLiteral("--ledger"), ledger});
    const QStringList check =
        with({QStringLiteral("demo"), QStringLiteral("check"), QStringLiteral("--ledger"), ledger});
    QCOMPARE(run(load).exitCode, 0);
    QCOMPARE(run(check).exitCode, 0);
    // The same cluster after a restart.
    QCOMPARE(run(with({QStringLiteral("demo"), QStringLiteral("down")})).exitCode, 0);
    QVERIFY2(up(), qPrintable(said));
    QCOMPARE(run(check).exitCode, 0);
    // Another one in its place.
    QCOMPARE(run(with({QStringLiteral("demo"), QStringLiteral("down"), QStringLiteral("--purge")})).exitCode, 0);
    QVERIFY2(up(), qPrintable(said));
    for (const QStringList &words : {check, load}) {
        const ProgramOutput refused = run(words);
        QCOMPARE(refused.exitCode, 4);
        QVERIFY2(refused.err.startsWith(
                     QByteArray("shardhelmctl: The ledger " + ledger.toUtf8() + " belongs to another cluster")),
                 refused.err.constData());
        QCOMPARE(refused.out, QByteArray());
    }
}

void TestDemoCtl::refusesEmptyFolder_data()
{
    QTest::addColumn<QStringList>("words");
    const QString ledger = QStringLiteral("--ledger=/tmp/none");
    QTest::newRow("up") << QStringList{QStringLiteral("up")};
    QTest::newRow("down") << QStringList{QStringLiteral("down"), QStringLiteral("--purge")};
    QTest::newRow("status") << QStringList{QStringLiteral("status")};
    QTest::newRow("break") << QStringList{QStringLiteral("break"), QStringLiteral("cpu"), QStringLiteral("a1")};
    QTest::newRow("load") << QStringList{QStringLiteral("load"), ledger};
    QTest::newRow("check") << QStringList{QStringLiteral("check"), ledger};
}

void TestDemoCtl::refusesEmptyFolder()
{
    QFETCH(QStringList, words);
    const ProgramOutput refused =
        run(QStringList{QStringLiteral("demo")} + words + QStringList{QStringLiteral("--dir"), QString()});
    QCOMPARE(refused.exitCode, 2);
    QVERIFY2(refused.err.startsWith("shardhelmctl: --dir "), refused.err.constData());
    QCOMPARE(refused.out, QByteArray());
}

void TestDemoCtl::tellsErrors_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("said");
    const QString demo = QStringLiteral("demo");
    QTest::newRow("no demo") << QStringList{demo, QStringLiteral("status")} << 1
                             << QStringLiteral("no demo cluster in");
    QTest::newRow("nothing to stop") << QStringList{demo, QStringLiteral("down")} << 1
                                     << QStringLiteral("no demo cluster in");
    QTest::newRow("no number") << QStringList{demo, QStringLiteral("up"), QStringLiteral("--instances=many")} << 2
                               << QStringLiteral("many");
    QTest::newRow("too many") << QStringList{demo, QStringLiteral("up"), QStringLiteral("--instances=99")} << 2
                              << QStringLiteral("1 … 64");
    QTest::newRow("bad scale") << QStringList{demo, QStringLiteral("up"), QStringLiteral("--scale=big")} << 2
                               << QStringLiteral("big");
    QTest::newRow("bad layout") << QStringList{demo, QStringLiteral("up"), QStringLiteral("--layout=columns")} << 2
                                << QStringLiteral("columns");
    QTest::newRow("unknown breakage") << QStringList{demo, QStringLiteral("break"), QStringLiteral("disk"),
                                                     QStringLiteral("a1")}
                                      << 2 << QStringLiteral("disk");
}

void TestDemoCtl::tellsErrors()
{
    QFETCH(QStringList, words);
    QFETCH(int, code);
    QFETCH(QString, said);
    const ProgramOutput output = run(with(words));
    QCOMPARE(output.exitCode, code);
    QVERIFY2(QString::fromUtf8(output.err).contains(said), output.err.constData());
    QCOMPARE(output.out, QByteArray());
    QVERIFY(!QFile::exists(m_demo));
}

QTEST_GUILESS_MAIN(TestDemoCtl)
#include "tst_democtl.moc"
