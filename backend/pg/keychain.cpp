// SPDX-License-Identifier: GPL-3.0-or-later
#include "pg/keychain.h"

#include "pg/conninfo.h"

#include <qt6keychain/keychain.h>

#include <QThread>

#include <condition_variable>
#include <mutex>

namespace shardhelm::pg {

namespace {

const QString serviceName = QStringLiteral("Shardhelm");

/// What a job came to.
struct Outcome
{
    QKeychain::Error error = QKeychain::NoError;
    QString complaint;
    QString text;
};

/// Where a caller waits for its job; the job may come after the caller has gone.
struct Ticket
{
    std::mutex mutex;
    std::condition_variable_any changed;
    std::optional<Outcome> outcome;

    void settle(Outcome result)
    {
        const std::lock_guard lock(mutex);
        outcome = std::move(result);
        changed.notify_all();
    }
};

Failure failure(const Outcome &outcome)
{
    const bool missing = outcome.error == QKeychain::NoBackendAvailable || outcome.error == QKeychain::NotImplemented;
    return fail(missing ? ErrorCode::ProgramMissing : ErrorCode::ProgramFailed, QStringLiteral("keychain"),
                redacted(outcome.complaint));
}

} // namespace

struct Keychain::Private
{
    PasswordSource *next = nullptr;
    QThread thread;
    std::unique_ptr<QObject> jobs; ///< lives on `thread`; its children are the jobs

    /// Runs a job on the thread and waits for its outcome.
    template <typename Job>
    Result<Outcome> run(const PasswordRequest &request, const Wait &wait, const std::function<void(Job &)> &prepare);
};

template <typename Job>
Result<Outcome> Keychain::Private::run(const PasswordRequest &request, const Wait &wait,
                                       const std::function<void(Job &)> &prepare)
{
    const auto over = [&] {
        return fail(wait.stopRequested() ? ErrorCode::Cancelled : ErrorCode::TimedOut, QStringLiteral("keychain"));
    };
    if (wait.stopRequested() || wait.expired())
        return over();
    const auto ticket = std::make_shared<Ticket>();
    const QString key = entryName(request);
    QMetaObject::invokeMethod(
        jobs.get(),
        [parent = jobs.get(), ticket, key, prepare] {
            auto *job = new Job(serviceName, parent);
            job->setKey(key);
            prepare(*job);
            QObject::connect(job, &QKeychain::Job::finished, parent, [ticket](QKeychain::Job *done) {
                QString text;
                if (const auto *read = qobject_cast<QKeychain::ReadPasswordJob *>(done))
                    text = read->textData();
                ticket->settle({done->error(), done->errorString(), text});
            });
            job->start();
        },
        Qt::QueuedConnection);
    std::unique_lock lock(ticket->mutex);
    ticket->changed.wait_until(lock, wait.stopToken(), wait.deadline(), [&] { return ticket->outcome.has_value(); });
    if (ticket->outcome)
        return *ticket->outcome;
    return over();
}

Keychain::Keychain(PasswordSource *next)
    : d(std::make_unique<Private>())
{
    d->next = next;
    d->jobs = std::make_unique<QObject>();
    d->jobs->moveToThread(&d->thread);
    d->thread.setObjectName(QStringLiteral("keychain"));
    d->thread.start();
}

Keychain::~Keychain()
{
    // Jobs die on the thread that runs them.
    QObject *jobs = d->jobs.release();
    QMetaObject::invokeMethod(jobs, &QObject::deleteLater, Qt::QueuedConnection);
    d->thread.quit();
    d->thread.wait();
}

QString Keychain::entryName(const PasswordRequest &request)
{
    return request.user + QLatin1Char('@') + endpointText(request.host, request.port) + QLatin1Char('/')
        + request.database;
}

Result<QString> Keychain::password(const PasswordRequest &request, const Wait &wait)
{
    QString complaint;
    // Read in any case: whoever is asked next wants to know whether there is a keychain to store an answer in.
    const auto stored = read(request, wait);
    // A stored password that the server refuses is not offered again.
    if (stored && *stored && !request.previousRejected)
        return **stored;
    if (!stored && (stored.error().isCancel() || stored.error().isTimeout()))
        return Failure(stored.error());
    if (!stored)
        complaint = stored.error().found;
    if (d->next) {
        PasswordRequest passedOn = request;
        passedOn.keychainRuns = stored.has_value();
        return d->next->password(passedOn, wait);
    }
    Error missing{ErrorCode::PasswordMissing, request.instance, request.user, {}, 0, DbError{}};
    missing.db->message = complaint;
    return Failure(missing);
}

Result<std::optional<QString>> Keychain::read(const PasswordRequest &request, const Wait &wait)
{
    const auto outcome = d->run<QKeychain::ReadPasswordJob>(request, wait, [](QKeychain::ReadPasswordJob &) {});
    if (!outcome)
        return Failure(outcome.error());
    if (outcome->error == QKeychain::EntryNotFound)
        return std::optional<QString>();
    if (outcome->error != QKeychain::NoError)
        return failure(*outcome);
    return std::optional(outcome->text);
}

Result<void> Keychain::store(const PasswordRequest &request, const QString &password, const Wait &wait)
{
    const auto outcome = d->run<QKeychain::WritePasswordJob>(
        request, wait, [password](QKeychain::WritePasswordJob &job) { job.setTextData(password); });
    if (!outcome)
        return Failure(outcome.error());
    if (outcome->error != QKeychain::NoError)
        return failure(*outcome);
    return {};
}

Result<void> Keychain::forget(const PasswordRequest &request, const Wait &wait)
{
    const auto outcome = d->run<QKeychain::DeletePasswordJob>(request, wait, [](QKeychain::DeletePasswordJob &) {});
    if (!outcome)
        return Failure(outcome.error());
    if (outcome->error != QKeychain::NoError && outcome->error != QKeychain::EntryNotFound)
        return failure(*outcome);
    return {};
}

} // namespace shardhelm::pg
