// SPDX-License-Identifier: GPL-3.0-or-later
#include "detailtest.h"
#include "monitor/detail/settings.h"

#include <QTest>

using namespace shardhelm;
using namespace shardhelm::monitor::detail;

namespace {

Setting setting(const QString &value)
{
    Setting result;
    result.name = QStringLiteral("work_mem");
    result.value = value;
    return result;
}

const SettingDifference *find(const std::vector<SettingDifference> &all, const QString &name)
{
    for (const SettingDifference &one : all) {
        if (one.here.name == name)
            return &one;
    }
    return nullptr;
}

} // namespace

class TestDetailSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_one = std::make_unique<test::TestServer>();
        m_two = std::make_unique<test::TestServer>();
    }

    void namesWhatTheMajorityHas()
    {
        const QMap<QString, std::vector<Setting>> fleet{{QStringLiteral("a"), {setting(QStringLiteral("64"))}},
                                                        {QStringLiteral("b"), {setting(QStringLiteral("4"))}},
                                                        {QStringLiteral("c"), {setting(QStringLiteral("4"))}},
                                                        {QStringLiteral("d"), {setting(QStringLiteral("8"))}}};
        const auto odd = settingDifferences(fleet, QStringLiteral("a"));
        QCOMPARE(odd.size(), size_t(1));
        QCOMPARE(odd[0].majority, QStringLiteral("4"));
        QCOMPARE(odd[0].agreeing, 2);
        QCOMPARE(odd[0].compared, 3);
        // Of the crowd: the others disagree among themselves, yet most have what it has.
        QVERIFY(settingDifferences(fleet, QStringLiteral("b")).size() == 1);
        QMap<QString, std::vector<Setting>> larger = fleet;
        larger.insert(QStringLiteral("e"), {setting(QStringLiteral("4"))});
        larger.insert(QStringLiteral("f"), {setting(QStringLiteral("4"))});
        QVERIFY(settingDifferences(larger, QStringLiteral("b")).empty());
        QVERIFY(
            settingDifferences({{QStringLiteral("a"), {setting(QStringLiteral("1"))}}}, QStringLiteral("a")).empty());
    }

    void readsServers()
    {
        m_one->run("ALTER SYSTEM SET work_mem = '64MB'");
        m_one->run("ALTER SYSTEM SET max_connections = 57");
        m_one->run("SELECT pg_reload_conf()");
        const std::vector<monitor::Target> targets{test::target(QStringLiteral("one"), m_one->conninfo()),
                                                   test::target(QStringLiteral("two"), m_two->conninfo())};
        OwnConnections own(nullptr);
        // The new file is read by the postmaster in its own time.
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                const auto read = readFleetSettings(own, targets, QStringLiteral("one"), test::patient());
                const SettingDifference *memory = read ? find(read->differences, QStringLiteral("work_mem")) : nullptr;
                const SettingDifference *most =
                    read ? find(read->differences, QStringLiteral("max_connections")) : nullptr;
                return memory && memory->here.value == u"65536" && memory->here.unit == u"kB"
                    && memory->majority == QStringLiteral("4096") && memory->here.source == u"configuration file"
                    && !memory->here.file.isEmpty() && most && most->here.pendingRestart && most->compared == 1;
            }(),
            60000);
        const auto read = readFleetSettings(own, targets, QStringLiteral("one"), test::patient());
        QVERIFY(read);
        QVERIFY(!find(read->differences, QStringLiteral("port")));
        QVERIFY(!find(read->differences, QStringLiteral("data_directory")));
        QVERIFY(!find(read->differences, QStringLiteral("application_name")));
        QCOMPARE(read->compared, 1);
    }

    void withoutRightsAllButTheFileIsKnown()
    {
        const std::vector<monitor::Target> targets{test::target(QStringLiteral("one"), test::plainConninfo(*m_one)),
                                                   test::target(QStringLiteral("two"), test::plainConninfo(*m_two))};
        OwnConnections own(nullptr);
        const auto read = readFleetSettings(own, targets, QStringLiteral("one"), test::patient());
        QVERIFY(read);
        const SettingDifference *memory = find(read->differences, QStringLiteral("work_mem"));
        QVERIFY(memory);
        QCOMPARE(memory->here.value, QStringLiteral("65536"));
        QVERIFY(memory->here.file.isEmpty());
    }

    void saysWhoDidNotAnswer()
    {
        const QString nobody = QStringLiteral("host=%1/none dbname=x").arg(m_one->folder());
        OwnConnections own(nullptr);
        const std::vector<monitor::Target> targets{test::target(QStringLiteral("one"), m_one->conninfo()),
                                                   test::target(QStringLiteral("gone"), nobody)};
        const auto read = readFleetSettings(own, targets, QStringLiteral("one"), test::patient());
        QVERIFY(read);
        QCOMPARE(read->missed.keys(), QStringList{QStringLiteral("gone")});
        QCOMPARE(read->compared, 0);
        const auto failed = readFleetSettings(own, targets, QStringLiteral("gone"), test::patient());
        QVERIFY(!failed);
        QCOMPARE(failed.error().subject, QStringLiteral("gone"));
    }

private:
    std::unique_ptr<test::TestServer> m_one;
    std::unique_ptr<test::TestServer> m_two;
};

QTEST_GUILESS_MAIN(TestDetailSettings)
#include "tst_settings.moc"
