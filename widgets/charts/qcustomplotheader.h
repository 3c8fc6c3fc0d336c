// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// The one place that includes QCustomPlot: its header wants Qt's lower-case keywords and `foreach`, which the project
/// switches off. They are lent to it and taken back.
#pragma push_macro("signals")
#pragma push_macro("slots")
#pragma push_macro("foreach")
#undef signals
#undef slots
#undef foreach
#define signals Q_SIGNALS
#define slots Q_SLOTS
#define foreach(variable, container) for (variable : container)
#include <qcustomplot.h>
#pragma pop_macro("foreach")
#pragma pop_macro("slots")
#pragma pop_macro("signals")
