// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/parser.h"

#include "sql/expression.h"
#include "sql/fingerprint.h"
#include "sql/redact.h"
#include "sql/tree.h"

#include <QMutex>
#include <QThread>
#include <QWaitCondition>

namespace shardhelm::sql {

namespace {

/// The parser does not look at its stack: 20,000 terms need more than the usual 8 MB. Pages are only used when touched.
constexpr unsigned stackBytes = 256U << 20;

} // namespace

/// Runs one job at a time that another thread waits for.
struct Parser::Thread : QThread
{
    Thread()
    {
        setStackSize(stackBytes);
        setObjectName(QStringLiteral("parser"));
        start();
    }
    ~Thread() override
    {
        {
            const QMutexLocker lock(&mutex);
            ended = true;
            changed.wakeAll();
        }
        wait();
    }
    Q_DISABLE_COPY_MOVE(Thread)

    void run() override
    {
        const QMutexLocker lock(&mutex);
        while (!ended) {
            if (job) {
                (*job)();
                job = nullptr;
                changed.wakeAll();
            } else {
                changed.wait(&mutex);
            }
        }
    }

    QMutex mutex;
    QWaitCondition changed;
    const std::function<void()> *job = nullptr;
    bool ended = false;
};

Parser::Parser()
    : m_thread(std::make_unique<Thread>())
{
}

Parser::~Parser() = default;

void Parser::call(const std::function<void()> &job)
{
    const QMutexLocker lock(&m_thread->mutex);
    m_thread->job = &job;
    m_thread->changed.wakeAll();
    while (m_thread->job)
        m_thread->changed.wait(&m_thread->mutex);
}

Result<Expression> Parser::expression(const QString &sql)
{
    Result<Expression> result;
    call([&] { result = takeApart(sql.toUtf8()); });
    return result;
}

Result<QString> Parser::withParameter(const QString &sql, int number, const QString &replacement)
{
    const QByteArray text = sql.toUtf8();
    Result<std::vector<Token>> found;
    call([&] { found = tokens(text); });
    if (!found)
        return Failure(found.error());
    const QByteArray placeholder = '$' + QByteArray::number(number);
    QByteArray replaced;
    qsizetype copied = 0;
    for (const Token &token : *found) {
        if (token.kind != PG_QUERY__TOKEN__PARAM || text.mid(token.start, token.end - token.start) != placeholder)
            continue;
        replaced += text.mid(copied, token.start - copied) + replacement.toUtf8();
        copied = token.end;
    }
    replaced += text.mid(copied);
    return QString::fromUtf8(replaced);
}

Result<QString> Parser::withTextCastsCalled(const QString &sql, const QString &outputFunction)
{
    Result<QByteArray> result;
    call([&] { result = callTextCasts(sql.toUtf8(), outputFunction.toUtf8()); });
    return result.map([](const QByteArray &text) { return QString::fromUtf8(text); });
}

Result<QString> Parser::typeName(const QString &sql)
{
    Result<QByteArray> result;
    call([&] { result = spellType(sql.toUtf8()); });
    return result.map([](const QByteArray &text) { return QString::fromUtf8(text); });
}

Result<QString> Parser::fingerprint(const QString &sql)
{
    Result<QByteArray> result;
    call([&] { result = fingerprintOf(sql.toUtf8()); });
    return result.map([](const QByteArray &text) { return QString::fromLatin1(text); });
}

QString Parser::redacted(const QString &sql)
{
    QByteArray result;
    call([&] { result = redactLiterals(sql.toUtf8()); });
    return QString::fromUtf8(result);
}

} // namespace shardhelm::sql
