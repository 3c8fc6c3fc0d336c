// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/axisscale.h"
#include "charts/timeaxis.h"
#include "common/text.h"
#include "mainwindow/badge.h"
#include "theme/fonts.h"
#include "theme/style.h"
#include "theme/theme.h"

#include <QApplication>
#include <QDateTime>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace shardhelm;
using namespace shardhelm::ui;

class TestTheme : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void contrastOfWords_data();
    void contrastOfWords();
    void environments_data();
    void environments();
    void loadStepsStandApart();
    void paletteFollowsTheChoice();
    void schemeOfADesktop();
    void controlsAre24High();
    void figuresAreAligned();
    void axes();
    void times();
};

void TestTheme::contrastOfWords_data()
{
    QTest::addColumn<int>("scheme");
    QTest::addRow("light") << int(Scheme::Light);
    QTest::addRow("dark") << int(Scheme::Dark);
    QTest::addRow("high contrast") << int(Scheme::HighContrast);
}

void TestTheme::contrastOfWords()
{
    QFETCH(int, scheme);
    const Tokens tokens = Tokens::of(static_cast<Scheme>(scheme));
    const std::vector<std::pair<const char *, QColor>> words{
        {"text", tokens.text}, {"muted", tokens.muted}, {"accent", tokens.accent}, {"good", tokens.good},
        {"warn", tokens.warn}, {"bad", tokens.bad},     {"stale", tokens.stale}};
    for (const auto &[name, color] : words) {
        QVERIFY2(contrast(color, tokens.panel) >= 5.8, name);
        QVERIFY2(contrast(color, tokens.window) >= 5.2, name);
    }
    QVERIFY(contrast(tokens.control, tokens.panel) >= 3.0);
    QVERIFY(contrast(tokens.onAccent, tokens.accent) >= 4.5);
    QVERIFY(contrast(tokens.selectionText, tokens.selection) >= 7.0);
    if (tokens.scheme == Scheme::HighContrast) {
        QVERIFY(contrast(tokens.text, tokens.panel) >= 20.9);
        QVERIFY(contrast(tokens.muted, tokens.panel) >= 15);
    }
}

void TestTheme::environments_data()
{
    contrastOfWords_data();
}

void TestTheme::environments()
{
    QFETCH(int, scheme);
    const Tokens tokens = Tokens::of(static_cast<Scheme>(scheme));
    for (const QColor &color : {tokens.production, tokens.staging, tokens.development}) {
        QVERIFY(contrast(tokens.badgeText, color) >= 4.7);
        QVERIFY(contrast(color, tokens.window) >= 3.0);
        for (const QColor &state : {tokens.good, tokens.warn, tokens.bad, tokens.accent})
            QVERIFY(color != state);
    }
    cluster::ClusterFile file;
    file.color = QStringLiteral("#123456");
    QCOMPARE(environmentColor(file, tokens), QColor(QStringLiteral("#123456")));
}

void TestTheme::loadStepsStandApart()
{
    for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
        const Tokens tokens = Tokens::of(scheme);
        for (size_t i = 1; i < tokens.load.size(); ++i) {
            const double before = contrast(tokens.load[i - 1], tokens.panel);
            const double after = contrast(tokens.load[i], tokens.panel);
            QVERIFY2(after > before, "high is far from the background");
        }
    }
}

void TestTheme::paletteFollowsTheChoice()
{
    Theme theme(ThemeChoice::Light);
    QCOMPARE(QApplication::palette().color(QPalette::Window), Tokens::light().window);
    theme.setChoice(ThemeChoice::Dark);
    QCOMPARE(QApplication::palette().color(QPalette::Window), Tokens::dark().window);
    QCOMPARE(theme.tokens().scheme, Scheme::Dark);
    theme.setChoice(ThemeChoice::HighContrast);
    QCOMPARE(QApplication::palette().color(QPalette::Text), Tokens::highContrast().text);
    // The offscreen platform has no desktop palette: the style's own, which is light.
    theme.setChoice(ThemeChoice::System);
    QCOMPARE(theme.tokens().scheme, Scheme::Light);
    for (const auto choice : {ThemeChoice::System, ThemeChoice::Light, ThemeChoice::Dark, ThemeChoice::HighContrast})
        QCOMPARE(themeOfKey(themeKey(choice)), std::optional(choice));
    QVERIFY(!themeOfKey(QStringLiteral("pink")));
}

void TestTheme::schemeOfADesktop()
{
    QPalette desktop;
    desktop.setColor(QPalette::Window, QColor(0xef, 0xef, 0xef));
    desktop.setColor(QPalette::WindowText, Qt::black);
    QCOMPARE(Style::schemeOf(desktop), Scheme::Light);
    desktop.setColor(QPalette::Window, QColor(0x30, 0x30, 0x30));
    desktop.setColor(QPalette::WindowText, QColor(0xee, 0xee, 0xee));
    QCOMPARE(Style::schemeOf(desktop), Scheme::Dark);
    desktop.setColor(QPalette::Window, Qt::black);
    desktop.setColor(QPalette::WindowText, Qt::white);
    QCOMPARE(Style::schemeOf(desktop), Scheme::HighContrast);
}

void TestTheme::controlsAre24High()
{
    const Theme theme(ThemeChoice::Light);
    QLineEdit edit;
    QCOMPARE(edit.sizeHint().height(), 24);
    QPushButton button(QStringLiteral("Go"));
    QCOMPARE(button.sizeHint().height(), 24);
}

void TestTheme::figuresAreAligned()
{
    const Theme theme(ThemeChoice::Light);
    const QFontMetricsF metrics(typeFont(Type::Small));
    QCOMPARE(tabularWidth(metrics, QStringLiteral("1,111")), tabularWidth(metrics, QStringLiteral("8,888")));
    QVERIFY(tabularWidth(metrics, QStringLiteral("11")) > tabularWidth(metrics, QStringLiteral("1")));
}

void TestTheme::axes()
{
    const AxisScale factors(10, 2000, true);
    QVERIFY(factors.isLogarithmic());
    QVERIFY(factors.place(10) > 0 && factors.place(10) < 0.1);
    QVERIFY(factors.place(2000) > 0.9 && factors.place(2000) < 1);
    QCOMPARE(factors.ticks(3), std::vector<double>({10, 100, 1000}));
    const AxisScale near(40, 90, true);
    QVERIFY(!near.isLogarithmic());
    QCOMPARE(near.low(), 0.0);
    const auto ticks = near.ticks(3);
    QCOMPARE(ticks.front(), 0.0);
    QVERIFY(ticks.size() >= 2 && ticks.size() <= 5);
    // Nothing and nonsense give an axis all the same.
    QCOMPARE(AxisScale(5, 1, true).low(), 0.0);
    QVERIFY(AxisScale(0, 0, true).high() > 0);
    const AxisScale sizes(0, 3.0 * 1024 * 1024 * 1024, true, 1024);
    for (const double tick : sizes.ticks(3))
        QCOMPARE(std::fmod(tick, 1024.0 * 1024), 0.0);
}

void TestTheme::times()
{
    const double from = static_cast<double>(QDateTime(QDate(2026, 3, 9), QTime(2, 59, 20)).toSecsSinceEpoch());
    const auto ticks = timeTicks(from, from + 900, 5);
    QVERIFY(!ticks.empty() && ticks.size() <= 6);
    QCOMPARE(ticks.front().text, QStringLiteral("03:00"));
    QVERIFY(timeTicks(5, 5, 3).empty());
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
