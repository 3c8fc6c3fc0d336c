// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/savefile.h"
#include "mainwindow/mainwindow.h"
#include "mainwindow/markerdialog.h"
#include "mainwindow/replaybar.h"
#include "mainwindow/spandialog.h"
#include "mainwindow/statusline.h"
#include "monitor/markers.h"
#include "monitor/recording/cut.h"
#include "report/incidenthtml.h"
#include "wording/errors.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>

#include <filesystem>

/// Recordings in the window: opening and leaving one, parts of the own one, markers, incident reports.
namespace shardhelm::ui {

namespace {

constexpr qint64 offeredSpanMs = 15 * 60 * 1000;
constexpr Milliseconds markerTimeout{10000};

using monitor::recording::Span;

QString timeOfFile(qint64 at)
{
    return QDateTime::fromMSecsSinceEpoch(at).toString(QStringLiteral("yyyy-MM-dd-HHmm"));
}

/// The dialog has asked whether to replace the target; that may be the recording itself, hence not before the part is
/// there.
Result<void> replaceWithPart(const QString &source, const QString &target, const Span &span)
{
    const QString part = target % QStringLiteral(".part");
    QFile::remove(part);
    if (auto done = monitor::recording::cutRecording(source, part, span); !done)
        return done;
    std::error_code problem;
    std::filesystem::rename(QFile::encodeName(part).toStdString(), QFile::encodeName(target).toStdString(), problem);
    if (!problem)
        return {};
    QFile::remove(part);
    return fail(ErrorCode::FileUnwritable, target, QString::fromStdString(problem.message()));
}

} // namespace

void MainWindow::buildRecordingMenu(QMenu *file)
{
    command(file, tr("Open &recording…"), {}, [this] { askForRecording(); });
    m_lookBackAction = command(
        file, tr("Look &back at the last hours"), {}, [this] { openRecording(m_session.ringPath()); }, true);
    m_saveRecordingAction = command(
        file, tr("&Save a part of the recording…"), {}, [this] { askForPart(); }, true);
    m_reportAction = command(
        file, tr("&Incident report…"), {}, [this] { askForReport(); }, true);
    connect(file, &QMenu::aboutToShow, this, [this] {
        const bool replay = m_session.isReplay();
        const bool ring = !m_session.ringPath().isEmpty();
        m_lookBackAction->setEnabled(ring);
        m_lookBackAction->setToolTip(ring || replay ? QString() : tr("Nothing of this cluster is recorded yet."));
        m_saveRecordingAction->setEnabled(ring || (replay && m_session.replay().isReady()));
        m_reportAction->setEnabled(m_saveRecordingAction->isEnabled());
    });
}

void MainWindow::openRecording(const QString &path)
{
    if (path.isEmpty())
        return;
    m_session.openRecording(QFileInfo(path).absoluteFilePath());
}

void MainWindow::askForRecording()
{
    auto *dialog =
        new QFileDialog(this, tr("Open recording"), QString(), tr("Recordings (*.shardhelm *.sqlite);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openRecording);
    dialog->open();
}

QString MainWindow::shownRecording() const
{
    return m_session.isReplay() ? m_session.path() : m_session.ringPath();
}

Span MainWindow::offeredSpan() const
{
    const qint64 end = m_session.isReplay() ? m_session.replay().position() : QDateTime::currentMSecsSinceEpoch();
    if (m_session.isReplay())
        return {std::max(m_session.replay().span().from, end - offeredSpanMs),
                std::max(end, m_session.replay().span().from + 1000)};
    return {end - offeredSpanMs, end};
}

void MainWindow::askForPart()
{
    const QString source = shownRecording();
    if (source.isEmpty())
        return;
    auto *dialog =
        new SpanDialog(tr("Save a part of the recording"),
                       tr("The part is one file that shardhelm and shardhelmctl replay anywhere. It holds no "
                          "passwords; literals of statements are left out."),
                       tr("Save as…"), offeredSpan(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, source] {
        const Span span = dialog->span();
        saveAs(tr("Save a part of the recording"), timeOfFile(span.from) % QStringLiteral(".shardhelm"),
               [source, span](const QString &target, const std::stop_token &) {
                   return replaceWithPart(source, target, span);
               });
    });
    dialog->open();
}

void MainWindow::askForReport()
{
    const QString source = shownRecording();
    if (source.isEmpty())
        return;
    auto *dialog =
        new SpanDialog(tr("Incident report"),
                       tr("One HTML file with curves, who stood out, events, sessions and locks of the span. "
                          "It holds no passwords; literals of statements are left out."),
                       tr("Save as…"), offeredSpan(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, source] {
        const Span span = dialog->span();
        saveAs(tr("Incident report"), QStringLiteral("incident-") % timeOfFile(span.from) % QStringLiteral(".html"),
               [source, span](const QString &target, const std::stop_token &stop) -> Result<void> {
                   const auto incident = readIncident(source, span, [&stop] { return stop.stop_requested(); });
                   if (!incident)
                       return Failure(incident.error());
                   return saveFile(target, incidentHtml(*incident, QDateTime::currentDateTime()),
                                   QFileDevice::ReadOwner | QFileDevice::WriteOwner);
               });
    });
    dialog->open();
}

void MainWindow::saveAs(const QString &title, const QString &name,
                        std::function<Result<void>(const QString &, const std::stop_token &)> write)
{
    auto *dialog = new QFileDialog(this, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(name.section(u'.', -1));
    dialog->selectFile(name);
    connect(dialog, &QFileDialog::fileSelected, this, [this, write = std::move(write)](const QString &path) {
        if (m_writing.isRunning()) {
            m_status->say(tr("Another file is still being written"));
            return;
        }
        m_status->say(tr("Writing %1").arg(path));
        m_writing.start<void>(
            this, [write, path](const std::stop_token &stop) { return write(path, stop); },
            [this, path](const Result<void> &written) {
                if (written)
                    m_status->say(tr("%1 is written").arg(path));
                else
                    showFailure(written.error());
            });
    });
    dialog->open();
}

void MainWindow::askForMarker()
{
    if (!m_session.isOpen() || m_session.isReplay() || m_marking.isRunning())
        return;
    auto *dialog = new MarkerDialog(QDateTime::currentDateTime(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const monitor::Marker marker{dialog->at().toMSecsSinceEpoch(), dialog->text(), {}, {}};
        pg::PasswordSource *passwords = &m_session.passwordSource();
        m_marking.start<monitor::MarkerPlace>(
            this,
            [file = m_session.fleet().file(), marker, passwords](const std::stop_token &stop) {
                return monitor::setMarker(file, marker, passwords, Wait::forDuration(markerTimeout, stop));
            },
            [this, marker](const Result<monitor::MarkerPlace> &place) {
                if (!place) {
                    showFailure(place.error());
                    return;
                }
                // Shown at once; the journal brings it again within half a minute.
                m_session.fleet().setMarkers(monitor::mergedMarkers(m_session.fleet().markers(), {marker}));
                m_status->say(place->inJournal ? tr("The marker stands in the journal")
                                               : tr("The marker is kept on this computer only"));
            });
    });
    dialog->open();
}

} // namespace shardhelm::ui
