// SPDX-License-Identifier: GPL-3.0-or-later
// The limit for start-up: an empty Qt main window that says when it was painted first.
#include <QApplication>
#include <QMainWindow>
#include <QTimer>

#include <cstdio>

namespace {

class BareWindow : public QMainWindow
{
protected:
    void paintEvent(QPaintEvent *event) override
    {
        QMainWindow::paintEvent(event);
        // Queued: the event loop turns once more, so the window also answers to input.
        QTimer::singleShot(0, this, [] {
            std::fputs("visible_ms\n", stderr);
            QCoreApplication::quit();
        });
    }
};

} // namespace

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    BareWindow window;
    window.resize(1440, 900);
    window.show();
    return QApplication::exec();
}
