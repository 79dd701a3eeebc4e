// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/core/uuid.h"

#include <QSet>
#include <QTest>

using namespace presently;

class tst_Uuid : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isVersionSevenWithTheTimeInFront()
    {
        const QString id = makeUuidV7(WallTime{Milliseconds{4102444800000}});
        QVERIFY(isUuid(id));
        QCOMPARE(id.left(13), QStringLiteral("03bb2cc3-d800"));
        QCOMPARE(id[14], QChar(u'7'));
        QVERIFY(QStringLiteral("89ab").contains(id[19]));
    }

    void sortsInTheOrderOfMakingEvenWhenTheClockStepsBack()
    {
        QString previous;
        QSet<QString> seen;
        for (int i = 0; i < 10'000; ++i) {
            const QString id = makeUuidV7(WallTime{Milliseconds{4102444900000 - i / 100}});
            QVERIFY2(previous < id, qPrintable(previous + QStringLiteral(" !< ") + id));
            seen.insert(id);
            previous = id;
        }
        QCOMPARE(seen.size(), 10'000);
    }

    void knowsWhatIsNoUuid()
    {
        QVERIFY(!isUuid(u""));
        QVERIFY(!isUuid(u"not-a-uuid"));
        QVERIFY(!isUuid(u"{0194e3a0-0000-7000-8000-000000000001}"));
        QVERIFY(!isUuid(u"0194e3a0-0000-7000-8000-00000000000g"));
        QVERIFY(isUuid(u"0194E3A0-0000-7000-8000-000000000001"));
    }
};

QTEST_GUILESS_MAIN(tst_Uuid)
#include "tst_uuid.moc"
