// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/connectplan.h"

#include "pg/conninfo.h"
#include "pg/plainmessages.h"

#include <libpq-fe.h>

namespace shardhelm::pg {

namespace {

using Parameters = QList<QPair<QByteArray, QByteArray>>;

ConnectionHandle startWith(const Parameters &parameters)
{
    std::vector<const char *> keywords;
    std::vector<const char *> values;
    for (const auto &[keyword, value] : parameters) {
        keywords.push_back(keyword.constData());
        values.push_back(value.constData());
    }
    keywords.push_back(nullptr);
    values.push_back(nullptr);
    return ConnectionHandle(PQconnectStartParams(keywords.data(), values.data(), 0));
}

/// What libpq makes of the parameters with service file, environment and defaults. libpq tells this only for a
/// connection it has begun to open; a value that it refuses after reading all those places, and before it opens a
/// socket, stops it in time.
Result<Conninfo> effective(Parameters parameters)
{
    const PlainMessages plain;
    parameters.removeIf([](const auto &entry) { return entry.first == "channel_binding"; });
    parameters.emplaceBack("channel_binding", "stop here");
    const ConnectionHandle refused = startWith(parameters);
    if (!refused)
        return fail(ErrorCode::Internal, {}, QStringLiteral("out of memory"));
    const QString complaint = QString::fromUtf8(PQerrorMessage(refused.get())).trimmed();
    if (!complaint.contains(QStringLiteral("stop here")))
        return fail(ErrorCode::ConninfoBad, {}, redacted(complaint));
    Conninfo known;
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(PQconninfo(refused.get()),
                                                                               &PQconninfoFree);
    for (const PQconninfoOption *option = options.get(); option && option->keyword; ++option) {
        if (option->val && *option->val != '\0')
            known.set(QString::fromUtf8(option->keyword), QString::fromUtf8(option->val));
    }
    return known;
}

std::vector<HostEntry> hostsOf(const Conninfo &known)
{
    const auto list = [&](const char *keyword) {
        const QString text = known.value(QString::fromLatin1(keyword));
        return text.isEmpty() ? QStringList() : text.split(QLatin1Char(','));
    };
    const QStringList names = list("host");
    const QStringList addresses = list("hostaddr");
    const QStringList ports = list("port");
    std::vector<HostEntry> hosts;
    const qsizetype count = std::max({names.size(), addresses.size(), qsizetype(1)});
    for (qsizetype index = 0; index < count; ++index) {
        const QString port = ports.size() == 1 ? ports.first() : ports.value(index);
        hosts.push_back({names.value(index).trimmed(), addresses.value(index).trimmed(),
                         port.isEmpty() ? QStringLiteral("5432") : port.trimmed()});
    }
    return hosts;
}

/// The role wanted. Several hosts mean a fleet that fails over, where libpq's default "any" would sooner or later write
/// to a standby; libpq does not tell its default from an "any" in a service file, so that one counts as the default
/// too.
QString targetRoleOf(const Conninfo &given, const Conninfo &known, size_t hosts, bool anyRole)
{
    const QString keyword = QStringLiteral("target_session_attrs");
    if (!given.value(keyword).isEmpty())
        return given.value(keyword);
    const QString role = known.value(keyword);
    const bool unspecified =
        role.isEmpty() || (role == QStringLiteral("any") && !qEnvironmentVariableIsSet("PGTARGETSESSIONATTRS"));
    if (unspecified && hosts > 1 && !anyRole)
        return QStringLiteral("primary");
    return role.isEmpty() ? QStringLiteral("any") : role;
}

/// Notice within half a minute that a peer is gone, unless the user decided otherwise.
constexpr std::pair<const char *, const char *> defaults[] = {
    {"keepalives", "1"},       {"keepalives_idle", "10"},     {"keepalives_interval", "5"},
    {"keepalives_count", "4"}, {"tcp_user_timeout", "30000"},
};

} // namespace

QString HostEntry::shown() const
{
    if (!host.isEmpty())
        return host;
    return address.isEmpty() ? QStringLiteral("localhost") : address;
}

QString HostEntry::endpoint() const
{
    return endpointText(shown(), port);
}

Result<ConnectPlan> ConnectPlan::make(const ConnectSpec &spec)
{
    const auto named = [&](Error error) {
        error.subject = spec.name;
        return Failure(std::move(error));
    };
    auto given = Conninfo::parse(spec.conninfo);
    if (!given)
        return named(given.error());
    ConnectPlan plan;
    for (const auto &[keyword, value] : given->entries())
        plan.parameters.emplaceBack(keyword.toUtf8(), value.toUtf8());
    const auto known = effective(plan.parameters);
    if (!known)
        return named(known.error());

    // Decided per host, or by us whatever the conninfo says.
    const QByteArrayList ours{
        "host",           "hostaddr", "port", "target_session_attrs", "application_name", "fallback_application_name",
        "client_encoding"};
    plan.parameters.removeIf([&](const auto &entry) { return ours.contains(entry.first); });
    for (const auto &[keyword, value] : defaults) {
        if (known->value(QString::fromLatin1(keyword)).isEmpty())
            plan.parameters.emplaceBack(keyword, value);
    }
    plan.parameters.emplaceBack("application_name", "shardhelm/" + spec.purpose.toUtf8());
    plan.parameters.emplaceBack("client_encoding", "UTF8");

    const std::vector<HostEntry> hosts = hostsOf(*known);
    plan.targetRole = targetRoleOf(*given, *known, hosts.size(), spec.anyRole);
    const bool twice = plan.targetRole == QStringLiteral("prefer-standby");
    const QByteArrayList roles = twice ? QByteArrayList{"standby", "any"} : QByteArrayList{plan.targetRole.toUtf8()};
    for (const QByteArray &role : roles) {
        for (const HostEntry &host : hosts)
            plan.attempts.push_back({host, role});
    }
    plan.user = known->value(QStringLiteral("user"));
    plan.database = known->value(QStringLiteral("dbname"));
    if (const int seconds = known->value(QStringLiteral("connect_timeout")).toInt(); seconds > 0)
        plan.hostTimeout = std::chrono::seconds(seconds);
    return plan;
}

ConnectionHandle ConnectPlan::start(const Attempt &attempt, const QString &address, const QString &password) const
{
    Parameters all = parameters;
    const auto add = [&](const char *keyword, const QByteArray &value) {
        if (!value.isEmpty())
            all.emplaceBack(keyword, value);
    };
    add("host", attempt.host.host.toUtf8());
    add("hostaddr", (address.isEmpty() ? attempt.host.address : address).toUtf8());
    add("port", attempt.host.port.toUtf8());
    add("target_session_attrs", attempt.targetRole);
    if (!password.isEmpty()) {
        all.removeIf([](const auto &entry) { return entry.first == "password"; });
        add("password", password.toUtf8());
    }
    const PlainMessages plain;
    return startWith(all);
}

} // namespace shardhelm::pg
