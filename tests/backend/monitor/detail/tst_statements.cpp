// SPDX-License-Identifier: GPL-3.0-or-later
#include "detailtest.h"
#include "monitor/detail/fleetstatements.h"

#include <QTest>

using namespace shardhelm;
using namespace shardhelm::monitor::detail;

namespace {

const QString slow = QStringLiteral("slow");
const QString quick = QStringLiteral("quick");
const QString third = QStringLiteral("third");

/// The statements of an application.
void work(const test::TestServer &server, const QString &database, const QByteArray &schema, int times)
{
    pg::Connection connection = server.connect(database);
    for (int i = 0; i < times; ++i) {
        const auto called = connection.query("SELECT app_work() FROM " + schema + ".orders WHERE tenant_id = $1",
                                             pg::Params(i), test::patient());
        if (!called || !connection.query("INSERT INTO " + schema + ".orders VALUES ($1)", pg::Params(i), test::soon()))
            qFatal("work");
    }
}

const StatementFact *find(const StatementReport &report, const QString &part)
{
    for (const StatementFact &fact : report.statements) {
        if (fact.text.contains(part))
            return &fact;
    }
    return nullptr;
}

StatementOnServer mean(const QString &name, double ms, qint64 calls = 100)
{
    return {name, calls, ms * static_cast<double>(calls)};
}

} // namespace

class TestDetailStatements : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QMap<QString, QString> parameters{
            {QStringLiteral("shared_preload_libraries"), QStringLiteral("pg_stat_statements")}};
        m_server = std::make_unique<test::TestServer>(parameters);
        m_other = std::make_unique<test::TestServer>(parameters);
        m_server->run("CREATE DATABASE slow");
        m_server->run("CREATE DATABASE quick");
        for (const QString &database : {slow, quick})
            prepare(*m_server, database, database == slow ? "ls_0001" : "ls_0002", database == slow);
        prepare(*m_other, QStringLiteral("postgres"), "ls_0003", false);
    }

    void sameStatementEverywhere()
    {
        StatementCatalogue catalogue(QStringLiteral("ls_%04d"));
        const int one = catalogue.idOf(QStringLiteral("SELECT * FROM ls_0001.orders WHERE id = $1"));
        QCOMPARE(catalogue.idOf(QStringLiteral("select *\nfrom ls_0217.orders where id = $2")), one);
        QCOMPARE(catalogue.idOf(QStringLiteral("SELECT * FROM \"ls_12345\".orders WHERE id = $1")), one);
        QVERIFY(catalogue.idOf(QStringLiteral("SELECT * FROM xls_0001.orders WHERE id = $1")) != one);
        QVERIFY(catalogue.idOf(QStringLiteral("SELECT * FROM ls_001.orders WHERE id = $1")) != one);
        QCOMPARE(catalogue.text(one), QStringLiteral("SELECT * FROM ls_n.orders WHERE id = $1"));
        QCOMPARE(catalogue.idOf(QStringLiteral("BEGIN")), StatementCatalogue::aside);
        QCOMPARE(catalogue.idOf(QStringLiteral("/* shardhelm/detail */ SELECT 1")), StatementCatalogue::aside);
        // What does not parse is told apart by its text, and secrets never show.
        const int odd = catalogue.idOf(QStringLiteral("SELEC 1"));
        QVERIFY(odd >= 0 && odd != one);
        const int password = catalogue.idOf(QStringLiteral("ALTER ROLE r PASSWORD 'hush'"));
        QVERIFY(!catalogue.text(password).contains(u"hush"));
    }

    void spread_data()
    {
        QTest::addColumn<double>("here");
        QTest::addColumn<QList<double>>("others");
        QTest::addColumn<Spread>("spread");
        const QList<double> crowd{2.1, 2.5, 2.9, 3.1, 4.0};
        QTest::newRow("like the others") << 3.0 << crowd << Spread::Alike;
        QTest::newRow("only here") << 1210.0 << crowd << Spread::OnlyHere;
        QTest::newRow("here and there") << 1210.0 << (crowd + QList<double>{900}) << Spread::HereAndOthers;
        QTest::newRow("only there") << 3.0 << (crowd + QList<double>{900}) << Spread::OnlyElsewhere;
        QTest::newRow("slower by too little to matter") << 0.9 << QList<double>{0.2, 0.2, 0.3} << Spread::Alike;
        QTest::newRow("slow everywhere") << 1210.0 << QList<double>{1100, 1300, 1250} << Spread::Alike;
        QTest::newRow("faster here") << 10.0 << QList<double>{1100, 1300, 1250} << Spread::FasterHere;
        QTest::newRow("one other") << 50.0 << QList<double>{5} << Spread::OnlyHere;
        QTest::newRow("nobody else") << 50.0 << QList<double>{} << Spread::NowhereElse;
    }

    void spread()
    {
        QFETCH(double, here);
        QFETCH(QList<double>, others);
        QFETCH(Spread, spread);
        std::vector<StatementOnServer> there;
        for (const double ms : others)
            there.push_back(mean(QStringLiteral("s%1").arg(there.size()), ms));
        QCOMPARE(compared(mean(QStringLiteral("here"), here), there).spread, spread);
    }

    void fewCallsSayNothing()
    {
        QCOMPARE(compared(mean(quick, 900, 2), {mean(slow, 1), mean(third, 1)}).spread, Spread::Unknown);
        QCOMPARE(compared(mean(quick, 900), {mean(slow, 1, 2)}).spread, Spread::Unknown);
    }

    void countsTheWindowAndComparesTheFleet()
    {
        const std::vector<StatementMember> fleet = members();
        OwnConnections own(nullptr);
        FleetStatements statements(QStringLiteral("ls_%04d"));
        everybodyWorks(20);
        QVERIFY(statements.read(own, fleet, slow, test::patient()));
        QCOMPARE(statements.report(StatementSpan::Window).seconds, 0.0);
        const StatementReport ever = statements.report(StatementSpan::SinceReset);
        QVERIFY(find(ever, QStringLiteral("app_work")));
        QVERIFY(ever.resetAt.isValid());
        everybodyWorks(12);
        QVERIFY(statements.read(own, fleet, slow, test::patient()));

        const StatementReport report = statements.report(StatementSpan::Window);
        QVERIFY(report.seconds > 0);
        QCOMPARE(report.compared, 2);
        const StatementFact *work = find(report, QStringLiteral("app_work"));
        QVERIFY(work);
        QCOMPARE(work->calls, qint64(12)); // not the 20 before
        QVERIFY(work->text.contains(u"ls_n.orders"));
        QCOMPARE(work->others.size(), size_t(2));
        QCOMPARE(work->comparison.spread, Spread::OnlyHere);
        QVERIFY(work->meanMs() >= 15);
        QVERIFY(work->p99);
        QVERIFY(work->p99->highMs >= 15);
        const StatementFact *insert = find(report, QStringLiteral("INSERT"));
        QVERIFY(insert);
        QCOMPARE(insert->rows, qint64(12));
        QCOMPARE(insert->others.size(), size_t(2));
        QVERIFY(report.statements.front().totalMs >= report.statements.back().totalMs);
        // The console's own questions are no load of the application, those of databases beside it neither.
        QVERIFY(!find(report, QStringLiteral("pg_stat_statements")));
        QCOMPARE(find(statements.report(StatementSpan::SinceReset), QStringLiteral("app_work"))->calls, qint64(32));
    }

    void aResetIsNoNegativeLoad()
    {
        OwnConnections own(nullptr);
        FleetStatements statements(QStringLiteral("ls_%04d"));
        everybodyWorks(8);
        QVERIFY(statements.read(own, members(), quick, test::patient()));
        m_server->run("SELECT pg_stat_statements_reset()", quick);
        everybodyWorks(3);
        QVERIFY(statements.read(own, members(), quick, test::patient()));
        const StatementReport report = statements.report(StatementSpan::Window);
        const StatementFact *work = find(report, QStringLiteral("app_work"));
        QVERIFY(work);
        QCOMPARE(work->calls, qint64(3));
        for (const StatementFact &fact : report.statements)
            QVERIFY(fact.totalMs >= 0);
    }

    void saysWhatIsMissing()
    {
        OwnConnections own(nullptr);
        FleetStatements statements;
        std::vector<StatementMember> fleet = members();
        fleet[0].target.conninfo = test::plainConninfo(*m_server) + QStringLiteral(" dbname=slow");
        auto read = statements.read(own, fleet, slow, test::patient());
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::NotPermitted);
        QVERIFY(statements.read(own, fleet, quick, test::patient()));
        QCOMPARE(statements.report(StatementSpan::Window).notPermitted, QStringList{slow});

        m_server->run("CREATE DATABASE bare");
        fleet[0].target.conninfo = m_server->conninfo(QStringLiteral("bare"));
        OwnConnections again(nullptr);
        read = statements.read(again, fleet, slow, test::patient());
        QVERIFY(!read);
        QCOMPARE(read.error().expected, QStringList{QStringLiteral("pg_stat_statements")});
        // It is found once somebody makes it.
        m_server->run("CREATE EXTENSION pg_stat_statements", QStringLiteral("bare"));
        QVERIFY(statements.read(again, fleet, slow, test::patient()));

        fleet[1].target.conninfo = QStringLiteral("host=%1/none").arg(m_server->folder());
        fleet[1].serverKey.clear();
        OwnConnections third(nullptr);
        QVERIFY(statements.read(third, fleet, slow, test::patient()));
        QCOMPARE(statements.report(StatementSpan::Window).missed.keys(), QStringList{quick});
        QVERIFY(!statements.read(third, fleet, quick, test::patient()));
    }

private:
    static void prepare(const test::TestServer &server, const QString &database, const QByteArray &schema, bool isSlow)
    {
        server.run("CREATE EXTENSION IF NOT EXISTS pg_stat_statements", database);
        server.run("CREATE SCHEMA " + schema + "; CREATE TABLE " + schema + ".orders (tenant_id int); INSERT INTO "
                       + schema
                       + ".orders SELECT generate_series(0, 99);"
                         "CREATE FUNCTION app_work() RETURNS int LANGUAGE plpgsql AS $$ BEGIN "
                       + (isSlow ? "PERFORM pg_sleep(0.02); " : "") + "RETURN 1; END $$",
                   database);
    }

    void everybodyWorks(int times) const
    {
        work(*m_server, slow, "ls_0001", times);
        work(*m_server, quick, "ls_0002", times);
        work(*m_other, QStringLiteral("postgres"), "ls_0003", times);
    }

    [[nodiscard]] std::vector<StatementMember> members() const
    {
        return {{test::target(slow, m_server->conninfo(slow)), QStringLiteral("first")},
                {test::target(quick, m_server->conninfo(quick)), QStringLiteral("first")},
                {test::target(third, m_other->conninfo()), QStringLiteral("second")}};
    }

    std::unique_ptr<test::TestServer> m_server;
    std::unique_ptr<test::TestServer> m_other;
};

QTEST_GUILESS_MAIN(TestDetailStatements)
#include "tst_statements.moc"
