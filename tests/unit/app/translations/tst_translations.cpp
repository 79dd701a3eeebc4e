// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/common/translations.h"

#include <QLocale>
#include <QTest>

using namespace presently::app;
using namespace Qt::Literals::StringLiterals;

class tst_Translations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void englishKnowsOneFromMany_data()
    {
        QTest::addColumn<QLocale>("locale");
        QTest::newRow("English") << QLocale(QLocale::English);
        QTest::newRow("a language without a catalogue") << QLocale(QLocale::Icelandic);
    }
    void englishKnowsOneFromMany()
    {
        QFETCH(QLocale, locale);
        QLocale::setDefault(locale);
        installTranslations(*qApp);
        QCOMPARE(QCoreApplication::translate("Wording", "%n people", nullptr, 1), u"1 person"_s);
        QCOMPARE(QCoreApplication::translate("Wording", "%n people", nullptr, 2), u"2 people"_s);
    }
};

QTEST_GUILESS_MAIN(tst_Translations)
#include "tst_translations.moc"
