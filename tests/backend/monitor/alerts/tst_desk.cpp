// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/alerts/desk.h"
#include "monitor/alerts/journal.h"
#include "support/testcluster.h"

#include <QFile>
#include <QTest>

#include <mutex>

using namespace shardhelm;
using namespace shardhelm::monitor;
using namespace shardhelm::monitor::alerts;
using namespace shardhelm::test;

namespace {

FleetSample sampleWith(bool blocked)
{
    FleetSample fleet;
    fleet.at = QDateTime::currentDateTimeUtc();
    fleet.mapEpoch = 1;
    ServerSample server;
    server.name = server.instance = QStringLiteral("one");
    server.role = Role::Primary;
    server.state = State::Healthy;
    if (blocked)
        server.alerts.push_back({Rule::BlockedSessions, true, 7, 5, std::nullopt});
    fleet.servers = {server};
    return fleet;
}

const Subject subject{QStringLiteral("blocked_sessions"), QStringLiteral("one")};

/// A desk and all it said.
class Console
{
public:
    explicit Console(const cluster::ClusterFile &file)
        : m_desk(file, reports(), [](const ActiveAlert &alert) { return u"text of " + alert.subject.rule; })
    {
    }

    void see(bool blocked)
    {
        m_desk.take(sampleWith(blocked));
        m_desk.finish(Wait::forDuration(std::chrono::seconds(60)));
    }

    Desk &desk() { return m_desk; }

    std::vector<AlertState> alerts()
    {
        const std::lock_guard lock(m_mutex);
        return m_alerts;
    }

    /// How the one alert is dealt with; Open when there is none.
    Handling handling()
    {
        const auto now = alerts();
        return now.empty() ? Handling() : now.front().handling;
    }

    /// "+1" raised and first to say so, "-0" cleared and not the first.
    QStringList told()
    {
        const std::lock_guard lock(m_mutex);
        return m_told;
    }

private:
    Desk::Reports reports()
    {
        Desk::Reports result;
        result.changed = [this](const std::vector<AlertState> &now) {
            const std::lock_guard lock(m_mutex);
            m_alerts = now;
        };
        result.told = [this](const ToldEvent &event) {
            const std::lock_guard lock(m_mutex);
            m_told << (event.event.raised ? QStringLiteral("+") : QStringLiteral("-"))
                    + (event.first ? QStringLiteral("1") : QStringLiteral("0"));
        };
        return result;
    }

    std::mutex m_mutex;
    std::vector<AlertState> m_alerts;
    QStringList m_told;
    Desk m_desk; // last: it reports to the rest
};

} // namespace

/// Alerts of several consoles on one directory: journaled once, shared, with their commands.
class TestAlertDesk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void sharedAndJournaledOnce();
    void mutedRunsNoCommand();
    void acrossRestarts();
    void commandsThatHangOrFail();
    void withoutADirectoryOfOurs_data();
    void withoutADirectoryOfOurs();

private:
    QByteArray said() const
    {
        QFile file(m_folder.filePath(QStringLiteral("said")));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QStringList journaled() const
    {
        const pg::Rows rows = m_cluster->run("SELECT string_agg(what, ',' ORDER BY id) FROM shardhelm.operation WHERE "
                                             "what LIKE 'alert %' AND what <> 'alert command'");
        return rows.text(0, 0).split(u',', Qt::SkipEmptyParts);
    }

    QTemporaryDir m_folder;
    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<TestCluster> m_cluster;
    cluster::ClusterFile m_file;
};

void TestAlertDesk::initTestCase()
{
    m_server = std::make_unique<TestServer>();
}

void TestAlertDesk::init()
{
    qputenv("XDG_STATE_HOME", QFile::encodeName(m_folder.filePath(QStringLiteral("state"))));
    QDir(m_folder.filePath(QStringLiteral("state"))).removeRecursively();
    QFile::remove(m_folder.filePath(QStringLiteral("said")));
    m_cluster = std::make_unique<TestCluster>(*m_server);
    m_cluster->init();
    m_file = m_cluster->file;
    m_file.name = QStringLiteral("shop/eu");
    auto &options = m_file.alertOptions[QStringLiteral("blocked_sessions")];
    options.hold = std::chrono::seconds(0);
    options.runbook = QStringLiteral("https://wiki.example.net/locks");
    options.command = QStringLiteral("echo \"$SHARDHELM_EVENT $SHARDHELM_CLUSTER $SHARDHELM_RULE $SHARDHELM_SERVER "
                                     "$SHARDHELM_VALUE $SHARDHELM_THRESHOLD $SHARDHELM_SEVERITY $SHARDHELM_TEXT "
                                     "$SHARDHELM_RUNBOOK\" | tee -a '%1'")
                          .arg(m_folder.filePath(QStringLiteral("said")));
}

void TestAlertDesk::sharedAndJournaledOnce()
{
    Console first(m_file);
    Console second(m_file);
    first.see(true);
    second.see(true);
    QCOMPARE(first.told(), QStringList{QStringLiteral("+1")});
    QCOMPARE(second.told(), QStringList{QStringLiteral("+0")});
    QCOMPARE(said(),
             "raised shop/eu blocked_sessions one 7 5 warning text of blocked_sessions "
             "https://wiki.example.net/locks\n");
    QCOMPARE(journaled(), QStringList{QStringLiteral("alert raised")});
    QCOMPARE(m_cluster
                 ->run("SELECT detail->>'rule' || ' ' || (detail->>'server') || ' ' || (detail->>'value') FROM "
                       "shardhelm.operation WHERE what = 'alert raised'")
                 .text(0, 0),
             QStringLiteral("blocked_sessions one 7"));
    QTRY_COMPARE(m_cluster
                     ->run("SELECT coalesce(max(detail->>'output' || ' ' || (detail->>'exit_code')), '') FROM "
                           "shardhelm.operation WHERE what = 'alert command'")
                     .text(0, 0),
                 QString::fromUtf8(said().trimmed()) + QStringLiteral(" 0"));

    first.desk().acknowledge(subject, QStringLiteral("on it"));
    QTRY_COMPARE_WITH_TIMEOUT(second.handling().kind, Handling::Kind::Acknowledged, 60000);
    QCOMPARE(second.handling().reason, QStringLiteral("on it"));
    QVERIFY(!second.handling().by.isEmpty());

    second.see(false);
    first.see(false);
    QCOMPARE(second.told().last(), QStringLiteral("-1"));
    QCOMPARE(first.told().last(), QStringLiteral("-0"));
    QVERIFY(first.alerts().empty());
    QCOMPARE(said().count('\n'), 2);
    QCOMPARE(journaled(),
             QStringList({QStringLiteral("alert raised"), QStringLiteral("alert acknowledged"),
                          QStringLiteral("alert cleared")}));
    // Raised again it is nobody's.
    first.see(true);
    QCOMPARE(first.handling().kind, Handling::Kind::Open);
}

void TestAlertDesk::mutedRunsNoCommand()
{
    Console console(m_file);
    console.desk().mute({subject.rule, {}}, QStringLiteral("rollout"), QDateTime::currentDateTimeUtc().addSecs(3600));
    console.desk().finish(Wait::forDuration(std::chrono::seconds(60)));
    console.see(true);
    QCOMPARE(console.handling().kind, Handling::Kind::Muted);
    QVERIFY(console.handling().until.has_value());
    QVERIFY(said().isEmpty());
    console.desk().unmute({subject.rule, {}});
    QTRY_COMPARE_WITH_TIMEOUT(console.handling().kind, Handling::Kind::Open, 60000);
}

void TestAlertDesk::acrossRestarts()
{
    {
        Console console(m_file);
        console.see(true);
    }
    Console next(m_file);
    next.see(true);
    QVERIFY(next.told().isEmpty()); // it stood, and stands
    QCOMPARE(next.alerts().size(), size_t(1));
    {
        Console another(m_file);
        another.see(false);
        QCOMPARE(another.told(), QStringList{QStringLiteral("-1")});
    }
    QCOMPARE(said().count('\n'), 2);
}

void TestAlertDesk::commandsThatHangOrFail()
{
    m_file.alertCommandTimeout = std::chrono::milliseconds(300);
    m_file.alertOptions[QStringLiteral("blocked_sessions")].command = QStringLiteral("sleep 600");
    {
        Console console(m_file);
        console.see(true);
        m_file.alertOptions[QStringLiteral("blocked_sessions")].command =
            QStringLiteral("head -c 100000 /dev/zero | tr '\\0' x; echo bad >&2; exit 3");
    }
    m_file.alertCommandTimeout = std::chrono::seconds(60);
    {
        Console console(m_file);
        console.see(false);
    }
    const pg::Rows rows =
        m_cluster->run("SELECT detail->>'ended', detail->>'exit_code', length(detail->>'output') FROM "
                       "shardhelm.operation WHERE what = 'alert command' ORDER BY id");
    QCOMPARE(rows.count(), 2);
    QCOMPARE(rows.text(0, 0), QStringLiteral("timeout"));
    QCOMPARE(rows.text(1, 1), QStringLiteral("3"));
    QCOMPARE(rows.integer(1, 2), 2000);
}

void TestAlertDesk::withoutADirectoryOfOurs_data()
{
    QTest::addColumn<QString>("why");
    QTest::newRow("foreign") << QStringLiteral("foreign");
    QTest::newRow("read-only role") << QStringLiteral("role");
    QTest::newRow("not there") << QStringLiteral("gone");
}

void TestAlertDesk::withoutADirectoryOfOurs()
{
    QFETCH(QString, why);
    if (why == QLatin1StringView("foreign"))
        m_file.directoryQueries.insert(QStringLiteral("map"), QStringLiteral("select 1"));
    if (why == QLatin1StringView("gone"))
        m_file.directoryConninfo = QStringLiteral("host=127.0.0.1 port=1 user=x dbname=x connect_timeout=2");
    if (why == QLatin1StringView("role")) {
        m_cluster->run("DROP ROLE IF EXISTS reader; CREATE ROLE reader LOGIN; GRANT USAGE ON SCHEMA shardhelm TO "
                       "reader; GRANT SELECT ON ALL TABLES IN SCHEMA shardhelm TO reader");
        m_file.directoryConninfo += QStringLiteral(" user=reader");
    }
    Console first(m_file);
    Console second(m_file);
    first.see(true);
    second.see(true);
    QCOMPARE(first.told(), QStringList{QStringLiteral("+1")});
    QCOMPARE(second.told(), QStringList{QStringLiteral("+0")}); // of the same user on the same computer
    second.desk().acknowledge(subject, QStringLiteral("on it"));
    QTRY_COMPARE_WITH_TIMEOUT(first.handling().kind, Handling::Kind::Acknowledged, 60000);
    QVERIFY(journaled().isEmpty());
    QVERIFY(QFile::exists(Journal(m_file).localPath()));
    if (why == QLatin1StringView("role"))
        m_cluster->run("DROP OWNED BY reader; DROP ROLE reader");
}

QTEST_GUILESS_MAIN(TestAlertDesk)
#include "tst_desk.moc"
