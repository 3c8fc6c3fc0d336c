// SPDX-License-Identifier: GPL-3.0-or-later
#include "livescreen.h"

#include "command.h"

#include <QString>

#include <cstdio>

#include <sys/ioctl.h>
#include <unistd.h>

namespace shardhelm::ctl {

namespace {

void write(const QByteArray &bytes)
{
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stdout);
    std::fflush(stdout);
}

} // namespace

QByteArray fitted(const QByteArray &text, int columns, int lines)
{
    QList<QByteArray> all = text.split('\n');
    while (!all.isEmpty() && all.last().isEmpty())
        all.removeLast();
    QString result;
    const bool tooMany = all.size() > lines;
    const qsizetype shown = tooMany ? std::max(0, lines - 1) : all.size();
    for (qsizetype line = 0; line < shown; ++line) {
        QString words = QString::fromUtf8(all[line]);
        if (words.size() > columns)
            words = words.left(std::max(0, columns - 1)) + u'…';
        result += words + u'\n';
    }
    if (tooMany)
        result += Text::tr("and %1 more").arg(all.size() - shown) + u'\n';
    return result.toUtf8();
}

LiveScreen::LiveScreen()
    : m_terminal(::isatty(STDOUT_FILENO) == 1)
{
    if (m_terminal)
        write("\x1b[?1049h\x1b[?25l"); // the other screen, no cursor
}

LiveScreen::~LiveScreen()
{
    if (m_terminal)
        write("\x1b[?25h\x1b[?1049l" + m_last);
}

void LiveScreen::show(const QByteArray &text)
{
    if (!m_terminal)
        return;
    winsize size{};
    const bool known = ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0;
    m_last = text;
    // One line stays free: a line feed on the last one would scroll.
    QByteArray lines = known ? fitted(text, size.ws_col, size.ws_row - 1) : text;
    lines.replace("\n", "\x1b[K\n");
    write("\x1b[H" + lines + "\x1b[J");
}

} // namespace shardhelm::ctl
