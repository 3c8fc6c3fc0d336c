// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/fonts.h"

#include <QApplication>

namespace shardhelm::ui {

namespace {

struct Step
{
    int size;
    int line;
    bool strong;
};

Step step(Type type)
{
    switch (type) {
    case Type::Hero:
        return {20, 28, true};
    case Type::Heading:
        return {17, 24, true};
    case Type::Value:
        return {15, 20, true};
    case Type::Strong:
        return {13, 18, true};
    case Type::Body:
        return {13, 18, false};
    case Type::SmallStrong:
        return {12, 16, true};
    case Type::Small:
        return {12, 16, false};
    case Type::Caption:
        return {11, 14, false};
    case Type::Dense:
        return {10, 12, false};
    case Type::Code:
        return {12, 18, false};
    }
    return {13, 18, false};
}

} // namespace

QFont typeFont(Type type)
{
    const Step wanted = step(type);
    QFont result = QApplication::font();
    if (type == Type::Code) {
        // The families are named instead of asking the font database, which would list every font at start-up.
        result = QFont();
        result.setFamilies({QStringLiteral("DejaVu Sans Mono"), QStringLiteral("monospace")});
        result.setStyleHint(QFont::Monospace);
        result.setFixedPitch(true);
    }
    result.setPixelSize(wanted.size);
    result.setWeight(wanted.strong ? QFont::DemiBold : QFont::Normal);
    return result;
}

int lineHeight(Type type)
{
    return step(type).line;
}

void applyApplicationFont()
{
    QFont result = QApplication::font();
    const QString family = result.family();
    if (family.isEmpty() || family.startsWith(QLatin1StringView("Sans"), Qt::CaseInsensitive)
        || family == QLatin1StringView("Helvetica") || family == QLatin1StringView("DejaVu Sans"))
        result.setFamilies({QStringLiteral("Inter"), QStringLiteral("Noto Sans"), QStringLiteral("DejaVu Sans"),
                            QStringLiteral("sans-serif")});
    result.setPixelSize(13);
    result.setHintingPreference(QFont::PreferNoHinting);
    QApplication::setFont(result);
}

} // namespace shardhelm::ui
