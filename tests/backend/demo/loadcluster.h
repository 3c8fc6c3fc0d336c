// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/directory.h"
#include "demo/check.h"
#include "demo/dataset.h"
#include "demo/load.h"
#include "support/testserver.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace shardhelm::test {

/// The error of a result as text, for QVERIFY2.
template <typename T>
QByteArray reasonOf(const Result<T> &result)
{
    if (result)
        return {};
    const Error &error = result.error();
    return QStringLiteral("code %1: %2: %3 %4 %5")
        .arg(QString::number(static_cast<int>(error.code)), error.subject, error.found, error.sqlstate(),
             error.db ? error.db->message : QString())
        .toUtf8();
}

/// A small sharded cluster with the demo's data: one throw-away server per instance ("a", "b", …), the directory as a
/// database of its own on the first. Four logical shards, taking turns on the instances.
class LoadCluster
{
public:
    explicit LoadCluster(cluster::Layout layout, int ttlSeconds = 30, const QMap<QString, QString> &parameters = {});

    [[nodiscard]] const cluster::ClusterFile &file() const { return m_file; }
    [[nodiscard]] QString clusterFilePath() const { return m_folder.filePath(QStringLiteral("cluster.toml")); }
    [[nodiscard]] QString ledger() const { return m_folder.filePath(QStringLiteral("ledger")); }
    [[nodiscard]] const TestServer &server(const QString &instance) const;
    [[nodiscard]] cluster::Directory directory() const;
    [[nodiscard]] cluster::ShardMap map() const;
    /// First cell of the last statement's answer on an instance.
    QString run(const QString &instance, const QByteArray &script) const;

    /// Works on the cluster for as long as it takes to end `operations`, then stops.
    [[nodiscard]] Result<demo::LoadResult> load(qint64 operations, int clients = 4) const;
    [[nodiscard]] Result<demo::CheckResult> check() const;

    static constexpr int logicalShards = 4;
    static constexpr int tenants = 8;

private:
    QTemporaryDir m_folder;
    std::vector<std::unique_ptr<TestServer>> m_servers;
    cluster::ClusterFile m_file;
};

/// A load on a thread of its own, to be met by faults. Stopped by stop() or the destructor.
class RunningLoad
{
public:
    RunningLoad(const LoadCluster &cluster, int clients, double rate = 0);
    ~RunningLoad();
    RunningLoad(const RunningLoad &) = delete;
    RunningLoad &operator=(const RunningLoad &) = delete;

    /// Waits until the load has come so far; false when it ended before, or did not within a minute.
    bool waitUntil(const std::function<bool(const demo::LoadTotals &)> &reached);
    bool waitForOperations(qint64 more);
    Result<demo::LoadResult> stop();

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    demo::LoadTotals m_totals;
    bool m_running = true;
    Result<demo::LoadResult> m_result;
    std::jthread m_thread;
};

/// "3 lost, 1 duplicated, …" of a check, or its error: one text to compare.
QString verdict(const Result<demo::CheckResult> &result);

} // namespace shardhelm::test
