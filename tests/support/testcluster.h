// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/directory.h"
#include "cluster/init.h"
#include "support/testserver.h"

#include <QTemporaryDir>

namespace shardhelm::test {

/// A small cluster on one TestServer: a directory database and two instances "one" and "two", each a database of its
/// own with tables app.users (sharded by tenant_id) and app.country (reference, two rows). The directory is not made
/// yet.
class TestCluster
{
public:
    /// Makes the databases; fails the test program when it cannot.
    explicit TestCluster(const TestServer &server, cluster::Layout layout = cluster::Layout::Rows, int shards = 8);

    /// Runs initDirectory() with `request`; fails the test program when it does not succeed.
    void init();
    /// Opens the directory with a copy folder of its own; fails the test program when it cannot.
    [[nodiscard]] cluster::Directory open() const;
    /// A session with a database of the cluster: "directory", "one" or "two".
    [[nodiscard]] pg::Connection connect(const QString &which) const { return m_server.connect(database(which)); }
    pg::Rows run(const QByteArray &script, const QString &which = QStringLiteral("directory")) const
    {
        return m_server.run(script, database(which));
    }
    [[nodiscard]] QString conninfo(const QString &which) const { return m_server.conninfo(database(which)); }
    [[nodiscard]] QString database(const QString &which) const { return which + u'_' + m_suffix; }
    /// shardhelm.instance_id of a database, null when it is not set.
    [[nodiscard]] QString mark(const QString &which) const;

    cluster::ClusterFile file; ///< names the directory's database
    cluster::InitRequest request;
    QTemporaryDir folder; ///< for files of the test

private:
    const TestServer &m_server;
    QString m_suffix;
};

/// Code, subject, found and server message of an error in one line, for a test's output.
QString shown(const Error &error);

} // namespace shardhelm::test
