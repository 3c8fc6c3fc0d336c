// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/clusterfile.h"
#include "cluster/directory.h"
#include "cluster/types.h"
#include "core/result.h"

#include <optional>

namespace shardhelm::ctl {

class Invocation;

/// The shard map that a command works on, and the session it was read over.
struct MapSource
{
    cluster::ShardMap map;
    std::optional<cluster::Directory> directory{}; ///< none: the map is from a copy kept here
    std::optional<Error> unreachable{}; ///< then: why the directory could not be read
    QString warning{}; ///< then: a sentence that names the copy and its age

    [[nodiscard]] bool fromCopy() const { return unreachable.has_value(); }
};

/// Reads the map from the directory, or from the newest copy kept on this computer when the directory cannot be
/// reached; where there is a copy a third of the time is kept for the instances. Without a copy the directory's error.
Result<MapSource> openMap(const Invocation &call, const cluster::ClusterFile &file, const QString &purpose,
                          const Wait &wait);

/// Whether an expression failed in an instance's session because it reads a table or calls a function that only the
/// directory has.
bool isOfDirectoryOnly(const Error &error);

/// A session in which expressions of the map can be evaluated: the directory's, else that of the first instance that
/// answers. Nothing when none does in time.
class Evaluator
{
public:
    Evaluator(const Invocation &call, MapSource &source, const QString &purpose, const Wait &wait);
    Evaluator(const Evaluator &) = delete;
    Evaluator &operator=(const Evaluator &) = delete;
    [[nodiscard]] pg::Connection *connection() { return m_connection; }

private:
    std::optional<pg::Connection> m_instance;
    pg::Connection *m_connection = nullptr;
};

} // namespace shardhelm::ctl
