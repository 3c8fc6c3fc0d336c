// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/checkledger.h"
#include "demo/ledgerreader.h"
#include "demo/ledgerwriter.h"

#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <thread>

#include <sys/resource.h>

using namespace shardhelm;
using namespace shardhelm::demo;

namespace {

const RunBegin begin{0,
                     1'700'000'000'000'000,
                     QStringLiteral("/etc/cluster ä.toml"),
                     QStringLiteral("demo"),
                     {QStringLiteral("id of a"), QStringLiteral("id of b")}};

Intent insertOf(qint64 tenant)
{
    Intent intent;
    intent.kind = OperationKind::Insert;
    intent.table = DemoTable::Orders;
    intent.tenant = tenant;
    intent.items = 3;
    return intent;
}

std::unique_ptr<LedgerWriter> writerOn(const QString &path)
{
    auto writer = LedgerWriter::open(path, begin);
    return writer ? std::move(*writer) : nullptr;
}

/// The kinds of the records of a ledger in order, "error at N" at the end when it is damaged.
QString outline(const QString &path)
{
    auto reader = LedgerReader::open(path);
    if (!reader)
        return QStringLiteral("not a ledger");
    QString text;
    for (;;) {
        const auto record = reader->next();
        if (!record)
            return text + u" damaged";
        if (!*record)
            return text;
        text += u"BIER"[(*record)->index()];
    }
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void store(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

/// The file format, its torn ends and damages, and the thread that writes it.
class TestLedger : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void numbersAreUuids();
    void foreignUuidsAreNotOurs_data();
    void foreignUuidsAreNotOurs();
    void recordsComeBackAsWritten();
    void aRunIsContinuedByAnother();
    void manyClientsShareOneFile();
    void aTornEndDoesNotCount();
    void aTornEndIsCutOffBeforeMoreIsWritten();
    void damageInTheMiddleIsFound();
    void otherFilesAreLeftAlone();
    void onlyOneLoadWritesIt();
    void aLedgerStaysOnItsCluster_data();
    void aLedgerStaysOnItsCluster();
    void aFullDiskStopsTheWriting();
    void aFullDiskAtTheBeginningLeavesNothing();
    void contradictionsAreFound_data();
    void contradictionsAreFound();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void TestLedger::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(QStringLiteral("ledger"));
}

void TestLedger::cleanup()
{
    m_folder.reset();
}

void TestLedger::numbersAreUuids()
{
    const quint64 largestRun = (quint64(1) << 60) - 1;
    for (const quint64 run : {quint64(0), quint64(1), quint64(0xfff), quint64(0x123456789abcdef), largestRun}) {
        QByteArray last;
        for (const quint64 number :
             {quint64(0), quint64(1), quint64(255), quint64(1) << 40, readBit | 7, (quint64(1) << 62) - 1}) {
            const OperationId id{run, number};
            const QByteArray uuid = id.toUuid();
            QCOMPARE(uuid.size(), 36);
            QCOMPARE(uuid[14], '8');
            QVERIFY(OperationId::fromUuid(uuid) == id);
            QVERIFY2(last < uuid, "UUIDs of a run are in the order of their numbers");
            last = uuid;
        }
    }
}

void TestLedger::foreignUuidsAreNotOurs_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("random") << QByteArray("3f0c1a9e-5b1d-4c8e-9d5f-0123456789ab");
    QTest::newRow("other variant") << QByteArray("3f0c1a9e-5b1d-8c8e-1d5f-0123456789ab");
    QTest::newRow("short") << QByteArray("3f0c1a9e-5b1d-8c8e-9d5f-0123456789a");
    QTest::newRow("no digits") << QByteArray("3f0c1a9e-5b1d-8c8e-9d5f-0123456789ax");
    QTest::newRow("too many digits") << QByteArray("3f0c1a9e05b1d08c8e09d5f00123456789ab");
    QTest::newRow("empty") << QByteArray();
}

void TestLedger::foreignUuidsAreNotOurs()
{
    QFETCH(const QByteArray, text);
    QVERIFY(!OperationId::fromUuid(text));
}

void TestLedger::recordsComeBackAsWritten()
{
    Intent intent = insertOf(-42);
    Intent change;
    change.kind = OperationKind::Increment;
    change.table = DemoTable::Orders;
    change.tenant = std::numeric_limits<qint64>::max();
    change.targets = {1, 1};
    Ended ended;
    ended.outcome = Outcome::Acknowledged;
    ended.stale = true;
    ended.settled = true;
    ended.shard = 31;
    ended.retries = 4'000'000'000;
    ended.firstSentUs = 1'700'000'000'123'456;
    ended.gapUs = 987'654'321;
    ended.versions = {7, -1};
    {
        const auto writer = writerOn(m_path);
        QVERIFY(writer);
        QCOMPARE(writer->begin(intent)->number, quint64(1));
        QCOMPARE(writer->begin(change)->number, quint64(2));
        Intent read;
        QCOMPARE(writer->begin(read)->number, readBit | 1);
        ended.number = 2;
        writer->end(ended);
        QVERIFY(writer->close(true));
    }
    intent.number = 1;
    change.number = 2;
    auto reader = LedgerReader::open(m_path);
    QVERIFY(reader);
    const auto first = reader->next();
    const auto run = std::get<RunBegin>(first->value());
    QCOMPARE(run.clusterFile, begin.clusterFile);
    QCOMPARE(run.startedUs, begin.startedUs);
    QVERIFY(run.run < quint64(1) << 60);
    QVERIFY(std::get<Intent>(reader->next()->value()) == intent);
    QVERIFY(std::get<Intent>(reader->next()->value()) == change);
    QVERIFY(std::get<Intent>(reader->next()->value()).number == (readBit | 1));
    QVERIFY(std::get<Ended>(reader->next()->value()) == ended);
    QVERIFY(std::get<RunEnd>(reader->next()->value()).endedUs > 0);
    QVERIFY(!reader->next()->has_value());
}

void TestLedger::aRunIsContinuedByAnother()
{
    for (int run = 0; run < 2; ++run) {
        const auto writer = writerOn(m_path);
        QVERIFY(writer);
        QCOMPARE(writer->begin(insertOf(1))->number, quint64(1));
        QVERIFY(writer->close(run == 1));
    }
    QCOMPARE(outline(m_path), QStringLiteral("BIBIR"));
    const auto facts = readLedger(m_path, Wait::forDuration(Milliseconds(60000)));
    QVERIFY(facts);
    QCOMPARE(facts->runs.size(), size_t(2));
    QVERIFY(facts->runs[0].begin.run != facts->runs[1].begin.run);
    QCOMPARE(facts->runs[1].writes.size(), size_t(1));
    QVERIFY(facts->runs[1].writes[0].outcome == Outcome::Unknown);
}

void TestLedger::manyClientsShareOneFile()
{
    constexpr int clients = 8;
    constexpr int each = 100;
    {
        const auto writer = writerOn(m_path);
        QVERIFY(writer);
        std::vector<std::jthread> threads;
        for (int client = 0; client < clients; ++client) {
            threads.emplace_back([&writer, client] {
                for (int i = 0; i < each; ++i) {
                    Ended ended;
                    ended.number = writer->begin(insertOf(client))->number;
                    writer->end(ended);
                }
            });
        }
        threads.clear();
        QVERIFY(writer->close(true));
    }
    const auto facts = readLedger(m_path, Wait::forDuration(Milliseconds(60000)));
    QVERIFY(facts);
    QCOMPARE(facts->tenants.size(), size_t(clients));
    QCOMPARE(facts->runs[0].writes.size(), size_t(clients * each));
    for (const WriteFacts &write : facts->runs[0].writes)
        QVERIFY(write.outcome == Outcome::Acknowledged);
}

void TestLedger::aTornEndDoesNotCount()
{
    {
        const auto writer = writerOn(m_path);
        for (int i = 0; i < 3; ++i)
            QVERIFY(writer->begin(insertOf(i)));
    }
    const QByteArray whole = contentOf(m_path);
    QCOMPARE(outline(m_path), QStringLiteral("BIII"));
    const auto lastBatch = whole.lastIndexOf("SHL1");
    for (auto size = whole.size() - 1; size >= lastBatch; --size) {
        store(m_path, whole.first(size));
        QCOMPARE(outline(m_path), QStringLiteral("BII"));
    }
    // What was written last may also be there in length and not in content.
    for (auto at = lastBatch; at < whole.size(); ++at) {
        QByteArray garbled = whole;
        garbled[at] = static_cast<char>(garbled[at] ^ 0x55);
        store(m_path, garbled);
        QCOMPARE(outline(m_path), QStringLiteral("BII"));
    }
}

void TestLedger::aTornEndIsCutOffBeforeMoreIsWritten()
{
    {
        const auto writer = writerOn(m_path);
        for (int i = 0; i < 2; ++i)
            QVERIFY(writer->begin(insertOf(i)));
    }
    const QByteArray whole = contentOf(m_path);
    store(m_path, whole.first(whole.size() - 1));
    {
        const auto writer = writerOn(m_path);
        QVERIFY(writer);
        QVERIFY(writer->begin(insertOf(1)));
    }
    QCOMPARE(outline(m_path), QStringLiteral("BIBI"));
    // A crash before the very first line was whole.
    store(m_path, QByteArray(ledgerTitle).first(5));
    QVERIFY(writerOn(m_path));
    QCOMPARE(outline(m_path), QStringLiteral("B"));
}

void TestLedger::damageInTheMiddleIsFound()
{
    {
        const auto writer = writerOn(m_path);
        for (int i = 0; i < 3; ++i)
            QVERIFY(writer->begin(insertOf(i)));
    }
    QByteArray bytes = contentOf(m_path);
    const auto second = bytes.indexOf("SHL1", bytes.indexOf("SHL1") + 1);
    bytes[second + batchHeaderSize] = static_cast<char>(bytes[second + batchHeaderSize] ^ 1);
    store(m_path, bytes);
    QCOMPARE(outline(m_path), QStringLiteral("B damaged"));
    const auto read = readLedger(m_path, Wait::forDuration(Milliseconds(60000)));
    QVERIFY(!read);
    QVERIFY(read.error().code == ErrorCode::LedgerBad);
    QCOMPARE(read.error().subject, m_path);
    QCOMPARE(read.error().found, QString::number(second));
    // It is not continued either: that would hide what was in it.
    const auto writer = LedgerWriter::open(m_path, begin);
    QVERIFY(!writer);
    QVERIFY(writer.error().code == ErrorCode::LedgerBad);
    QCOMPARE(contentOf(m_path), bytes);
}

void TestLedger::otherFilesAreLeftAlone()
{
    store(m_path, "Dear diary\n");
    const auto writer = LedgerWriter::open(m_path, begin);
    QVERIFY(!writer);
    QVERIFY(writer.error().code == ErrorCode::LedgerBad);
    QCOMPARE(contentOf(m_path), QByteArray("Dear diary\n"));
    QVERIFY(readLedger(m_path, Wait::forDuration(Milliseconds(60000))).error().code == ErrorCode::LedgerBad);

    const QString nowhere = m_folder->filePath(QStringLiteral("no/such/folder/ledger"));
    QVERIFY(LedgerWriter::open(nowhere, begin).error().code == ErrorCode::FileUnwritable);
    QVERIFY(readLedger(nowhere, Wait::forDuration(Milliseconds(60000))).error().code == ErrorCode::FileMissing);
}

void TestLedger::onlyOneLoadWritesIt()
{
    const auto writer = writerOn(m_path);
    QVERIFY(writer);
    QVERIFY(LedgerWriter::open(m_path, begin).error().code == ErrorCode::LedgerInUse);
    QVERIFY(readLedger(m_path, Wait::forDuration(Milliseconds(60000))).error().code == ErrorCode::LedgerInUse);
}

void TestLedger::aFullDiskStopsTheWriting()
{
    // A limit on the size of files is met like a full disk, by any user.
    rlimit before = {};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit small = before;
    small.rlim_cur = 4096;
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    Result<OperationId> last = OperationId();
    {
        const auto writer = writerOn(m_path);
        for (int i = 0; i < 1000 && last; ++i)
            last = writer->begin(insertOf(i));
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
        QVERIFY(!last);
        QVERIFY(writer->error().has_value());
        QVERIFY(!writer->begin(insertOf(1)));
        QVERIFY(!writer->close(true));
    }
    std::signal(SIGXFSZ, SIG_DFL);
    QVERIFY(last.error().code == ErrorCode::FileUnwritable);
    QCOMPARE(last.error().subject, m_path);
    QCOMPARE(last.error().found, QString::fromLocal8Bit(std::strerror(EFBIG)));
    const QString text = outline(m_path);
    QVERIFY(text.startsWith(u"BIII"));
    QVERIFY(!text.contains(u"damaged"));
}

void TestLedger::aFullDiskAtTheBeginningLeavesNothing()
{
    rlimit before = {};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, SIG_IGN);
    for (const rlim_t size : {rlim_t(0), rlim_t(10), rlim_t(sizeof(ledgerTitle) + 5)}) {
        rlimit small = before;
        small.rlim_cur = size;
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
        const auto refused = LedgerWriter::open(m_path, begin);
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
        QVERIFY(!refused);
        QVERIFY(refused.error().code == ErrorCode::FileUnwritable);
        QVERIFY(!QFile::exists(m_path));
    }
    std::signal(SIGXFSZ, SIG_DFL);
}

void TestLedger::aLedgerStaysOnItsCluster_data()
{
    QTest::addColumn<QStringList>("ids");
    QTest::addColumn<bool>("same");
    QTest::newRow("the same") << begin.cluster << true;
    QTest::newRow("an instance more, one gone")
        << QStringList{QStringLiteral("id of c"), QStringLiteral("id of b")} << true;
    QTest::newRow("another") << QStringList{QStringLiteral("id of c"), QStringLiteral("id of d")} << false;
    QTest::newRow("one without ids") << QStringList() << false;
}

void TestLedger::aLedgerStaysOnItsCluster()
{
    QFETCH(QStringList, ids);
    QFETCH(bool, same);
    QVERIFY(writerOn(m_path)->close(true));
    const QByteArray before = contentOf(m_path);
    RunBegin next = begin;
    next.cluster = ids;
    next.clusterFile = QStringLiteral("/etc/other.toml");
    const auto writer = LedgerWriter::open(m_path, next);
    QCOMPARE(writer.has_value(), same);
    if (same)
        return;
    QVERIFY(writer.error().code == ErrorCode::LedgerInUse);
    QCOMPARE(writer.error().subject, m_path);
    QCOMPARE(writer.error().found, begin.clusterFile);
    QCOMPARE(writer.error().expected, QStringList(next.clusterFile));
    QCOMPARE(contentOf(m_path), before);
}

void TestLedger::contradictionsAreFound_data()
{
    QTest::addColumn<QList<int>>("kinds");
    QTest::newRow("number left out") << QList<int>{2};
    QTest::newRow("number twice") << QList<int>{1, 1};
    QTest::newRow("outcome without intent") << QList<int>{-1};
    QTest::newRow("two final outcomes") << QList<int>{1, -1, -1};
}

void TestLedger::contradictionsAreFound()
{
    QFETCH(const QList<int>, kinds); // n: intent of that number, -n: its outcome
    QByteArray payload;
    encodeRecord(payload, begin);
    for (const int kind : kinds) {
        if (kind > 0) {
            Intent intent = insertOf(1);
            intent.number = static_cast<quint64>(kind);
            encodeRecord(payload, intent);
        } else {
            Ended ended;
            ended.number = static_cast<quint64>(-kind);
            encodeRecord(payload, ended);
        }
    }
    store(m_path, QByteArray(ledgerTitle) + batchHeader(payload) + payload);
    QVERIFY(readLedger(m_path, Wait::forDuration(Milliseconds(60000))).error().code == ErrorCode::LedgerBad);
}

QTEST_GUILESS_MAIN(TestLedger)
#include "tst_ledger.moc"
