// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/library.h"

#include <libpq-fe.h>

namespace shardhelm::pg {

int libraryVersion()
{
    return PQlibVersion();
}

} // namespace shardhelm::pg
