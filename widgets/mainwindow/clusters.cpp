// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/savefile.h"
#include "firstrun/firstrunpage.h"
#include "mainwindow/mainwindow.h"
#include "mainwindow/passworddialog.h"
#include "mainwindow/statusline.h"
#include "pg/conninfo.h"
#include "wording/errors.h"

#include <QCloseEvent>
#include <QDir>
#include <QDragEnterEvent>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QIODevice>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QStandardPaths>

namespace shardhelm::ui {

namespace {

QString openKey()
{
    return QStringLiteral("cluster/open");
}

/// The one dropped cluster file, or an empty string.
QString droppedFile(const QMimeData *data)
{
    if (!data->hasUrls() || data->urls().size() != 1)
        return {};
    const QString path = data->urls().first().toLocalFile();
    return path.endsWith(QLatin1StringView(".toml"), Qt::CaseInsensitive) ? path : QString();
}

Result<void> writeNew(const QString &path, const QByteArray &content)
{
    const QString folder = QFileInfo(path).absolutePath();
    if (!QDir().mkpath(folder))
        return fail(ErrorCode::FileUnwritable, folder);
    return saveFile(path, content);
}

/// A path in the folder of clusters that is not taken yet.
QString freePath(const QString &name)
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        % QStringLiteral("/shardhelm/clusters/");
    QString path = folder % name % QStringLiteral(".toml");
    for (int number = 2; QFile::exists(path); ++number)
        path = folder % name % QStringLiteral("-%1.toml").arg(number);
    return path;
}

} // namespace

void MainWindow::openCluster(const QString &path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    if (m_firstRun)
        m_firstRun->clearError();
    m_settings.setText(openKey(), absolute);
    m_session.open(absolute);
}

void MainWindow::closeCluster()
{
    m_settings.setText(openKey(), {});
    m_session.close();
}

void MainWindow::askForFile()
{
    auto *dialog = new QFileDialog(this, tr("Open cluster file"), QFileInfo(m_session.path()).absolutePath(),
                                   tr("Cluster files (*.toml);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openCluster);
    dialog->open();
}

void MainWindow::newFromExample()
{
    auto *dialog =
        new QFileDialog(this, tr("New cluster file from the example"), QString(), tr("Cluster files (*.toml)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("toml"));
    dialog->selectFile(QStringLiteral("cluster.toml"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        QFile example(QStringLiteral(":/examples/cluster.toml"));
        const bool opened = example.open(QIODevice::ReadOnly);
        Q_ASSERT(opened);
        const auto written = opened ? writeNew(path, example.readAll()) : Result<void>();
        if (!written)
            showFailure(written.error());
        else
            m_status->say(tr("%1 is written. Put your directory's address into it, then open it.").arg(path));
    });
    dialog->open();
}

void MainWindow::connectDirectory(const QString &conninfo, cluster::Environment environment)
{
    auto parts = pg::Conninfo::parse(conninfo);
    if (!parts) {
        showFailure(parts.error());
        return;
    }
    // The file holds no secrets: a password that was typed here is asked for again, or comes from ~/.pgpass.
    parts->remove(QStringLiteral("password"));
    cluster::ClusterFile file;
    const QString service = parts->value(QStringLiteral("service"));
    file.name = !parts->value(QStringLiteral("dbname")).isEmpty() ? parts->value(QStringLiteral("dbname"))
        : !service.isEmpty()                                      ? service
                                                                  : QStringLiteral("cluster");
    file.environment = environment;
    file.directoryConninfo = parts->toString();
    QString plain = file.name;
    plain.replace(u'/', u'-');
    const QString path = freePath(plain);
    const auto written = writeNew(path, cluster::clusterFileText(file).toUtf8());
    if (!written) {
        showFailure(written.error());
        return;
    }
    openCluster(path);
    m_status->say(tr("The cluster file is %1").arg(path));
}

void MainWindow::startDemo(const demo::DemoRequest &request)
{
    if (m_demo.state() == DemoController::State::Running) {
        openCluster(m_demo.folder() % QStringLiteral("/cluster.toml"));
        return;
    }
    if (m_session.isOpen())
        closeCluster();
    if (m_firstRun)
        m_firstRun->clearError();
    m_demo.start(request);
}

void MainWindow::showFailure(const Error &error)
{
    m_closing = false;
    if (error.isCancel())
        return;
    if (!m_session.isOpen() && m_firstRun) {
        m_firstRun->showError(error);
        return;
    }
    auto *box = new QMessageBox(QMessageBox::NoIcon, QStringLiteral("Shardhelm"), wording::sentence(error),
                                QMessageBox::Close, this);
    box->setInformativeText(QStringList{wording::advice(error), wording::technical(error)}.join(u'\n').trimmed());
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void MainWindow::askPassword(qint64 id, const pg::PasswordRequest &request)
{
    m_questions.push_back({id, request});
    nextPassword();
}

void MainWindow::nextPassword()
{
    if (m_passwordDialog || m_questions.empty())
        return;
    const Question question = m_questions.front();
    m_questions.pop_front();
    if (question.request.previousRejected)
        m_session.passwordKeeper().drop(question.request);
    m_passwordDialog = new PasswordDialog(question.request, this);
    m_passwordDialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(&m_session.passwords(), &PasswordBroker::withdrawn, m_passwordDialog,
            [this, id = question.id](qint64 gone) {
                if (gone == id)
                    m_passwordDialog->reject();
            });
    connect(m_passwordDialog, &QDialog::finished, this, [this, question](int result) {
        PasswordDialog *dialog = std::exchange(m_passwordDialog, nullptr);
        if (result == QDialog::Accepted) {
            if (dialog->keep())
                m_session.passwordKeeper().keep(question.request, dialog->password());
            m_session.passwords().answer(question.id, dialog->password(), dialog->forUser());
            // Servers of the same user that asked meanwhile have their answer.
            if (dialog->forUser()) {
                const auto same = [&](const Question &other) { return other.request.user == question.request.user; };
                for (const Question &other : m_questions) {
                    if (dialog->keep() && same(other))
                        m_session.passwordKeeper().keep(other.request, dialog->password());
                }
                std::erase_if(m_questions, same);
            }
        } else {
            m_session.passwords().answer(question.id, std::nullopt, false);
        }
        nextPassword();
    });
    m_passwordDialog->open();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_demo.state() == DemoController::State::Starting)
        m_demo.cancel();
    if (!m_demo.isOurs() && m_demo.state() != DemoController::State::Stopping) {
        event->accept();
        return;
    }
    event->ignore();
    if (m_demo.state() == DemoController::State::Stopping) {
        m_closing = true;
        return;
    }
    askAboutDemo();
}

void MainWindow::askAboutDemo()
{
    auto *box = new QMessageBox(QMessageBox::NoIcon, tr("Close Shardhelm"), tr("This window started the demo cluster."),
                                QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("closeDemo"));
    box->setInformativeText(tr("Its servers can keep running for the command line and the next window, or stop. "
                               "Stopped, their data stays in %1.")
                                .arg(m_demo.folder()));
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *keep = box->addButton(tr("Keep running"), QMessageBox::AcceptRole);
    QPushButton *stop = box->addButton(tr("Stop"), QMessageBox::ActionRole);
    QPushButton *remove =
        m_demo.isMade() ? box->addButton(tr("Stop and remove…"), QMessageBox::DestructiveRole) : nullptr;
    QPushButton *cancel = box->addButton(tr("Cancel"), QMessageBox::RejectRole);
    box->setDefaultButton(keep);
    box->setEscapeButton(cancel);
    connect(box, &QMessageBox::buttonClicked, this, [this, keep, stop, remove](QAbstractButton *button) {
        if (button == keep) {
            m_demo.letGo();
            close();
        } else if (button == stop) {
            stopDemo(false, true);
        } else if (remove && button == remove) {
            confirmRemoval(true);
        }
    });
    box->open();
}

void MainWindow::confirmRemoval(bool thenClose)
{
    auto *box = new QMessageBox(QMessageBox::NoIcon, tr("Remove the demo"), tr("Remove the demo and all of its data?"),
                                QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("removeDemo"));
    box->setInformativeText(tr("%1 is deleted with every server in it. This cannot be undone.").arg(m_demo.folder()));
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *remove = box->addButton(tr("Remove the demo"), QMessageBox::DestructiveRole);
    QPushButton *cancel = box->addButton(tr("Cancel"), QMessageBox::RejectRole);
    box->setDefaultButton(cancel);
    box->setEscapeButton(cancel);
    connect(box, &QMessageBox::buttonClicked, this, [this, remove, thenClose](QAbstractButton *button) {
        if (button == remove)
            stopDemo(true, thenClose);
    });
    box->open();
}

void MainWindow::stopDemo(bool remove, bool thenClose)
{
    m_closing = thenClose;
    m_status->say(remove ? tr("Removing the demo") : tr("Stopping the demo"));
    m_session.close();
    m_demo.stop(remove);
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!droppedFile(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    const QString path = droppedFile(event->mimeData());
    if (path.isEmpty())
        return;
    event->acceptProposedAction();
    openCluster(path);
}

} // namespace shardhelm::ui
