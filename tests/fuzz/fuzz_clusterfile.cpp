// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/clusterfile.h"
#include "fuzz/mutator.h"

#include <QFile>
#include <QTest>

using namespace shardhelm;
using namespace shardhelm::testing;

namespace {

QByteArray exampleFile()
{
    QFile file(QStringLiteral(SHARDHELM_SOURCE_DIR "/resources/examples/cluster.toml"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArrayList corpus()
{
    const QByteArray example = exampleFile();
    QByteArray uncommented = example;
    uncommented.replace("\n# ", "\n").replace("\n#", "\n");
    return {
        example,
        uncommented,
        "[cluster]\nname = \"orders\"\nenvironment = \"staging\"\n[directory]\nconninfo = \"host=d dbname=x\"\n",
        "cluster.name = 'a'\ndirectory = { service = \"s\" }\nmonitor.interval = \"2s\"\nmonitor.history = \"1h\"\n",
        "[cluster]\nname = \"\"\"a\nb\"\"\"\n[directory]\nservice='s'\n[alerts]\np99_ms = 5\nlag_bytes = \"1 GB\"\n"
        "[locate]\nemail = '''select tenant_id from users where email = $1'''\n\"order number\" = \"select $1\"\n",
    };
}

QByteArrayList tokens()
{
    return {"[",
            "]",
            "[[",
            "]]",
            "{",
            "}",
            "= ",
            ".",
            "\"\"\"",
            "'''",
            "\\u0000",
            "\\U0010FFFF",
            "\\uD800",
            "#",
            "true",
            "nan",
            "inf",
            "-inf",
            "1e400",
            "-0.0",
            "9223372036854775807",
            "-9223372036854775808",
            "0x7fffffff",
            "1979-05-27T07:32:00Z",
            "07:32:00",
            "\"99999999999999999h\"",
            "\"-1s\"",
            "\"1e9 TB\"",
            "\"22:00-05:00\"",
            "\"off\"",
            "\xef\xbb\xbf",
            "\xe2\x80\xa8",
            "\r\n",
            "[monitor]\n",
            "[alerts]\n",
            "[workbench]\n",
            "[moves]\n",
            "[routing]\n",
            "[locate]\n",
            "[directory.queries]\n",
            "interval = ",
            "[alerts.p99_ms]\n",
            "a.a.a.a.a.a.a.a.a.a.a.a.",
            "[[[[[[[[[[[[[[[[[[[[[[[[["};
}

} // namespace

/// Whatever stands in a cluster file: an error that names the file and a line in it, or a cluster that comes back the
/// same from its own text.
class FuzzClusterFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void survivesAnything();
};

void FuzzClusterFile::survivesAnything()
{
    const QString path = QStringLiteral("/etc/cluster.toml");
    QVERIFY(cluster::parseClusterFile(corpus().constFirst(), path));
    const CurrentInput current("fuzz_clusterfile");
    Mutator mutator(corpus(), tokens(), fuzzSeed());
    int understood = 0;
    for (int round = 0; round < fuzzRounds(); ++round) {
        const QByteArray text = mutator.next();
        current.write(text);
        const auto note = [&](const QString &what) {
            return QStringLiteral("round %1, input in %2: %3")
                .arg(round)
                .arg(QString::fromLocal8Bit(current.path()), what)
                .toLocal8Bit();
        };
        const Result<cluster::ClusterFile> file = cluster::parseClusterFile(text, path);
        if (!file) {
            const Error &error = file.error();
            QVERIFY2(error.code == ErrorCode::FileSyntax || error.code == ErrorCode::KeyUnknown
                         || error.code == ErrorCode::KeyMissing || error.code == ErrorCode::ValueBad,
                     note(QStringLiteral("code %1").arg(int(error.code))).constData());
            QVERIFY2(error.subject == path, note(error.subject).constData());
            QVERIFY2(error.line >= 0 && error.line <= text.count('\n') + 1,
                     note(QStringLiteral("line %1").arg(error.line)).constData());
            continue;
        }
        ++understood;
        mutator.keep(text);
        const Result<cluster::ClusterFile> again = cluster::parseClusterFile(clusterFileText(*file).toUtf8(), path);
        QVERIFY2(again, note(QStringLiteral("its own text is refused: ") + clusterFileText(*file)).constData());
        QVERIFY2(*again == *file, note(QStringLiteral("its own text differs: ") + clusterFileText(*file)).constData());
    }
    // Damage that nothing survives would only prove that damage is refused.
    QVERIFY2(understood > fuzzRounds() / 50, QByteArray::number(understood).constData());
}

QTEST_GUILESS_MAIN(FuzzClusterFile)
#include "fuzz_clusterfile.moc"
