// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/items/rankindex.h"

#include <QRandomGenerator>
#include <QTest>

#include <set>

using namespace presently;

class tst_RankIndex : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithASortedSet()
    {
        constexpr int Size = 300;
        QRandomGenerator random(7);
        RankIndex index;
        index.reset(Size);
        std::set<int> expected;
        for (int step = 0; step < 3000; ++step) {
            const int rank = random.bounded(Size);
            if (expected.erase(rank) > 0) {
                index.remove(rank);
            } else {
                expected.insert(rank);
                index.insert(rank);
            }
            QCOMPARE(index.count(), int(expected.size()));
            const int probe = random.bounded(Size);
            QCOMPARE(index.position(probe),
                int(std::distance(expected.begin(), expected.lower_bound(probe))));
            if (!expected.empty()) {
                const int position = random.bounded(int(expected.size()));
                QCOMPARE(index.rankAt(position), *std::next(expected.begin(), position));
            }
        }
    }

    void holdsASingleRank()
    {
        RankIndex index;
        index.reset(1);
        index.insert(0);
        QCOMPARE(index.rankAt(0), 0);
        QCOMPARE(index.position(0), 0);
    }
};

QTEST_GUILESS_MAIN(tst_RankIndex)
#include "tst_rankindex.moc"
