// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/clusterfile.h"
#include "support/fleet.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace shardhelm;
using namespace shardhelm::cluster;
using test::Fleet;

/// `directory check`, `directory adopt` and `locate` of the real program: data on stdout, exit codes by contract.
class TestCheckAdoptLocate : public QObject
{
    Q_OBJECT

private:
    struct Outcome
    {
        int code = -1;
        QByteArray out;
        QByteArray err;

        [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
        [[nodiscard]] QJsonArray data() const { return json().value(QLatin1StringView("data")).toArray(); }
        [[nodiscard]] bool complete() const { return json().value(QLatin1StringView("complete")).toBool(); }
    };

    const test::TestServer m_server;
    QTemporaryDir m_folder;

    [[nodiscard]] QString clusterFile(const Fleet &fleet) const
    {
        ClusterFile file = fleet.file();
        file.locate.insert(QStringLiteral("note"), QStringLiteral("select tenant_id from app.orders where note = $1"));
        QFile target(m_folder.filePath(QStringLiteral("cluster.toml")));
        if (!target.open(QIODevice::WriteOnly))
            qFatal("cannot write %s", qPrintable(target.fileName()));
        target.write(clusterFileText(file).toUtf8());
        return target.fileName();
    }

    [[nodiscard]] Outcome run(const QString &file, const QStringList &arguments) const
    {
        QProcess process;
        process.start(QStringLiteral(SHARDHELMCTL), arguments + QStringList{QStringLiteral("--cluster"), file});
        if (!process.waitForFinished(120000) || process.exitStatus() != QProcess::NormalExit)
            return {};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

    static RoutingRequest modulo() { return {Recipe::Modulo, QStringLiteral("bigint"), 8, {}, 128, {}, {}}; }
    static QStringList words(const char *text) { return QString::fromLatin1(text).split(u' '); }

private Q_SLOTS:
    void checkCodes()
    {
        const Fleet fleet(m_server, Layout::Rows, modulo());
        const QString file = clusterFile(fleet);
        const Outcome clean = run(file, words("directory check --format json"));
        QVERIFY2(clean.code == 0, clean.err.constData());
        QVERIFY(clean.complete() && clean.data().isEmpty());

        fleet.run(QStringLiteral("i2"), "insert into app.orders values (8, 77)");
        const Outcome differences = run(file, words("directory check --format json"));
        QCOMPARE(differences.code, 5);
        QVERIFY(differences.complete());
        QCOMPARE(differences.data().size(), 1);
        const QJsonObject finding = differences.data().first().toObject();
        QCOMPARE(finding.value(QLatin1StringView("code")).toString(), QStringLiteral("rows_misplaced"));
        QCOMPARE(finding.value(QLatin1StringView("severity")).toString(), QStringLiteral("stop"));
        QCOMPARE(finding.value(QLatin1StringView("instance")).toString(), QStringLiteral("i2"));
        QCOMPARE(finding.value(QLatin1StringView("count")).toInt(), 1);
        QCOMPARE(finding.value(QLatin1StringView("facts")).toArray(), QJsonArray{QStringLiteral("8 -> 0")});
        QVERIFY(run(file, words("directory check")).out.contains("belong elsewhere"));
        QCOMPARE(run(file, words("directory check --no-contents")).code, 0);

        fleet.run(QStringLiteral("directory"),
                  "update shardhelm.instance set conninfo = 'host=/nonexistent' where name = 'i1'");
        const Outcome both = run(file, words("directory check --format json"));
        QCOMPARE(both.code, 5);
        QVERIFY(!both.complete());
        fleet.run(QStringLiteral("i2"), "delete from app.orders where id = 77");
        const Outcome partial = run(file, words("directory check --format json"));
        QCOMPARE(partial.code, 3);
        QVERIFY(!partial.complete());
        QCOMPARE(run(file, words("directory check --strict")).code, 1);
    }

    void checkGroupsWhatIsNotPermitted()
    {
        const Fleet fleet(m_server, Layout::Rows, modulo());
        const QString file = clusterFile(fleet);
        fleet.run(QStringLiteral("i1"), "create role onlooker login");
        fleet.run(QStringLiteral("i1"), "grant usage on schema app to onlooker");
        fleet.run(QStringLiteral("directory"),
                  "update shardhelm.instance set conninfo = conninfo || ' user=onlooker' where name = 'i1'");
        const Outcome checked = run(file, words("directory check --format json"));
        fleet.run(QStringLiteral("i1"), "drop owned by onlooker; drop role onlooker");
        QVERIFY(!checked.complete());
        QStringList tables;
        for (const QJsonValue &value : checked.data()) {
            const QJsonObject finding = value.toObject();
            if (finding[QLatin1StringView("code")].toString() != QLatin1StringView("instance_unchecked")
                || finding[QLatin1StringView("table")].isNull())
                continue;
            QVERIFY2(tables.isEmpty(), checked.out.constData());
            tables << finding[QLatin1StringView("table")].toString();
            for (const QJsonValue &other : finding[QLatin1StringView("facts")].toArray())
                tables << other.toString();
        }
        tables.sort();
        QCOMPARE(tables, (QStringList{QStringLiteral("app.orders"), QStringLiteral("app.plans")}));
    }

    void locateCodes()
    {
        const Fleet fleet(m_server, Layout::Rows, modulo());
        const QString file = clusterFile(fleet);
        const Outcome negative = run(file, words("locate --format json -7"));
        QVERIFY2(negative.code == 0, negative.err.constData());
        QCOMPARE(negative.data().first().toObject().value(QLatin1StringView("logical_shard")).toInt(), 1);

        const Outcome plain = run(file, words("locate 13 0014 --format json"));
        QVERIFY2(plain.code == 0, plain.err.constData());
        QCOMPARE(plain.data().size(), 2);
        const QJsonObject first = plain.data().first().toObject();
        QCOMPARE(first.value(QLatin1StringView("key")).toString(), QStringLiteral("13"));
        QCOMPARE(first.value(QLatin1StringView("logical_shard")).toInt(), 5);
        QCOMPARE(first.value(QLatin1StringView("instance")).toString(), QStringLiteral("i2"));
        QVERIFY(first.value(QLatin1StringView("schema")).isNull());
        QCOMPARE(first.value(QLatin1StringView("pinned")).toBool(true), false);
        QCOMPARE(plain.data().last().toObject().value(QLatin1StringView("tenant")).toString(), QStringLiteral("14"));

        fleet.run(QStringLiteral("i2"), "update app.orders set note = 'ann@example.org' where tenant_id = 13");
        const Outcome byNote = run(file, words("locate ann@example.org --format csv"));
        QVERIFY2(byNote.code == 0, byNote.err.constData());
        QVERIFY(byNote.out.contains("ann@example.org,13,5,i2,,false,"));
        const Outcome nobody = run(file, words("locate nobody@example.org --format json"));
        QCOMPARE(nobody.code, 1);
        QVERIFY(nobody.err.contains("nobody@example.org"));
        fleet.run(QStringLiteral("directory"),
                  "update shardhelm.instance set conninfo = 'host=/nonexistent' where name = 'i1'");
        const Outcome perhaps = run(file, words("locate nobody@example.org --format json"));
        QCOMPARE(perhaps.code, 3);
        QVERIFY(!perhaps.complete());
        QVERIFY2(perhaps.err.contains("not found on the instances that answered; no answer came from: i1"),
                 perhaps.err.constData());
        const Outcome odd = run(file, {QStringLiteral("locate"), QStringLiteral("a\x1b[2Jb\nc")});
        QVERIFY2(!odd.err.contains('\x1b') && odd.err.contains("a\\x1b[2Jb\\x0ac"), odd.err.constData());
        const Outcome unknown = run(file, words("locate x --by order"));
        QVERIFY(unknown.code == 1 || unknown.code == 2);
        QVERIFY(unknown.err.contains("note"));
    }

    void locateAsksASilentInstanceOnce()
    {
        const Fleet fleet(m_server, Layout::Rows, modulo());
        const QString file = clusterFile(fleet);
        // The kernel takes connections to a port that is listened on; nobody ever answers them.
        const int silent = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto *plain = reinterpret_cast<sockaddr *>(&address);
        QVERIFY(silent >= 0 && ::bind(silent, plain, size) == 0 && ::listen(silent, 10) == 0
                && ::getsockname(silent, plain, &size) == 0);
        fleet.run(QStringLiteral("directory"),
                  "update shardhelm.instance set conninfo = 'host=127.0.0.1 port="
                      + QByteArray::number(ntohs(address.sin_port)) + "' where name = 'i1'");
        constexpr int timeout = 10'000;
        QElapsedTimer timer;
        timer.start();
        const Outcome outcome = run(file, words("locate a@x b@x c@x d@x e@x --timeout 10 --format json"));
        const qint64 took = timer.elapsed();
        ::close(silent);
        QCOMPARE(outcome.code, 3);
        QVERIFY(!outcome.complete());
        for (const char *key : {"\"a@x\"", "\"e@x\""})
            QVERIFY2(outcome.err.contains(key), outcome.err.constData());
        QCOMPARE(outcome.err.count("no answer came from: i1"), 5);
        // One deadline for all keys; what was lost on the silent instance left time for every one of them.
        QVERIFY2(took < 2 * timeout, QByteArray::number(took).constData());
    }

    void shardsWithoutAPlace()
    {
        const Fleet fleet(m_server, Layout::Rows, modulo());
        const QString file = clusterFile(fleet);
        fleet.run(QStringLiteral("directory"), "delete from shardhelm.logical_shard where id in (5, 7)");
        const Outcome located = run(file, words("locate 13 14 --format json"));
        QCOMPARE(located.code, 1);
        QVERIFY(!located.complete());
        QCOMPARE(located.data().size(), 1);
        QVERIFY2(located.err.contains("Logical shard 5, where 13 belongs, is not placed on any instance."),
                 located.err.constData());

        const Outcome map = run(file, words("map --format json"));
        QVERIFY2(map.code == 0, map.err.constData());
        QVERIFY(map.complete());
        QCOMPARE(map.data().size(), 8);
        const QJsonObject unplaced = map.data().at(5).toObject();
        QCOMPARE(unplaced.value(QLatin1StringView("id")).toInt(), 5);
        QVERIFY(unplaced.value(QLatin1StringView("instance")).isNull());
        QCOMPARE(unplaced.value(QLatin1StringView("state")).toString(), QStringLiteral("unplaced"));
        QVERIFY(map.json()
                    .value(QLatin1StringView("warnings"))
                    .toArray()
                    .first()
                    .toString()
                    .endsWith(QLatin1StringView("5, 7")));
        QVERIFY(run(file, words("map")).err.contains("5, 7"));
    }

    void adoptPlacesEmptyShards()
    {
        const Fleet fleet(m_server, Layout::Rows, modulo(), false);
        const QString file = clusterFile(fleet);
        const QStringList adopt =
            words("directory adopt --layout rows --key-type bigint --recipe modulo --reference app.plans --format json")
            + QStringList{QStringLiteral("--instance"), QStringLiteral("i1=") + fleet.conninfo(QStringLiteral("i1")),
                          QStringLiteral("--instance"), QStringLiteral("i2=") + fleet.conninfo(QStringLiteral("i2"))};
        const Outcome missing = run(file, adopt + words("--logical 8 --table app.nobody:tenant_id"));
        QCOMPARE(missing.code, 5);
        QVERIFY2(missing.out.contains("app.nobody"), missing.out.constData());
        const Outcome twice = run(file, adopt + words("--logical 8 --instance i1=dbname=x"));
        QCOMPARE(twice.code, 2);

        // No tenant is left whose key belongs to shards 5 and 7.
        for (const QString &instance : {QStringLiteral("i1"), QStringLiteral("i2")})
            fleet.run(instance, "delete from app.orders where tenant_id % 8 in (5, 7, -5, -7)");
        const QStringList placing = adopt + words("--logical 8 --table app.orders:tenant_id --place-empty");
        QCOMPARE(run(file, placing + words("nobody")).code, 2);
        const Outcome done = run(file, placing + words("spread"));
        QVERIFY2(done.code == 0, QByteArray(done.out + done.err).constData());
        const QJsonObject data = done.json().value(QLatin1StringView("data")).toObject();
        QCOMPARE(data.value(QLatin1StringView("placed_empty")).toArray(), (QJsonArray{5, 7}));
        QVERIFY(data.value(QLatin1StringView("unplaced")).toArray().isEmpty());
        QCOMPARE(fleet.map().shards.size(), size_t(8));
        QVERIFY(fleet.map().shard(5)->instance != fleet.map().shard(7)->instance);
        QCOMPARE(run(file, words("directory check")).code, 0);
    }

    void adoptCodes()
    {
        const Fleet fleet(m_server, Layout::Rows, modulo(), false);
        const QString file = clusterFile(fleet);
        const QStringList adopt =
            words("directory adopt --layout rows --logical 8 --key-type bigint --recipe modulo --table "
                  "app.orders:tenant_id --reference app.plans")
            + QStringList{QStringLiteral("--instance"), QStringLiteral("i1=") + fleet.conninfo(QStringLiteral("i1")),
                          QStringLiteral("--instance"), QStringLiteral("i2=") + fleet.conninfo(QStringLiteral("i2"))};
        fleet.run(QStringLiteral("i2"), "alter table app.orders add extra int");
        const Outcome conflict = run(file, adopt + words("--format json"));
        QVERIFY2(conflict.code == 5, conflict.err.constData());
        const QJsonObject refused = conflict.json().value(QLatin1StringView("data")).toObject();
        QCOMPARE(refused.value(QLatin1StringView("conflicts")).toArray().size(), 1);
        QVERIFY(!refused.value(QLatin1StringView("written")).toBool());
        fleet.run(QStringLiteral("i2"), "alter table app.orders drop extra");

        QStringList routed = adopt;
        const qsizetype recipe = routed.indexOf(QLatin1StringView("--recipe"));
        routed.remove(recipe, 2);
        // No expression, no placeholder, a function that is not there, a result that is no number.
        for (const char *routing : {"$1 %", "tenant_id % 8", "no_such_function($1)", "'eight'"}) {
            const Outcome bad =
                run(file, routed + QStringList{QStringLiteral("--routing"), QString::fromLatin1(routing)});
            QVERIFY2(bad.code == 2,
                     QByteArray(QByteArray::number(bad.code) + routing + QByteArray(": ") + bad.err).constData());
            QVERIFY2(bad.err.contains("routing"), bad.err.constData());
            QCOMPARE(bad.out, QByteArray());
        }

        const Outcome dry = run(file, adopt + words("--dry-run"));
        QVERIFY2(dry.code == 0, dry.err.constData());
        QVERIFY(dry.out.contains("shardhelm.logical_shard"));
        QCOMPARE(run(file, words("directory check")).code, 1);

        const Outcome done = run(file, adopt + words("--format json"));
        QVERIFY2(done.code == 0, done.err.constData());
        const QJsonObject data = done.json().value(QLatin1StringView("data")).toObject();
        QCOMPARE(data.value(QLatin1StringView("placement")).toArray().size(), 8);
        QVERIFY(data.value(QLatin1StringView("written")).toBool());
        const Outcome check = run(file, words("directory check"));
        QVERIFY2(check.code == 0, QByteArray(check.out + check.err).constData());
        QCOMPARE(run(file, adopt).code, 4); // there is one already
    }
};

QTEST_GUILESS_MAIN(TestCheckAdoptLocate)
#include "tst_check_adopt_locate.moc"
