// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/clusterfile.h"
#include "cluster/clusterfilekeys.h"
#include "cluster/quantities.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace shardhelm;
using namespace shardhelm::cluster;

namespace {

const QByteArray minimal = "[cluster]\nname = \"shop\"\n[directory]\nconninfo = \"dbname=shardhelm\"\n";

QString examplePath()
{
    return QStringLiteral(SHARDHELM_SOURCE_DIR "/resources/examples/cluster.toml");
}

} // namespace

class TestClusterFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fillsDefaults();
    void readsEveryKey();
    void exampleHoldsTheDefaults();
    void exampleNamesEveryKey();
    void refuses_data();
    void refuses();
    void firstErrorOfTheFileWins();
    void keepsSecretsOut();
    void hostileFiles();
    void textReadsBackTheSame_data();
    void textReadsBackTheSame();
    void durations_data();
    void durations();
    void sizes_data();
    void sizes();
};

void TestClusterFile::fillsDefaults()
{
    const auto file = parseClusterFile(minimal, QStringLiteral("/x/cluster.toml"));
    QVERIFY(file);
    ClusterFile expected;
    expected.path = QStringLiteral("/x/cluster.toml");
    expected.name = QStringLiteral("shop");
    expected.directoryConninfo = QStringLiteral("dbname=shardhelm");
    QCOMPARE(*file, expected);
    QCOMPARE(file->environment, Environment::Production);
    QCOMPARE(file->alerts.value(QStringLiteral("p99_ms")), 250.0);
}

void TestClusterFile::readsEveryKey()
{
    const QByteArray text = R"toml(
        [cluster]
        name = "Shop EU"
        environment = "staging"
        color = "#00ff7F"
        [directory]
        service = "shop"
        queries.instances = "select 1"
        queries.map = "select 2"
        queries.pins = "select 3"
        queries.tables = "select 4"
        queries.epoch = "select 5"
        queries.flip = "update x"
        [monitor]
        interval = 0.5
        timeout = "750ms"
        history = "1h"
        [alerts]
        p99_ms = "1.5s"
        lag_seconds = "2min"
        lag_bytes = "1kB"
        connections_percent = 50.5
        blocked_sessions = false
        command = "logger hit"
        command_timeout = 3
        [alerts.p99_ratio]
        threshold = 4
        clear = 2.5
        for = "1min"
        severity = "critical"
        command = "page 'me'"
        runbook = "https://wiki.example.net/slow"
        [workbench]
        shard_timeout = 5
        row_limit = 10
        scratch = "dbname=scratch"
        [moves]
        parallel = 3
        pause_budget = 100
        safety_window = "2h"
        copy_rate = "100MB"
        hours = "22:00-05:30"
        [routing]
        lookup = "select 6"
        [locate]
        email = "select 7"
        "order no" = """select
8"""
    )toml";
    const auto file = parseClusterFile(text, {});
    QVERIFY2(file, qPrintable(file ? QString() : file.error().found));
    ClusterFile expected;
    expected.name = QStringLiteral("Shop EU");
    expected.environment = Environment::Staging;
    expected.color = QStringLiteral("#00ff7F");
    expected.directoryService = QStringLiteral("shop");
    expected.directoryQueries = {{QStringLiteral("instances"), QStringLiteral("select 1")},
                                 {QStringLiteral("map"), QStringLiteral("select 2")},
                                 {QStringLiteral("pins"), QStringLiteral("select 3")},
                                 {QStringLiteral("tables"), QStringLiteral("select 4")},
                                 {QStringLiteral("epoch"), QStringLiteral("select 5")},
                                 {QStringLiteral("flip"), QStringLiteral("update x")}};
    expected.monitor = {std::chrono::milliseconds(500), std::chrono::milliseconds(750), std::chrono::hours(1)};
    expected.alerts.insert(QStringLiteral("p99_ms"), 1500);
    expected.alerts.insert(QStringLiteral("lag_seconds"), 120);
    expected.alerts.insert(QStringLiteral("lag_bytes"), 1024);
    expected.alerts.insert(QStringLiteral("connections_percent"), 50.5);
    expected.alerts.remove(QStringLiteral("blocked_sessions"));
    expected.alertCommand = QStringLiteral("logger hit");
    expected.alertCommandTimeout = std::chrono::seconds(3);
    expected.alerts.insert(QStringLiteral("p99_ratio"), 4);
    expected.alertOptions.insert(QStringLiteral("p99_ratio"),
                                 {2.5, std::chrono::minutes(1), AlertSeverity::Critical, QStringLiteral("page 'me'"),
                                  QStringLiteral("https://wiki.example.net/slow")});
    expected.workbench = {std::chrono::seconds(5), 10, QStringLiteral("dbname=scratch")};
    expected.moves = {3, std::chrono::milliseconds(100), std::chrono::hours(2), 104857600,
                      QStringLiteral("22:00-05:30")};
    expected.routingLookup = QStringLiteral("select 6");
    expected.locate = {{QStringLiteral("email"), QStringLiteral("select 7")},
                       {QStringLiteral("order no"), QStringLiteral("select\n8")}};
    QCOMPARE(*file, expected);
}

void TestClusterFile::exampleHoldsTheDefaults()
{
    const auto file = readClusterFile(examplePath());
    QVERIFY2(file, qPrintable(file ? QString() : file.error().found));
    ClusterFile expected;
    expected.path = examplePath();
    expected.name = file->name;
    expected.directoryConninfo = file->directoryConninfo;
    QCOMPARE(*file, expected);
}

void TestClusterFile::exampleNamesEveryKey()
{
    // setup: every "key =" of the example under its section, commented out or not
    QFile example(examplePath());
    QVERIFY(example.open(QIODevice::ReadOnly));
    static const QRegularExpression header(QStringLiteral("^#?\\[([a-z.]+)\\]$"));
    static const QRegularExpression assignment(QStringLiteral("^(#?)([a-z0-9_]+) = (.+)$"));
    QString section;
    QString previous;
    QStringList keys;
    QString everything;
    const QStringList lines = QString::fromUtf8(example.readAll()).split(u'\n');
    for (const QString &line : lines) {
        if (const auto match = header.match(line); match.hasMatch())
            section = match.captured(1);
        if (const auto match = assignment.match(line); match.hasMatch()) {
            keys.append(section + u'.' + match.captured(2));
            if (section != QLatin1StringView("locate"))
                QVERIFY2(previous.startsWith(QLatin1StringView("# ")), qPrintable(line));
        }
        previous = line;
        // action: with every key switched on, the alternatives aside, the example is still a good file
        const bool alternative = line.startsWith(QLatin1StringView("#service"));
        const bool commented = line.startsWith(u'#') && !line.startsWith(QLatin1StringView("# ")) && line != u"#";
        everything += (commented && !alternative ? line.sliced(1) : line) + u'\n';
    }

    // verify
    QStringList expected;
    for (const FileKey &key : fileKeys())
        expected.append(key.path());
    for (const AlertRule &rule : alertRules())
        expected.append(QStringLiteral("alerts.") + rule.name);
    expected.append(QStringLiteral("locate.email"));
    expected.append(QStringLiteral("locate.order"));
    keys.sort();
    expected.sort();
    QCOMPARE(keys, expected);
    const auto full = parseClusterFile(everything.toUtf8(), {});
    QVERIFY2(full, qPrintable(full ? QString() : full.error().found));
    QCOMPARE(full->directoryQueries.size(), 6);
    QCOMPARE(full->locate.size(), 2);
}

void TestClusterFile::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<int>("line");
    QTest::addColumn<QString>("found");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *name, const QByteArray &more, ErrorCode code, int line, const char *found,
                        const QStringList &expected) {
        QTest::newRow(name) << QByteArray(minimal + more) << code << line << QString::fromUtf8(found) << expected;
    };
    const auto list = [](std::initializer_list<const char *> words) {
        QStringList result;
        for (const char *word : words)
            result.append(QString::fromUtf8(word));
        return result;
    };
    row("near miss", "[monitor]\nintervall = 2\n", ErrorCode::KeyUnknown, 6, "monitor.intervall", list({"interval"}));
    row("no near miss", "[monitor]\nzzzzzzzzz = 2\n", ErrorCode::KeyUnknown, 6, "monitor.zzzzzzzzz",
        list({"interval", "timeout", "history", "os_command", "os_command_timeout", "recording_hours",
              "recording_size"}));
    row("unknown section", "[moniter]\ninterval = 2\n", ErrorCode::KeyUnknown, 5, "moniter", list({"monitor"}));
    row("unknown alert", "[alerts]\nlag_second = 2\n", ErrorCode::KeyUnknown, 6, "alerts.lag_second",
        list({"lag_seconds"}));
    row("duration of text", "[monitor]\ninterval = \"often\"\n", ErrorCode::ValueBad, 6, "monitor.interval = \"often\"",
        list({"100ms … 1h"}));
    row("duration too small", "[monitor]\ninterval = 0\n", ErrorCode::ValueBad, 6, "monitor.interval = 0",
        list({"100ms … 1h"}));
    row("duration negative", "[monitor]\ninterval = -5\n", ErrorCode::ValueBad, 6, "monitor.interval = -5",
        list({"100ms … 1h"}));
    row("duration infinite", "[monitor]\ninterval = inf\n", ErrorCode::ValueBad, 6, "monitor.interval = inf",
        list({"100ms … 1h"}));
    row("duration huge", "[monitor]\ninterval = 9223372036854775807\n", ErrorCode::ValueBad, 6,
        "monitor.interval = 9223372036854775807", list({"100ms … 1h"}));
    row("half seconds", "[moves]\nsafety_window = \"1500ms\"\n", ErrorCode::ValueBad, 6,
        "moves.safety_window = \"1500ms\"", list({"0s … 90d"}));
    row("integer", "[moves]\nparallel = 1.5\n", ErrorCode::ValueBad, 6, "moves.parallel = 1.5", list({"1 … 64"}));
    row("size", "[moves]\ncopy_rate = \"fast\"\n", ErrorCode::ValueBad, 6, "moves.copy_rate = \"fast\"",
        list({"0B … 1TB"}));
    row("hours", "[moves]\nhours = \"22-5\"\n", ErrorCode::ValueBad, 6, "moves.hours = \"22-5\"",
        list({"HH:MM-HH:MM"}));
    row("alert", "[alerts]\ncache_hit_percent = 101\n", ErrorCode::ValueBad, 6, "alerts.cache_hit_percent = 101",
        list({"0 … 100", "false"}));
    row("alert's key", "[alerts.p99_ms]\ntreshold = 1\n", ErrorCode::KeyUnknown, 6, "alerts.p99_ms.treshold",
        list({"threshold"}));
    row("alert without threshold", "[alerts]\ndown = {threshold = 1}\n", ErrorCode::KeyUnknown, 6,
        "alerts.down.threshold", list({"for", "severity", "command", "runbook"}));
    row("alert is no switch", "[alerts]\ndown = 3\n", ErrorCode::ValueBad, 6, "alerts.down = 3",
        list({"true", "false"}));
    row("clear past the threshold", "[alerts.p99_ms]\nclear = 300\nthreshold = 200\n", ErrorCode::ValueBad, 6,
        "alerts.p99_ms.clear = 300", list({"0 … 200"}));
    row("clear below the floor", "[alerts]\ncache_hit_percent = {threshold = 95, clear = 94}\n", ErrorCode::ValueBad, 6,
        "alerts.cache_hit_percent.clear = 94", list({"95 … 100"}));
    row("for", "[alerts]\np99_ms = {for = \"2d\"}\n", ErrorCode::ValueBad, 6, "alerts.p99_ms.for = \"2d\"",
        list({"0s … 1d"}));
    row("severity", "[alerts]\np99_ms = {severity = \"bad\"}\n", ErrorCode::ValueBad, 6,
        "alerts.p99_ms.severity = \"bad\"", list({"note", "warning", "critical"}));
    row("command", "[alerts]\np99_ms = {command = 1}\n", ErrorCode::ValueBad, 6, "alerts.p99_ms.command = 1",
        list({"\"…\""}));
    row("runbook", "[alerts]\np99_ms = {runbook = \"file:///etc/passwd\"}\n", ErrorCode::ValueBad, 6,
        "alerts.p99_ms.runbook = \"file:///etc/passwd\"", list({"https://…"}));
    row("alert on", "[alerts]\ncache_hit_percent = true\n", ErrorCode::ValueBad, 6, "alerts.cache_hit_percent = true",
        list({"0 … 100", "false"}));
    row("text is a number", "[routing]\nlookup = 5\n", ErrorCode::ValueBad, 6, "routing.lookup = 5", list({"\"…\""}));
    row("text is empty", "[routing]\nlookup = \" \"\n", ErrorCode::ValueBad, 6, "routing.lookup = \" \"",
        list({"\"…\""}));
    row("text has a zero byte", "[routing]\nlookup = \"a\\u0000b\"\n", ErrorCode::ValueBad, 6, nullptr, {});
    row("locate", "[locate]\nemail = [1]\n", ErrorCode::ValueBad, 6, "locate.email = an array", list({"\"select …\""}));
    row("array of tables", "[[monitor]]\ninterval = 2\n", ErrorCode::ValueBad, 5, "monitor = an array",
        list({"[monitor]"}));
    row("key twice", "[monitor]\ninterval = 2\ninterval = 3\n", ErrorCode::FileSyntax, 7, nullptr, {});
    row("half a line", "[monitor]\ninterval =", ErrorCode::FileSyntax, 6, nullptr, {});
    row("both places", "service = \"x\"\n", ErrorCode::ValueBad, 5, "directory.service = \"x\"",
        list({"conninfo", "service"}));
    row("foreign without map", "[directory.queries]\ninstances = \"select 1\"\n", ErrorCode::KeyMissing, 5,
        "directory.queries.map", {});

    const auto whole = [](const char *name, const QByteArray &text, ErrorCode code, int line, const char *found,
                          const QStringList &expected) {
        QTest::newRow(name) << text << code << line << QString::fromUtf8(found) << expected;
    };
    whole("key without section", "name = 1\n" + minimal, ErrorCode::KeyUnknown, 1, "name",
          list({"cluster", "directory", "monitor", "alerts", "workbench", "moves", "routing", "locate"}));
    whole("section is a value", "monitor = 5\n" + minimal, ErrorCode::ValueBad, 1, "monitor = 5", list({"[monitor]"}));
    whole("environment", "[cluster]\nname = \"x\"\nenvironment = \"prod\"\n[directory]\nservice = \"x\"\n",
          ErrorCode::ValueBad, 3, "cluster.environment = \"prod\"", list({"production", "staging", "development"}));
    whole("empty", "", ErrorCode::KeyMissing, 0, "cluster.name", {});
    whole("no directory", "[cluster]\nname = \"x\"", ErrorCode::KeyMissing, 0, "directory.conninfo",
          list({"conninfo", "service"}));
    whole("bad conninfo", "[cluster]\nname = \"x\"\n[directory]\nconninfo = \"host\"", ErrorCode::ValueBad, 4,
          "directory.conninfo: missing \"=\" after \"host\" in connection info string",
          list({"host=… dbname=…", "postgresql://…"}));
    whole("misspelt secret", "[cluster]\nname = \"x\"\n[directory]\nconninfo = \"host=h passwrd=hunter2\"",
          ErrorCode::ValueBad, 4, "directory.conninfo: invalid connection option \"passwrd\"",
          list({"host=… dbname=…", "postgresql://…"}));
}

void TestClusterFile::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(ErrorCode, code);
    QFETCH(int, line);
    QFETCH(QString, found);
    QFETCH(QStringList, expected);
    const QString path = QStringLiteral("/x/cluster.toml");
    const auto file = parseClusterFile(text, path);
    QVERIFY(!file);
    QCOMPARE(file.error().code, code);
    QCOMPARE(file.error().subject, path);
    QCOMPARE(file.error().line, line);
    if (!found.isNull()) {
        QCOMPARE(file.error().found, found);
        QCOMPARE(file.error().expected, expected);
    }
}

void TestClusterFile::firstErrorOfTheFileWins()
{
    const auto file = parseClusterFile(minimal + "[workbench]\nrow_limit = 0\n[alerts]\nnonsense = 1\n", {});
    QVERIFY(!file);
    QCOMPARE(file.error().line, 6);
    QCOMPARE(file.error().found, QStringLiteral("workbench.row_limit = 0"));
}

void TestClusterFile::keepsSecretsOut()
{
    const QByteArrayList secrets{"host=x password=hunter2", "postgresql://me:hunter2@x/db",
                                 "host=x sslpassword=hunter2"};
    for (const QByteArray &conninfo : secrets) {
        const auto file =
            parseClusterFile("[cluster]\nname = \"x\"\n[directory]\nconninfo = \"" + conninfo + "\"\n", {});
        QVERIFY2(!file, conninfo.constData());
        QCOMPARE(file.error().code, ErrorCode::ValueBad);
        QCOMPARE(file.error().line, 4);
        QVERIFY2(!file.error().found.contains(QLatin1StringView("hunter2")), qPrintable(file.error().found));
        QVERIFY(file.error().expected.contains(QStringLiteral("~/.pgpass")));
    }
    const auto broken =
        parseClusterFile("[cluster]\nname = \"x\"\n[directory]\nconninfo = \"password=hunter2 nonsense\"\n", {});
    QVERIFY(!broken);
    QVERIFY2(!broken.error().found.contains(QLatin1StringView("hunter2")), qPrintable(broken.error().found));
}

void TestClusterFile::hostileFiles()
{
    QTemporaryDir folder;
    const auto at = [&folder](const char *name) { return folder.filePath(QString::fromLatin1(name)); };
    const auto write = [](const QString &path, const QByteArray &content) {
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
    };
    const auto codeOf = [](const QString &path) {
        const auto file = readClusterFile(path);
        return file ? ErrorCode::Internal : file.error().code;
    };

    QCOMPARE(codeOf(at("missing.toml")), ErrorCode::FileMissing);
    QCOMPARE(codeOf(folder.path()), ErrorCode::FileIsNone);
    QCOMPARE(codeOf(QStringLiteral("/dev/zero")), ErrorCode::FileIsNone);
    QVERIFY(write(at("binary"),
                  QByteArray("\x7f"
                             "ELF\0\1\2\xff\xfe",
                             9)));
    QCOMPARE(codeOf(at("binary")), ErrorCode::FileSyntax);
    const QByteArrayList nested{
        minimal + "x = " + QByteArray(100000, '['),
        minimal + "x = " + QByteArray("{a=").repeated(100000),
        minimal + '[' + QByteArray("a.").repeated(100000) + "a]\n",
        minimal + QByteArray("a.").repeated(100000) + "a = 1\n",
        minimal + "x = \"\"\"\\\"\"\"\"\"\ny = '''#''''\nz = \"#'\" # '\nx = " + QByteArray(100000, '['),
        minimal + "x = \"" + QByteArray("[").repeated(5) + '\n' + QByteArray(100000, '[')};
    for (const QByteArray &text : nested) {
        QVERIFY(write(at("deep"), text));
        const auto file = readClusterFile(at("deep"));
        QVERIFY(!file);
        QCOMPARE(file.error().code, ErrorCode::FileSyntax);
        QVERIFY(file.error().line >= 5);
    }
    QVERIFY(write(at("brackets in text"),
                  minimal + "[locate]\nx = \"" + QByteArray(1000, '[') + "\"\ny = '''\n" + QByteArray(1000, '{')
                      + "'''\n# " + QByteArray(1000, '.') + '\n'));
    QVERIFY(readClusterFile(at("brackets in text")));
    QVERIFY(write(at("name"), minimal + QByteArray(100000, 'n') + " = 1\n"));
    QCOMPARE(codeOf(at("name")), ErrorCode::KeyUnknown);
    QFile huge(at("huge"));
    QVERIFY(huge.open(QIODevice::WriteOnly) && huge.resize(100 << 20));
    const auto file = readClusterFile(huge.fileName());
    QVERIFY(!file);
    QCOMPARE(file.error().code, ErrorCode::FileTooLarge);
    QCOMPARE(file.error().found, QString::number(100 << 20));
    if (geteuid() != 0) {
        QVERIFY(write(at("closed"), minimal));
        QVERIFY(QFile::setPermissions(at("closed"), {}));
        QCOMPARE(codeOf(at("closed")), ErrorCode::FileUnreadable);
    }
}

void TestClusterFile::textReadsBackTheSame_data()
{
    QTest::addColumn<QByteArray>("text");
    QFile example(examplePath());
    QVERIFY(example.open(QIODevice::ReadOnly));
    QTest::newRow("example") << example.readAll();
    QTest::newRow("minimal") << minimal;
    QTest::newRow("odd") << QByteArray(minimal
                                       + "queries = {instances = \"select '\\\"\\\\\\n\\t\\u0001é'\", map = \"m\", "
                                         "epoch = \"e\"}\n[alerts]\np99_ms = 0.1\nlag_bytes = false\n[moves]\n"
                                         "copy_rate = \"1.5MB\"\nsafety_window = 0\nhours = \"23:59-00:00\"\n"
                                         "[monitor]\ninterval = \"1500ms\"\n[locate]\n\"a b.c\" = \"x\"\n");
}

void TestClusterFile::textReadsBackTheSame()
{
    QFETCH(QByteArray, text);
    const auto file = parseClusterFile(text, QStringLiteral("/x"));
    QVERIFY2(file, qPrintable(file ? QString() : file.error().found));
    const QString written = clusterFileText(*file);
    const auto again = parseClusterFile(written.toUtf8(), QStringLiteral("/x"));
    QVERIFY2(again, qPrintable(written));
    QCOMPARE(*again, *file);
}

void TestClusterFile::durations_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("milliseconds");
    QTest::addColumn<QString>("shortest");
    QTest::newRow("ms") << QStringLiteral("250ms") << qint64(250) << QStringLiteral("250ms");
    QTest::newRow("fraction") << QStringLiteral("1.5s") << qint64(1500) << QStringLiteral("1500ms");
    QTest::newRow("space") << QStringLiteral(" 2 min ") << qint64(120000) << QStringLiteral("2min");
    QTest::newRow("day") << QStringLiteral("24h") << qint64(86400000) << QStringLiteral("1d");
    QTest::newRow("zero") << QStringLiteral("0ms") << qint64(0) << QStringLiteral("0s");
    for (const char *bad :
         {"", "s", "5", "5x", "-5s", "1e3s", "5 s s", "0.1ms", "99999999999999999999d", "1..5s", "nan"})
        QTest::newRow(bad) << QString::fromLatin1(bad) << qint64(-1) << QString();
}

void TestClusterFile::durations()
{
    QFETCH(QString, text);
    QFETCH(qint64, milliseconds);
    QFETCH(QString, shortest);
    const auto duration = durationFromText(text);
    QCOMPARE(duration ? qint64(duration->count()) : qint64(-1), milliseconds);
    if (duration)
        QCOMPARE(durationText(*duration), shortest);
}

void TestClusterFile::sizes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<QString>("shortest");
    QTest::newRow("bare") << QStringLiteral("512") << qint64(512) << QStringLiteral("512B");
    QTest::newRow("kB") << QStringLiteral("64kB") << qint64(65536) << QStringLiteral("64kB");
    QTest::newRow("fraction") << QStringLiteral("1.5MB") << qint64(1572864) << QStringLiteral("1536kB");
    QTest::newRow("TB") << QStringLiteral("2 TB") << qint64(2) * (1LL << 40) << QStringLiteral("2TB");
    QTest::newRow("zero") << QStringLiteral("0") << qint64(0) << QStringLiteral("0B");
    for (const char *bad : {"", "kB", "5KB", "-1", "1 PB", "0.5B"})
        QTest::newRow(bad) << QString::fromLatin1(bad) << qint64(-1) << QString();
}

void TestClusterFile::sizes()
{
    QFETCH(QString, text);
    QFETCH(qint64, bytes);
    QFETCH(QString, shortest);
    const auto size = sizeFromText(text);
    QCOMPARE(size.value_or(-1), bytes);
    if (size)
        QCOMPARE(sizeText(*size), shortest);
}

QTEST_GUILESS_MAIN(TestClusterFile)
#include "tst_clusterfile.moc"
