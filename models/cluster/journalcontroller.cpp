// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/journalcontroller.h"

#include "cluster/directory.h"

namespace shardhelm {

namespace {

constexpr Milliseconds patience{10000};

Result<std::vector<cluster::JournalEntry>> readNow(const cluster::ClusterFile &file,
                                                   const cluster::JournalFilter &filter, pg::PasswordSource *passwords,
                                                   const Wait &wait)
{
    auto directory = cluster::Directory::open(file, QStringLiteral("journal"), wait, passwords);
    if (!directory)
        return Failure(directory.error());
    return cluster::readJournal(directory->connection(), filter, wait);
}

} // namespace

JournalController::JournalController(ClusterSession &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
{
    connect(&session, &ClusterSession::opened, this, [this] {
        withdraw();
        setBusy(false);
    });
}

JournalController::~JournalController()
{
    // All at once, so that they end side by side.
    withdraw();
}

void JournalController::withdraw()
{
    ++m_question;
    std::erase_if(m_readings, [](const Reading &reading) { return reading.finished->load(); });
    for (Reading &reading : m_readings)
        reading.thread.request_stop();
}

void JournalController::read(const cluster::JournalFilter &filter)
{
    if (!m_session.isOpen() || m_session.fleet().file().name.isEmpty())
        return;
    withdraw();
    if (m_session.isReplay()) {
        // The cluster file of a recording names servers; nobody has asked for a connection to them.
        QMetaObject::invokeMethod(
            this,
            [this, id = m_question] { receive(id, fail(ErrorCode::RecordingShown, QStringLiteral("directory"))); },
            Qt::QueuedConnection);
        return;
    }
    setBusy(true);
    auto finished = std::make_shared<std::atomic<bool>>(false);
    m_readings.push_back({finished,
                          std::jthread([this, finished, id = m_question, file = m_session.fleet().file(), filter,
                                        passwords = &m_session.passwordSource()](const std::stop_token &stop) {
                              const auto entries = readNow(file, filter, passwords, Wait::forDuration(patience, stop));
                              if (!stop.stop_requested())
                                  QMetaObject::invokeMethod(this, [this, id, entries] { receive(id, entries); });
                              *finished = true;
                          })});
}

void JournalController::receive(qint64 question, const Result<std::vector<cluster::JournalEntry>> &entries)
{
    if (question != m_question)
        return;
    setBusy(false);
    if (entries)
        Q_EMIT answered(*entries);
    else
        Q_EMIT failed(entries.error());
}

void JournalController::setBusy(bool busy)
{
    if (m_busy == busy)
        return;
    m_busy = busy;
    Q_EMIT busyChanged();
}

} // namespace shardhelm
