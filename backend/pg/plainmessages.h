// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <locale.h>

namespace shardhelm::pg {

/// While it lives, messages made on this thread by libpq and the system are in English, whatever the user's locale:
/// libpq tells some failures apart by text only, and that text is matched in pg/failuretext. Other threads and the
/// locale of the process are not touched.
class PlainMessages
{
public:
    PlainMessages()
        : m_plain(newlocale(LC_ALL_MASK, "C", nullptr))
        , m_previous(m_plain ? uselocale(m_plain) : nullptr)
    {
    }
    ~PlainMessages()
    {
        if (!m_plain)
            return;
        uselocale(m_previous);
        freelocale(m_plain);
    }
    PlainMessages(const PlainMessages &) = delete;
    PlainMessages &operator=(const PlainMessages &) = delete;

private:
    locale_t m_plain;
    locale_t m_previous;
};

} // namespace shardhelm::pg
