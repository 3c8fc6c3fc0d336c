// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/clusterfile.h"
#include "support/testcluster.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace shardhelm;
using namespace shardhelm::test;

namespace {

struct Outcome
{
    int code = -1;
    QByteArray out;
    QByteArray err;

    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
    [[nodiscard]] QJsonValue data() const { return json().value(QLatin1StringView("data")); }
};

QStringList words(const char *line)
{
    return QProcess::splitCommand(QString::fromUtf8(line));
}

} // namespace

/// The commands of the groups directory and instance of the real program: output, exit code, what they leave.
class TestDirectoryCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_server = std::make_unique<TestServer>(); }
    void cleanupTestCase()
    {
        m_cluster.reset();
        m_server.reset();
    }
    void init() { m_cluster = std::make_unique<TestCluster>(*m_server); }

    void badFiles();
    void initMakesADirectory();
    void initTakesMarksOfALostDirectory();
    void initWithRecipes_data();
    void initWithRecipes();
    void initUsage_data();
    void initUsage();
    void dryRunPrintsWhatRuns();
    void showInEveryFormat();
    void upgradeSaysUpToDate();
    void dumpAndRestore();
    void dumpIsWholeOrNothing();
    void detachAsksFirst();
    void instanceAddEditRetire();

private:
    /// Writes the cluster file and runs the program with it.
    Outcome run(const QStringList &arguments, const QByteArray &fileText = {})
    {
        const QString path = m_cluster->folder.filePath(QStringLiteral("cluster.toml"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            return {};
        file.write(fileText.isNull() ? cluster::clusterFileText(m_cluster->file).toUtf8() : fileText);
        file.close();
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("XDG_DATA_HOME"), m_cluster->folder.filePath(QStringLiteral("data")));
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(SHARDHELMCTL), arguments + QStringList{QStringLiteral("--cluster"), path});
        if (!process.waitForFinished(120000) || process.exitStatus() != QProcess::NormalExit)
            return {};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }
    QStringList initArguments() const
    {
        QStringList arguments = words("directory init --layout rows --logical 4 --key-type bigint "
                                      "--table app.users:tenant_id --reference app.country");
        for (const QString &name : {QStringLiteral("one"), QStringLiteral("two")})
            arguments += {QStringLiteral("--instance"), name + u'=' + m_cluster->conninfo(name)};
        return arguments;
    }
    Outcome makeDirectory() { return run(initArguments() + words("--recipe hash --format json")); }

    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<TestCluster> m_cluster;
};

void TestDirectoryCommands::badFiles()
{
    const Outcome key = run(words("directory show"), "[cluster]\nname = \"x\"\n[directory]\nconinfo = \"dbname=x\"\n");
    QCOMPARE(key.code, 2);
    QVERIFY(key.out.isEmpty());
    QVERIFY2(key.err.contains("cluster.toml, line 4") && key.err.contains("directory.coninfo")
                 && key.err.contains("conninfo"),
             key.err.constData());
    const Outcome unreachable =
        run(words("directory show"), "[cluster]\nname = \"x\"\n[directory]\nconninfo = \"host=127.0.0.1 port=1\"\n");
    QCOMPARE(unreachable.code, 1);
    const Outcome missing = run(words("directory show"));
    QCOMPARE(missing.code, 1);
    QVERIFY2(missing.err.contains("directory init"), missing.err.constData());
}

void TestDirectoryCommands::initMakesADirectory()
{
    const Outcome made = makeDirectory();
    QVERIFY2(made.code == 0, made.err.constData());
    const QJsonObject data = made.data().toObject();
    QCOMPARE(data[QLatin1StringView("cluster")].toString(), QStringLiteral("shop"));
    QCOMPARE(data[QLatin1StringView("logical_shards")].toInt(), 4);
    QCOMPARE(data[QLatin1StringView("instances")].toArray().size(), 2);
    QCOMPARE(data[QLatin1StringView("tables")].toArray().size(), 2);
    const auto map = m_cluster->open().readMap(soon());
    QVERIFY(map);
    QCOMPARE(map->shards.size(), std::size_t(4));
    const Outcome again = makeDirectory();
    QCOMPARE(again.code, 4);
    QVERIFY(again.out.isEmpty());
}

void TestDirectoryCommands::initTakesMarksOfALostDirectory()
{
    QCOMPARE(makeDirectory().code, 0);
    const QString mark = m_cluster->mark(QStringLiteral("one"));
    m_cluster->run("drop schema shardhelm cascade");
    const Outcome refused = makeDirectory();
    QCOMPARE(refused.code, 4);
    QVERIFY2(refused.err.contains(mark.toUtf8()), refused.err.constData());
    const Outcome made = run(initArguments() + words("--recipe hash --keep-marks"));
    QVERIFY2(made.code == 0, made.err.constData());
    QCOMPARE(m_cluster->mark(QStringLiteral("one")), mark);
}

void TestDirectoryCommands::initWithRecipes_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<int>("rows");
    QTest::newRow("modulo") << words("--recipe modulo") << QByteArray("route_list") << 0;
    QTest::newRow("ring") << words("--recipe ring --virtual-nodes 10") << QByteArray("route_ring") << 40;
    QTest::newRow("range") << words("--recipe range --range =0 --range 100=1 --range 200=2 --range 300=3")
                           << QByteArray("route_range") << 4;
    QTest::newRow("list") << words("--recipe list --value 1=0 --value 2=1 --value 3=3") << QByteArray("route_list")
                          << 3;
    QTest::newRow("directory") << words("--recipe directory") << QByteArray("tenant_pin") << 0;
    QTest::newRow("expression") << QStringList{QStringLiteral("--routing"), QStringLiteral("abs($1 % 4)")}
                                << QByteArray("route_list") << 0;
}

void TestDirectoryCommands::initWithRecipes()
{
    QFETCH(QStringList, options);
    QFETCH(QByteArray, table);
    QFETCH(int, rows);
    const Outcome made = run(initArguments() + options);
    QVERIFY2(made.code == 0, made.err.constData());
    QCOMPARE(m_cluster->run("select count(*) from shardhelm." + table).integer(0, 0), rows);
    QVERIFY(m_cluster->open().readMap(soon()));
}

void TestDirectoryCommands::initUsage_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<int>("code");
    QTest::newRow("neither recipe nor routing") << QStringList() << 2;
    QTest::newRow("both") << words("--recipe hash --routing 0") << 2;
    QTest::newRow("unknown recipe") << words("--recipe hsah") << 2;
    QTest::newRow("range without a shard") << words("--recipe range --range 5") << 2;
    QTest::newRow("too many shards") << words("--recipe hash --logical 99999999") << 2;
    QTest::newRow("table without a key") << words("--recipe hash --table app.users") << 2;
    QTest::newRow("unknown table") << words("--recipe hash --table app.nobody:id") << 2;
    QTest::newRow("instance without a conninfo") << words("--recipe hash --instance three") << 2;
    QTest::newRow("secret") << words("--recipe hash --instance \"three=host=x password=hunter2\"") << 2;
    QTest::newRow("routing that fails") << QStringList{QStringLiteral("--routing"), QStringLiteral("nonsense($1)")}
                                        << 2;
    QTest::newRow("instance twice") << words("--recipe hash --instance one=dbname=x") << 2;
    QTest::newRow("name that cannot be") << words("--recipe hash --instance a/b=dbname=x") << 2;
    QTest::newRow("unreachable instance") << words("--recipe hash --instance \"three=host=127.0.0.1 port=1\"") << 1;
}

void TestDirectoryCommands::initUsage()
{
    QFETCH(QStringList, options);
    QFETCH(int, code);
    const Outcome outcome = run(initArguments() + options);
    QVERIFY2(outcome.code == code,
             qPrintable(QStringLiteral("%1: ").arg(outcome.code) + QString::fromUtf8(outcome.err)));
    QVERIFY(outcome.out.isEmpty());
    QVERIFY(!outcome.err.isEmpty());
    QVERIFY(!outcome.err.contains("hunter2"));
    QVERIFY(m_cluster->run("select from pg_namespace where nspname = 'shardhelm'").isEmpty());
    QVERIFY(m_cluster->mark(QStringLiteral("one")).isEmpty());
}

void TestDirectoryCommands::dryRunPrintsWhatRuns()
{
    const Outcome plan = run(initArguments() + words("--recipe hash --dry-run --format json"));
    QVERIFY2(plan.code == 0, plan.err.constData());
    const QJsonArray statements = plan.data().toArray();
    QCOMPARE(statements.size(), 4);
    QCOMPARE(statements[0].toObject()[QLatin1StringView("server")].toString(), QStringLiteral("one"));
    QVERIFY(m_cluster->run("select from pg_namespace where nspname = 'shardhelm'").isEmpty());
    const Outcome script = run(initArguments() + words("--recipe hash --dry-run"));
    QVERIFY(script.out.startsWith("-- one\nalter database "));
    QVERIFY(script.out.contains("\n-- directory\n"));
}

void TestDirectoryCommands::showInEveryFormat()
{
    QCOMPARE(makeDirectory().code, 0);
    const QJsonObject json = run(words("directory show --format json")).data().toObject();
    QCOMPARE(json[QLatin1StringView("layout")].toString(), QStringLiteral("rows"));
    QCOMPARE(json[QLatin1StringView("open_moves")].toInt(-1), 0);
    QCOMPARE(json[QLatin1StringView("foreign")].toBool(true), false);
    QVERIFY(json[QLatin1StringView("schema_pattern")].isNull());
    QVERIFY(run(words("directory show --format csv")).out.startsWith("fact,value\r\ncluster,shop\r\n"));
    QVERIFY(run(words("directory show --format tsv")).out.startsWith("fact\tvalue\ncluster\tshop\n"));
    QVERIFY(run(words("directory show")).out.contains("instance one"));
}

void TestDirectoryCommands::upgradeSaysUpToDate()
{
    QCOMPARE(run(words("directory upgrade")).code, 1);
    QCOMPARE(makeDirectory().code, 0);
    const Outcome done = run(words("directory upgrade"));
    QCOMPARE(done.code, 0);
    QVERIFY(done.out.isEmpty());
    QVERIFY(done.err.contains("up to date"));
    m_cluster->run("insert into shardhelm.layout_version values (99)");
    QCOMPARE(run(words("directory upgrade")).code, 1);
}

void TestDirectoryCommands::dumpAndRestore()
{
    QCOMPARE(makeDirectory().code, 0);
    const QString path = m_cluster->folder.filePath(QStringLiteral("dump.json"));
    const Outcome toStdout = run(words("directory dump"));
    QCOMPARE(toStdout.code, 0);
    QVERIFY(toStdout.json().contains(QLatin1StringView("shardhelm_directory")));
    QCOMPARE(run(words("directory dump -o") + QStringList{path}).code, 0);
    QCOMPARE(run(words("directory dump -o /nowhere/x.json")).code, 1);
    QCOMPARE(run(words("directory restore") + QStringList{path}).code, 4);
    const auto before = m_cluster->open().readMap(soon());
    m_cluster->run("drop schema shardhelm cascade");
    QCOMPARE(run(words("directory restore /nowhere/x.json")).code, 2);
    const Outcome restored = run(words("directory restore --format json") + QStringList{path});
    QVERIFY2(restored.code == 0, restored.err.constData());
    const auto after = m_cluster->open().readMap(soon());
    QCOMPARE(after->shards, before->shards);
    QVERIFY(after->mapEpoch > before->mapEpoch);
}

void TestDirectoryCommands::dumpIsWholeOrNothing()
{
    QCOMPARE(makeDirectory().code, 0);
    // /dev/full stands for a full disk; it is reached through a link, so that replacing it would only replace the link.
    const QString full = m_cluster->folder.filePath(QStringLiteral("full"));
    QVERIFY(QFile::link(QStringLiteral("/dev/full"), full));
    const Outcome device = run(words("directory dump -o") + QStringList{full});
    QCOMPARE(device.code, 1);
    QVERIFY2(device.err.contains("disk is full"), device.err.constData());
    QVERIFY(QFileInfo(full).isSymLink());
    QVERIFY(!QFileInfo(QStringLiteral("/dev/full")).isFile());

    // A limit on the size of files stands for a disk that fills up half-way.
    const QString path = m_cluster->folder.filePath(QStringLiteral("good.json"));
    QFile good(path);
    QVERIFY(good.open(QIODevice::WriteOnly));
    QCOMPARE(good.write("before"), 6);
    good.close();
    QProcess limited;
    limited.start(QStringLiteral("/bin/bash"),
                  {QStringLiteral("-c"), QStringLiteral("trap '' XFSZ; ulimit -f 1; exec \"$@\" 2>/dev/null"),
                   QStringLiteral("limited"), QStringLiteral(SHARDHELMCTL), QStringLiteral("directory"),
                   QStringLiteral("dump"), QStringLiteral("-o"), path, QStringLiteral("--cluster"),
                   m_cluster->folder.filePath(QStringLiteral("cluster.toml"))});
    QVERIFY(limited.waitForFinished(120000));
    QCOMPARE(limited.exitCode(), 1);
    QVERIFY(good.open(QIODevice::ReadOnly));
    QCOMPARE(good.readAll(), QByteArray("before"));
    QCOMPARE(QDir(m_cluster->folder.path()).entryList({QStringLiteral("good.json*")}, QDir::Files).size(), 1);
}

void TestDirectoryCommands::detachAsksFirst()
{
    QCOMPARE(makeDirectory().code, 0);
    const Outcome asked = run(words("directory detach"));
    QCOMPARE(asked.code, 4);
    QVERIFY2(asked.err.contains("--yes"), asked.err.constData());
    const Outcome planned = run(words("directory detach --dry-run --format json"));
    QCOMPARE(planned.code, 0);
    QCOMPARE(planned.data().toArray().size(), 3);
    QVERIFY(m_cluster->open().readMap(soon()));
    QCOMPARE(run(words("directory detach --yes")).code, 0);
    QVERIFY(m_cluster->mark(QStringLiteral("two")).isEmpty());
    QCOMPARE(run(words("directory detach --yes")).code, 1);
}

void TestDirectoryCommands::instanceAddEditRetire()
{
    QCOMPARE(makeDirectory().code, 0);
    const QString database = m_cluster->database(QStringLiteral("three"));
    m_server->run("create database " + pg::Connection::identifier(database) + " template template0");
    const QStringList add = words("instance add three --zone z1 --capacity 1GB --format json --conninfo")
        + QStringList{m_server->conninfo(database)};
    const Outcome planned = run(add + words("--dry-run"));
    QVERIFY2(planned.code == 0, planned.err.constData());
    QVERIFY(planned.data().toArray().size() > 3);
    const Outcome added = run(add);
    QVERIFY2(added.code == 0, added.err.constData());
    QVERIFY(added.err.contains("app.country: 2"));
    const QJsonObject row = added.data().toArray().first().toObject();
    QCOMPARE(row[QLatin1StringView("name")].toString(), QStringLiteral("three"));
    QCOMPARE(row[QLatin1StringView("capacity_bytes")].toInteger(), 1LL << 30);
    QCOMPARE(row[QLatin1StringView("logical_shards")].toInt(-1), 0);
    QCOMPARE(run(add).code, 4);
    QCOMPARE(m_server->run("select count(*) from app.country", database).integer(0, 0), 2);

    // Tables that were there already are taken as they are, and what is odd about them is said.
    const QString odd = m_cluster->database(QStringLiteral("four"));
    m_server->run("create database " + pg::Connection::identifier(odd) + " template template0");
    m_server->run("create schema app; create table app.users (tenant_id bigint, id bigint, email text);"
                  "create table app.country (code text primary key, name text not null)",
                  odd);
    const Outcome found =
        run(words("instance add four --format json --conninfo") + QStringList{m_server->conninfo(odd)});
    QVERIFY2(found.code == 5, found.err.constData());
    QVERIFY(!found.json()[QLatin1StringView("warnings")].toArray().isEmpty());

    const Outcome edited = run(words("instance edit three --weight 3 --zone= --state draining --format json"));
    QVERIFY2(edited.code == 0, edited.err.constData());
    const QJsonObject now = edited.data().toArray().first().toObject();
    QCOMPARE(now[QLatin1StringView("weight")].toInt(), 3);
    QVERIFY(now[QLatin1StringView("zone")].isNull());
    QCOMPARE(now[QLatin1StringView("state")].toString(), QStringLiteral("draining"));
    QCOMPARE(run(words("instance edit three --weight 0")).code, 2);
    QCOMPARE(run(words("instance edit nobody --weight 1")).code, 2);
    QCOMPARE(
        run(words("instance edit three --conninfo") + QStringList{m_cluster->conninfo(QStringLiteral("one"))}).code, 4);

    QCOMPARE(run(words("instance retire one")).code, 4);
    const Outcome retired = run(words("instance retire three --format csv"));
    QVERIFY2(retired.code == 0, retired.err.constData());
    QVERIFY2(retired.out.contains("\r\nthree,retired,"), retired.out.constData());
    const Outcome drain = run(words("instance drain one"));
    QCOMPARE(drain.code, 4);
    QVERIFY(drain.err.contains("map editor"));
    // Every change left a dated copy of the directory in the user's data folder.
    const QDir all(m_cluster->folder.filePath(QStringLiteral("data/shardhelm/directory-copies")));
    const QStringList folders = all.entryList({QStringLiteral("shop-*")}, QDir::Dirs);
    QCOMPARE(folders.size(), 1);
    const QDir copies(all.filePath(folders.first()));
    QCOMPARE(copies.entryList({QStringLiteral("*-epoch-*.json")}, QDir::Files).size(), 5);
}

QTEST_GUILESS_MAIN(TestDirectoryCommands)
#include "tst_directorycommands.moc"
