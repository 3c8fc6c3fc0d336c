// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/loadsession.h"

#include "core/sqltext.h"

namespace shardhelm::demo {

namespace {

QString conninfoOf(const cluster::Instance &instance)
{
    return instance.directConninfo.isEmpty() ? instance.conninfo : instance.directConninfo;
}

} // namespace

Result<Session> Session::open(const cluster::Instance &instance, const Wait &wait, pg::PasswordSource *passwords)
{
    pg::ConnectSpec spec;
    spec.name = instance.name;
    spec.conninfo = conninfoOf(instance);
    spec.purpose = QStringLiteral("demo load");
    spec.passwords = passwords;
    auto connection = pg::Connection::open(spec, wait);
    if (!connection)
        return Failure(connection.error());
    // Ours are the sessions of the console; those of the load are an application's.
    if (const auto named = connection->run("set application_name = 'demo load'", wait); !named)
        return Failure(named.error());
    const auto identity = connection->query(sqlText("demo/session_identity"), wait);
    if (!identity)
        return Failure(identity.error());
    if (identity->count() != 1)
        return fail(ErrorCode::AnswerUnexpected, instance.name, QStringLiteral("pg_stat_activity"));
    Backend backend{instance.name, static_cast<int>(identity->integer(0, 0)), identity->text(0, 1),
                    identity->text(0, 2)};
    return Session{std::move(*connection), std::move(backend), spec.conninfo};
}

Result<Session *> SessionPool::session(const cluster::Instance &instance, const Wait &wait)
{
    if (const auto found = m_sessions.find(instance.name); found != m_sessions.end()) {
        if (found->second.connection.isOpen() && found->second.conninfo == conninfoOf(instance))
            return &found->second;
        m_sessions.erase(found);
    }
    auto opened = Session::open(instance, wait, m_passwords);
    if (!opened)
        return Failure(opened.error());
    return &m_sessions.emplace(instance.name, std::move(*opened)).first->second;
}

const QByteArray &SchemaSql::text(const char *name, const QString &schema)
{
    QByteArray &text = m_texts[{QByteArray(name), schema}];
    if (text.isEmpty())
        text = sqlText(name).replace("{schema}", pg::Connection::identifier(schema));
    return text;
}

} // namespace shardhelm::demo
