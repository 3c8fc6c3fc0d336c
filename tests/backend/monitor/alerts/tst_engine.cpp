// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/alerts/engine.h"
#include "monitor/alerts/notes.h"

#include <QTest>

using namespace shardhelm;
using namespace shardhelm::monitor;
using namespace shardhelm::monitor::alerts;

namespace {

/// A directory and three instances that are well, one second after another.
class Fleet
{
public:
    Fleet()
    {
        for (const char *name : {"a", "b", "c", "directory"}) {
            ServerSample server;
            server.name = server.instance = QString::fromLatin1(name);
            server.role = server.name == QLatin1StringView("directory") ? Role::Directory : Role::Primary;
            server.state = State::Healthy;
            sample.servers.push_back(server);
        }
        sample.at = QDateTime::fromSecsSinceEpoch(1'700'000'000, Qt::UTC);
        sample.mapEpoch = 1;
    }

    ServerSample &operator[](int index) { return sample.servers.at(static_cast<size_t>(index)); }

    /// "+rule@server" for what is raised, "-rule@server" for what is cleared, after some seconds.
    QStringList after(int seconds, Engine &engine)
    {
        sample.at = sample.at.addSecs(seconds);
        QStringList changes;
        for (const Event &event : engine.update(sample))
            changes << (event.raised ? u'+' : u'-') + event.alert.subject.rule + u'@' + event.alert.subject.server;
        return changes;
    }

    void blocked(int index, bool raised)
    {
        (*this)[index].alerts.clear();
        if (raised)
            (*this)[index].alerts.push_back({Rule::BlockedSessions, true, 7, 5, std::nullopt});
    }

    FleetSample sample;
};

Note note(Note::Kind kind, const Subject &subject, int second, std::optional<int> until = {})
{
    Note result;
    result.kind = kind;
    result.at = QDateTime::fromSecsSinceEpoch(second, Qt::UTC);
    result.who = QStringLiteral("ann");
    result.subject = subject;
    result.reason = QStringLiteral("why");
    if (until)
        result.until = QDateTime::fromSecsSinceEpoch(*until, Qt::UTC);
    return result;
}

const QStringList nothing;

} // namespace

/// When alerts are raised and cleared, and what the notes about them say.
class TestAlertEngine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void figuresAreHeld()
    {
        Fleet fleet;
        Engine engine{cluster::ClusterFile()};
        QCOMPARE(fleet.after(1, engine), nothing);
        fleet.blocked(1, true);
        QCOMPARE(fleet.after(1, engine), nothing); // five seconds by default
        QCOMPARE(fleet.after(4, engine), nothing);
        QCOMPARE(fleet.after(1, engine), QStringList{QStringLiteral("+blocked_sessions@b")});
        QCOMPARE(fleet.after(60, engine), nothing);
        QCOMPARE(engine.active().size(), size_t(1));
        QCOMPARE(engine.active().front().figure->value, 7.0);
        fleet.blocked(1, false);
        QCOMPARE(fleet.after(1, engine), QStringList{QStringLiteral("-blocked_sessions@b")});
        // A short one in between starts the time anew.
        fleet.blocked(1, true);
        QCOMPARE(fleet.after(1, engine), nothing);
        fleet.blocked(1, false);
        QCOMPARE(fleet.after(3, engine), nothing);
        fleet.blocked(1, true);
        QCOMPARE(fleet.after(3, engine), nothing);
    }

    void theFileDecides()
    {
        cluster::ClusterFile file;
        auto &options = file.alertOptions[QStringLiteral("blocked_sessions")];
        options.hold = std::chrono::seconds(0);
        options.severity = cluster::AlertSeverity::Critical;
        options.command = QStringLiteral("page");
        options.runbook = QStringLiteral("https://x/y");
        file.alerts.remove(QStringLiteral("down"));
        Fleet fleet;
        Engine engine(file);
        fleet.blocked(0, true);
        fleet[2].state = State::Down;
        QCOMPARE(fleet.after(1, engine), QStringList{QStringLiteral("+blocked_sessions@a")});
        QCOMPARE(fleet.after(100, engine), nothing);
        const ActiveAlert alert = engine.active().front();
        QCOMPARE(alert.severity, cluster::AlertSeverity::Critical);
        QCOMPARE(alert.command, QStringLiteral("page"));
        QCOMPARE(alert.runbook, QStringLiteral("https://x/y"));
    }

    void downAndBack()
    {
        Fleet fleet;
        Engine engine{cluster::ClusterFile()};
        fleet.after(1, engine);
        fleet[0].state = State::Down;
        QCOMPARE(fleet.after(1, engine), nothing);
        QCOMPARE(fleet.after(5, engine), QStringList{QStringLiteral("+down@a")});
        fleet[0].state = State::Stale;
        QCOMPARE(fleet.after(5, engine), nothing); // not known to be back
        fleet[0].state = State::Healthy;
        QCOMPARE(fleet.after(1, engine), QStringList{QStringLiteral("-down@a")});
    }

    /// The console's network is gone: one alert, and what stood before stands.
    void ownNetworkGone()
    {
        Fleet fleet;
        Engine engine{cluster::ClusterFile()};
        fleet.blocked(1, true);
        fleet.after(1, engine);
        QCOMPARE(fleet.after(5, engine), QStringList{QStringLiteral("+blocked_sessions@b")});
        fleet.blocked(1, false);
        fleet[0].state = State::Down; // the first of them is found a little earlier
        QCOMPARE(fleet.after(2, engine), QStringList{QStringLiteral("-blocked_sessions@b")});
        for (int i = 1; i < 4; ++i)
            fleet[i].state = State::Down;
        QCOMPARE(fleet.after(2, engine), nothing);
        QCOMPARE(fleet.after(60, engine), QStringList{QStringLiteral("+unreachable@")});
        QCOMPARE(engine.active().front().servers, 4);
        QCOMPARE(fleet.after(60, engine), nothing);
        for (int i = 0; i < 4; ++i)
            fleet[i].state = State::Healthy;
        QCOMPARE(fleet.after(1, engine), QStringList{QStringLiteral("-unreachable@")});
        QCOMPARE(fleet.after(60, engine), nothing);
        // A single server that is all there is may just be down.
        Fleet one;
        one.sample.servers.resize(1);
        one[0].state = State::Down;
        Engine other{cluster::ClusterFile()};
        one.after(1, other);
        QCOMPARE(one.after(6, other), QStringList{QStringLiteral("+down@a")});
    }

    void figuresOfTheSilentAreFrozen()
    {
        Fleet fleet;
        Engine engine{cluster::ClusterFile()};
        fleet.blocked(1, true);
        fleet.after(1, engine);
        fleet.after(6, engine);
        fleet.blocked(1, false); // a server that is down has no alerts of its figures
        fleet[1].state = State::Down;
        QCOMPARE(fleet.after(1, engine), nothing);
        QCOMPARE(fleet.after(9, engine), QStringList{QStringLiteral("+down@b")});
        fleet[1].state = State::Healthy;
        QCOMPARE(fleet.after(1, engine),
                 QStringList({QStringLiteral("-blocked_sessions@b"), QStringLiteral("-down@b")}));
        // One that leaves the fleet has no alerts any more.
        fleet[1].state = State::Down;
        fleet.after(1, engine);
        fleet.after(9, engine);
        fleet.sample.servers.erase(fleet.sample.servers.begin() + 1);
        QCOMPARE(fleet.after(1, engine), QStringList{QStringLiteral("-down@b")});
    }

    void outliersByTheirSeverity()
    {
        cluster::ClusterFile file;
        file.alerts.insert(QStringLiteral("outlier"), 2);
        Fleet fleet;
        Engine engine(file);
        RankedServer place{QStringLiteral("c"),
                           QStringLiteral("c"),
                           1.9,
                           fleet.sample.at,
                           {{outliers::Metric::P99Ms, 1500, 30, 50, 0, 0, QStringLiteral("log"), {}}}};
        const auto ranked = [&](double severity) {
            place.severity = severity;
            fleet.sample.verdict.ranking = {place};
            return fleet.after(1, engine);
        };
        QCOMPARE(ranked(1.9), nothing);
        QCOMPARE(ranked(2.1), QStringList{QStringLiteral("+outlier@c")});
        QCOMPARE(engine.active().front().reasons, place.reasons);
        QCOMPARE(ranked(1.9), nothing);
        QCOMPARE(ranked(1.7), QStringList{QStringLiteral("-outlier@c")});
        ranked(2.1);
        fleet.sample.verdict.ranking.clear();
        QCOMPARE(fleet.after(1, engine), QStringList{QStringLiteral("-outlier@c")});
    }

    void commonCause()
    {
        Fleet fleet;
        Engine engine{cluster::ClusterFile()};
        fleet.sample.verdict.commonChanges = {{outliers::Metric::P99Ms, 3, 3, 0, 12, {}}};
        QCOMPARE(fleet.after(1, engine), nothing);
        QCOMPARE(fleet.after(10, engine), QStringList{QStringLiteral("+common_change@")});
    }

    void whatWasRaisedBeforeIsCleared()
    {
        Fleet fleet;
        Engine engine{cluster::ClusterFile()};
        ActiveAlert old;
        old.subject = {QStringLiteral("down"), QStringLiteral("a")};
        ActiveAlert standing;
        standing.subject = {QStringLiteral("blocked_sessions"), QStringLiteral("b")};
        engine.resume({old, standing});
        fleet.blocked(1, true);
        QCOMPARE(engine.update(FleetSample()), std::vector<Event>()); // nothing is known yet
        QCOMPARE(fleet.after(0, engine), QStringList{QStringLiteral("-down@a")});
        QCOMPARE(fleet.after(60, engine), nothing);
    }

    void aSingleSampleNeedsNoTime()
    {
        Fleet fleet;
        Engine engine(cluster::ClusterFile(), Engine::Holding::None);
        fleet.blocked(0, true);
        fleet[2].state = State::Down;
        QCOMPARE(fleet.after(0, engine),
                 QStringList({QStringLiteral("+blocked_sessions@a"), QStringLiteral("+down@c")}));
        QCOMPARE(engine.active().front().subject.rule, QStringLiteral("down")); // the critical one first
    }

    void handling()
    {
        using Kind = Note::Kind;
        const Subject subject{QStringLiteral("down"), QStringLiteral("a")};
        const auto kind = [&](const std::vector<Note> &notes, int now) {
            return handlingOf(subject, notes, QDateTime::fromSecsSinceEpoch(now, Qt::UTC)).kind;
        };
        using enum Handling::Kind;
        QCOMPARE(kind({}, 0), Open);
        QCOMPARE(kind({note(Kind::Acknowledged, subject, 1)}, 2), Acknowledged);
        QCOMPARE(kind({note(Kind::Acknowledged, subject, 1), note(Kind::Cleared, subject, 2)}, 3), Open);
        QCOMPARE(kind({note(Kind::Acknowledged, {subject.rule, QStringLiteral("b")}, 1)}, 2), Open);
        for (const Subject &muted : {subject, Subject{subject.rule, {}}, Subject{{}, subject.server}}) {
            QCOMPARE(kind({note(Kind::Muted, muted, 1)}, 100), Muted);
            QCOMPARE(kind({note(Kind::Muted, muted, 1, 50)}, 49), Muted);
            QCOMPARE(kind({note(Kind::Muted, muted, 1, 50)}, 50), Open);
            QCOMPARE(kind({note(Kind::Muted, muted, 1), note(Kind::Unmuted, muted, 2)}, 3), Open);
            QCOMPARE(kind({note(Kind::Muted, muted, 1), note(Kind::Cleared, subject, 2)}, 3), Muted);
        }
        QCOMPARE(kind({note(Kind::Muted, {QStringLiteral("p99_ms"), {}}, 1)}, 2), Open);
        const Handling told = handlingOf(subject, {note(Kind::Muted, subject, 1, 50)}, {});
        QCOMPARE(told.by, QStringLiteral("ann"));
        QCOMPARE(told.reason, QStringLiteral("why"));
    }

    void openOnes()
    {
        using Kind = Note::Kind;
        const Subject a{QStringLiteral("down"), QStringLiteral("a")};
        const Subject b{QStringLiteral("down"), QStringLiteral("b")};
        const auto open = openAlerts({note(Kind::Raised, a, 1), note(Kind::Raised, b, 2), note(Kind::Cleared, a, 3),
                                      note(Kind::Acknowledged, b, 4)},
                                     QDateTime::fromSecsSinceEpoch(5, Qt::UTC));
        QCOMPARE(open.size(), size_t(1));
        QCOMPARE(open[0].alert.subject, b);
        QCOMPARE(open[0].alert.since.toSecsSinceEpoch(), 2);
        QCOMPARE(open[0].handling.kind, Handling::Kind::Acknowledged);
    }

    void notesSurviveTheJournal()
    {
        Note written = note(Note::Kind::Muted, {QStringLiteral("down"), {}}, 1, 50);
        written.instance = QStringLiteral("a");
        written.facts = {{QStringLiteral("value"), 7}};
        Note read = noteOf(*kindOf(wordOf(written.kind)), detailOf(written));
        read.at = written.at;
        read.who = written.who;
        QCOMPARE(read, written);
        QVERIFY(!kindOf(QStringLiteral("alert nonsense")));
    }
};

QTEST_GUILESS_MAIN(TestAlertEngine)
#include "tst_engine.moc"
