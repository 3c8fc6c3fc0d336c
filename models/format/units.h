// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// Numbers as people read them, by the rules of the visual guide: three significant digits, unit always. All values are
/// known ones.
namespace shardhelm::format {

QString bytes(qint64 bytes); ///< "1.32 TB": base 1024, written kB MB GB TB as PostgreSQL does
QString duration(double seconds); ///< "38 ms", "1.56 s", "3 min 14 s", "23 h 41 min"
QString rate(double perSecond); ///< "1.48 k/s"
QString count(qint64 count); ///< grouped by locale
QString percent(double ratio); ///< 0.991 -> "99.1 %"; no decimals unless near a limit
QString factor(double factor); ///< "41×"
QString significant(double value, int digits = 3); ///< "1.48", "129", "0.2"

} // namespace shardhelm::format
