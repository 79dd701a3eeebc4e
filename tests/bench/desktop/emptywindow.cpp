// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

// What a program pays for a window of this toolkit alone; says on its standard error when the window
// has been painted.

#include "app/desktop/firstpaint.h"

#include <QApplication>
#include <QLabel>

#include <cstdio>

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QLabel window(QStringLiteral("Almost empty"));
    window.resize(1280, 800);
    presently::app::FirstPaint firstPaint(window);
    QObject::connect(&firstPaint, &presently::app::FirstPaint::painted, &window,
        [] { std::fputs("first paint\n", stderr); });
    window.show();
    return QApplication::exec();
}
