// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/process.h"
#include "demo/democluster.h"
#include "demo/demosession.h"

#include <QTemporaryDir>
#include <QTest>

#include <csignal>

#include <sys/stat.h>

/// What the tests of the demo share.
namespace shardhelm::test {

/// Time for a call that makes or stops servers.
inline Wait patience()
{
    return Wait::forDuration(std::chrono::seconds(120));
}

/// The error of a result as text, for QVERIFY2.
template <typename T>
QByteArray reason(const Result<T> &result)
{
    if (result)
        return {};
    const Error &error = result.error();
    return QStringLiteral("code %1: %2: %3 %4")
        .arg(QString::number(static_cast<int>(error.code)), error.subject, error.found,
             error.db ? error.db->message : QString())
        .toUtf8();
}

#define VERIFY_RESULT(call)                                                                                            \
    do {                                                                                                               \
        const auto &verified = (call);                                                                                 \
        QVERIFY2(verified, shardhelm::test::reason(verified).constData());                                             \
    } while (false)

/// A folder that servers of another user can enter, with a space in its name.
class DemoPlace
{
public:
    DemoPlace()
        : m_folder(QStringLiteral("/tmp/shardhelm test XXXXXX"))
    {
        chmod(QFile::encodeName(m_folder.path()).constData(), 0755);
    }
    ~DemoPlace() { static_cast<void>(demo::demoDown(path(), true, patience())); }
    DemoPlace(const DemoPlace &) = delete;
    DemoPlace &operator=(const DemoPlace &) = delete;

    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("demo")); }
    [[nodiscard]] const QTemporaryDir &parent() const { return m_folder; }

private:
    QTemporaryDir m_folder;
};

/// A demo that is made in two seconds.
inline demo::DemoRequest smallDemo(int instances = 1, int replicas = 0)
{
    demo::DemoRequest request;
    request.instances = instances;
    request.replicas = replicas;
    request.logicalShards = 4;
    request.tenants = 6;
    request.scale = 0.1;
    return request;
}

/// Pids of all servers of a demo.
inline std::vector<qint64> processesOf(const demo::DemoFolder &folder)
{
    std::vector<qint64> all;
    for (const demo::DemoServer &server : folder.servers()) {
        const std::vector<qint64> some = server.server.processes();
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

/// First cell of a query's answer, or its error.
inline QString ask(const demo::DemoServer &server, const QByteArray &sql)
{
    const Wait wait = Wait::forDuration(std::chrono::seconds(120));
    auto session = demo::openSession(server, wait, demo::databaseOf(server), QStringLiteral("test"));
    if (!session)
        return QString::fromUtf8(reason(session));
    const auto rows = session->query(sql, wait);
    return rows ? (rows->isEmpty() ? QString() : rows->text(0, 0)) : QString::fromUtf8(reason(rows));
}

/// The server of that name; the directory when there is none.
inline demo::DemoServer serverNamed(const demo::DemoFolder &folder, const QString &name)
{
    for (const demo::DemoServer &server : folder.servers()) {
        if (server.name == name)
            return server;
    }
    return folder.servers().back();
}

} // namespace shardhelm::test
