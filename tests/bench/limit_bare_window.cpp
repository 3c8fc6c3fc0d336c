// SPDX-License-Identifier: GPL-3.0-or-later
// The limit for start-up: an empty Qt main window that says when it was painted first.
#include <QApplication>
#include <QElapsedTimer>
#include <QMainWindow>
#include <QTimer>

#include <cstdio>

namespace {

class BareWindow : public QMainWindow
{
public:
    explicit BareWindow(const QElapsedTimer &since)
        : m_since(since)
    {
    }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        QMainWindow::paintEvent(event);
        // Queued: the event loop turns once more, so the window also answers to input.
        QTimer::singleShot(0, this, [this] {
            std::fprintf(stderr, "visible_ms %lld\n", static_cast<long long>(m_since.elapsed()));
            QCoreApplication::quit();
        });
    }

private:
    QElapsedTimer m_since; // from the start of main()
};

} // namespace

int main(int argc, char **argv)
{
    QElapsedTimer since;
    since.start();
    const QApplication application(argc, argv);
    BareWindow window(since);
    window.resize(1440, 900);
    window.show();
    return QApplication::exec();
}
