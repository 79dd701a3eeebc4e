// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/common/translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

#include <memory>

using namespace Qt::Literals::StringLiterals;

namespace presently::app {

namespace {

bool install(QCoreApplication &application, const QLocale &locale, const QString &catalogue,
    const QString &directory)
{
    auto translator = std::make_unique<QTranslator>(&application);
    if (!translator->load(locale, catalogue, u"_"_s, directory))
        return false;
    QCoreApplication::installTranslator(translator.release());
    return true;
}

} // namespace

void installTranslations(QCoreApplication &application)
{
    const QLocale locale;
    if (!install(application, locale, u"presently"_s, u":/i18n"_s))
        install(application, QLocale(QLocale::English), u"presently"_s, u":/i18n"_s);
    install(application, locale, u"qtbase"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
}

} // namespace presently::app
