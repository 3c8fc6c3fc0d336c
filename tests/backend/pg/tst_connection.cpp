// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/connection.h"
#include "support/testserver.h"

#include <QTest>

using namespace shardhelm;
using pg::Connection;
using pg::Params;
using test::soon;

/// Statements over one server that behaves.
class TestConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_server = std::make_unique<test::TestServer>(); }
    void cleanupTestCase() { m_server.reset(); }

    void query()
    {
        Connection connection = m_server->connect();
        const auto rows = connection.query("SELECT $1::int + 1, $2::text, $3::text",
                                           Params(41, QStringLiteral("ä"), std::nullopt), soon());
        QVERIFY(rows);
        QCOMPARE(rows->integer(0, 0), 42);
        QCOMPARE(rows->text(0, 1), QStringLiteral("ä"));
        QVERIFY(rows->isNull(0, 2));
        QVERIFY(rows->text(0, 2).isNull());
    }

private:
    std::unique_ptr<test::TestServer> m_server;
};

QTEST_GUILESS_MAIN(TestConnection)
#include "tst_connection.moc"
