// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/core/error.h"
#include "models/core/expected.h"

#include <QTest>

using namespace presently;

class tst_Expected : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsAValueOrAReason()
    {
        const Expected<int, Error> good = 7;
        QVERIFY(good.has_value());
        QCOMPARE(*good, 7);
        const Expected<int, Error> bad
            = Unexpected{Error{ErrorCode::TooLarge, QStringLiteral("body"), {}, {}}};
        QVERIFY(!bad);
        QCOMPARE(bad.error().code, ErrorCode::TooLarge);
        QCOMPARE(bad.value_or(3), 3);
    }

    void chainsUntilTheFirstFailure()
    {
        const auto half = [](int n) -> Expected<int, QString> {
            if (n % 2)
                return Unexpected{QStringLiteral("odd")};
            return n / 2;
        };
        using Halved = Expected<int, QString>;
        const Halved two = Halved(8).and_then(half).and_then(half);
        QCOMPARE(*two, 2);
        const Halved odd = Halved(6).and_then(half).and_then(half);
        QCOMPARE(odd.error(), QStringLiteral("odd"));
    }

    void successMayBeWithoutAValue()
    {
        const Expected<void, Error> done;
        QVERIFY(done.has_value());
        const Expected<void, Error> failed = Unexpected{Error{}};
        QVERIFY(!failed.has_value());
    }
};

QTEST_GUILESS_MAIN(tst_Expected)
#include "tst_expected.moc"
