// SPDX-License-Identifier: GPL-3.0-or-later
#include "program.h"

#include "help.h"
#include "parser.h"
#include "pg/keychain.h"

#include <QCoreApplication>

#include <cstdio>

namespace shardhelm::ctl {

namespace {

void put(std::FILE *stream, const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stream);
}

Exit dispatch(const QStringList &arguments, const std::vector<Command> &commands, std::stop_token stop)
{
    auto call = parse(arguments, commands);
    if (!call) {
        put(stderr, QStringLiteral("shardhelmctl: %1\n").arg(call.error().sentence));
        put(stderr, Text::tr("Try \"shardhelmctl %1\".").arg(call.error().help) + u'\n');
        return Exit::Usage;
    }
    switch (call->kind) {
    case Call::Kind::Help:
        put(stdout, call->command ? commandHelp(*call->command) : overview(commands, call->topic));
        return Exit::Done;
    case Call::Kind::Version:
        put(stdout, QStringLiteral("shardhelmctl %1\n").arg(QCoreApplication::applicationVersion()));
        return Exit::Done;
    case Call::Kind::Run:
        break;
    }
    pg::Keychain keychain;
    call->invocation.stop = std::move(stop);
    call->invocation.passwords = &keychain;
    return call->command->run(call->invocation);
}

} // namespace

Exit run(const QStringList &arguments, const std::vector<Command> &commands, std::stop_token stop)
{
    const Exit exit = dispatch(arguments, commands, std::move(stop));
    // A full disk or a closed pipe behind stdout must not look like success.
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
        put(stderr, QStringLiteral("shardhelmctl: ") + Text::tr("The output could not be written completely.") + u'\n');
        return worse(exit, Exit::Failed);
    }
    return exit;
}

} // namespace shardhelm::ctl
