// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/democontroller.h"

#include "cluster/clusterfile.h"
#include "demo/load.h"

#include <QFileInfo>

namespace shardhelm {

namespace {

constexpr Milliseconds startPatience{180000};
constexpr Milliseconds stopPatience{60000};
constexpr int loadClients = 4;
constexpr double loadRate = 150; ///< operations per second: alive, and easy on a laptop

QString stepWords(const demo::DemoStep &step)
{
    using Kind = demo::DemoStep::Kind;
    switch (step.kind) {
    case Kind::CleanedUp:
        return DemoController::tr("Removed the rest of an interrupted start");
    case Kind::ServerMade:
        return DemoController::tr("Made %1").arg(step.server);
    case Kind::ServerStarted:
        return DemoController::tr("Started %1").arg(step.server);
    case Kind::DirectoryMade:
        return DemoController::tr("Made the directory");
    case Kind::DataMade:
        return DemoController::tr("Filled %1").arg(step.server);
    case Kind::ReplicaMade:
    case Kind::ReplicaMadeAnew:
        return DemoController::tr("Made replica %1").arg(step.server);
    }
    return {};
}

} // namespace

DemoController::DemoController(QString folder, QObject *parent)
    : QObject(parent)
    , m_folder(std::move(folder))
{
}

DemoController::~DemoController()
{
    m_load.request_stop();
    m_worker.request_stop();
}

void DemoController::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged();
}

std::optional<double> DemoController::secondsLeft() const
{
    if (m_done < 2 || m_expected <= 0 || !m_elapsed.isValid())
        return std::nullopt;
    const double elapsed = static_cast<double>(m_elapsed.elapsed()) / 1000;
    return std::max(0.0, elapsed / m_done * (m_expected - m_done));
}

void DemoController::start(const demo::DemoRequest &request)
{
    if (m_state != State::Idle)
        return;
    const demo::DemoSettings usual;
    const int instances = request.instances.value_or(usual.instances);
    const int replicas = request.replicas.value_or(usual.replicas) * instances;
    // Every instance and the directory is made and started, every instance filled, every replica made and started.
    m_expected = 2 * (instances + 1) + 1 + instances + 2 * replicas;
    m_done = 0;
    m_step = tr("Looking for PostgreSQL");
    m_made = !QFileInfo::exists(m_folder);
    m_elapsed.start();
    setState(State::Starting);
    Q_EMIT progressed();
    m_worker = std::jthread([this, request](const std::stop_token &stop) {
        const auto progress = [this](const demo::DemoStep &step) {
            QMetaObject::invokeMethod(this, [this, words = stepWords(step)] {
                m_done = std::min(m_done + 1, m_expected);
                m_step = words;
                Q_EMIT progressed();
            });
        };
        const auto folder = demo::demoUp(m_folder, request, progress, Wait::forDuration(startPatience, stop));
        QMetaObject::invokeMethod(this, [this, folder] {
            if (!folder) {
                setState(State::Idle);
                Q_EMIT failed(folder.error());
                return;
            }
            setState(State::Running);
            startLoad(folder->clusterFile());
            Q_EMIT ready(folder->clusterFile());
        });
    });
}

void DemoController::startLoad(const QString &clusterFile)
{
    m_ledgerFolder = std::make_unique<QTemporaryDir>();
    const QString ledger = m_ledgerFolder->filePath(QStringLiteral("load.ledger"));
    m_load = std::jthread([clusterFile, ledger](const std::stop_token &stop) {
        const auto file = cluster::readClusterFile(clusterFile);
        if (!file)
            return;
        demo::LoadOptions options;
        options.clients = loadClients;
        options.rate = loadRate;
        options.ledger = ledger;
        // The demo stays useful without its load; what keeps it from running shows in the servers' own states.
        (void)demo::runLoad(*file, options, stop, [](const demo::LoadProgress &) {});
    });
}

void DemoController::cancel()
{
    if (m_state == State::Starting)
        m_worker.request_stop();
}

void DemoController::stop(bool remove)
{
    if (m_state != State::Running)
        return;
    setState(State::Stopping);
    m_load.request_stop();
    m_worker = std::jthread([this, remove](const std::stop_token &stop) {
        const auto done = demo::demoDown(m_folder, remove, Wait::forDuration(stopPatience, stop));
        QMetaObject::invokeMethod(this, [this, done] {
            setState(done ? State::Idle : State::Running);
            if (done)
                Q_EMIT stopped();
            else
                Q_EMIT failed(done.error());
        });
    });
}

void DemoController::letGo()
{
    m_load.request_stop();
    if (m_state == State::Running)
        setState(State::Idle);
}

} // namespace shardhelm
