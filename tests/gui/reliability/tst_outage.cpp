// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/gui/reliability/neighbour.h"
#include "tests/integration/reliability/scenario.h"
#include "tests/support/desk.h"
#include "tests/support/serverprocess.h"

#include <QElapsedTimer>
#include <QTest>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int OutageMs = 3000;

constexpr const char *Seed = R"({"version": 1,
  "people": [
    {"login": "ana", "password": "ana-password", "name": "Ana", "contacts": ["bao", "chi"]},
    {"login": "bao", "password": "bao-password", "name": "Bao"},
    {"login": "chi", "password": "chi-password", "name": "Chi", "seen_ago": "2h"}],
  "conversations": [{"key": "team", "title": "Team", "participants": ["ana", "bao", "chi"]}]})";

//! What all dots of one person look like: in the list of people and beside each sender's name.
struct Shown {
    QList<Status> dots;
    [[nodiscard]] bool areAll(Status status) const
    {
        return !dots.isEmpty() && dots.count(status) == dots.size();
    }
};

} // namespace

//! A real window before a real server process that is killed and comes back on the same port.
class tst_Outage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QFile seed(m_directory.filePath(u"seed.json"_s));
        QVERIFY(seed.open(QIODevice::WriteOnly));
        seed.write(Seed);
        seed.close();
        startServer();
        m_url = QUrl(m_ready.http);
        QVERIFY(m_ready.users.size() == 3);
    }
    void cleanupTestCase() { m_server.reset(); }

    //! Reliability scenario R01: the server dies by SIGKILL and is back after three seconds.
    //! Reliability scenario R33: meanwhile nobody is shown as online, and nobody as offline.
    void dotsAreUnknownAtOnceAndTrueAgainSoonAfterTheServerWasKilled()
    {
        const int runs = shortOrFull(2, 50);
        Figure unknown(u"R01 dots unknown"_s, 1000);
        Figure bar(u"R01 outage bar"_s, 2000);
        Figure right(u"R01 dots right after the port is back"_s, 5000);
        Neighbour bao(m_url, m_ready.users[1].token);
        for (int run = 0; run < runs; ++run) {
            // A fresh client each time: one that loses link after link within a minute is right to
            // take its time.
            Desk ana(m_url, u"ana"_s, m_ready.users[0].token.toLatin1());
            QTRY_VERIFY_WITH_TIMEOUT(isAllWell(ana, bao), 10'000);
            m_server->process.kill();
            // Looks more often than QTRY_VERIFY does, which would flatter the figures.
            QVERIFY(QTest::qWaitFor([&] { return !ana.isOnline(); }));
            QElapsedTimer sinceNoticed;
            sinceNoticed.start();
            qint64 unknownAt = -1;
            qint64 barAt = -1;
            const auto *outageBar = ana.find<QWidget>("outageBar");
            bool wasWrong = false;
            const bool isOver = QTest::qWaitFor(
                [&] {
                    const Shown baoIs = shown(ana, 1);
                    const Shown chiIs = shown(ana, 2);
                    if (unknownAt < 0 && baoIs.areAll(Status::Unknown)
                        && chiIs.areAll(Status::Unknown))
                        unknownAt = sinceNoticed.elapsed();
                    if (barAt < 0 && outageBar->isVisible())
                        barAt = sinceNoticed.elapsed();
                    wasWrong = wasWrong || baoIs.dots.contains(Status::Offline)
                        || (unknownAt >= 0 && !baoIs.areAll(Status::Unknown));
                    return sinceNoticed.elapsed() >= OutageMs;
                },
                OutageMs + 2000);
            QVERIFY(isOver && !wasWrong);
            QVERIFY2(unknownAt >= 0 && barAt >= 0, "nothing was said of the outage");
            unknown.add(unknownAt);
            bar.add(barAt);

            startServer();
            QElapsedTimer sinceBack;
            sinceBack.start();
            QTRY_VERIFY_WITH_TIMEOUT(isAllWell(ana, bao), 40'000);
            right.add(sinceBack.elapsed());
            QVERIFY(!outageBar->isVisible());
        }
        const bool areGood
            = std::ranges::all_of(std::array{&unknown, &bar, &right}, &Figure::report);
        QVERIFY(areGood);
    }

private:
    //! With the data it had, on the port it had.
    void startServer()
    {
        m_server = std::make_unique<ServerProcess>();
        const QString port = QString::number(std::max(m_url.port(), 0));
        const auto ready = m_server->start({u"--data"_s, m_directory.filePath(u"data"_s),
            u"--seed"_s, m_directory.filePath(u"seed.json"_s), u"--port"_s, port});
        QVERIFY2(ready, m_server->process.readAllStandardError().constData());
        if (m_ready.users.isEmpty())
            m_ready = *ready;
    }
    //! Everything is as before: who is there is green, nobody else is, and no bar stands above.
    [[nodiscard]] bool isAllWell(Desk &ana, const Neighbour &bao) const
    {
        if (!ana.isOnline() || !bao.isOnline() || ana.session().conversations().count() == 0)
            return false;
        if (ana.window().openConversation().isEmpty())
            ana.window().openConversation(ana.session().conversations().at(0).id);
        const auto *outageBar = ana.find<QWidget>("outageBar");
        return shown(ana, 1).areAll(Status::Online) && !shown(ana, 2).dots.contains(Status::Online)
            && !outageBar->isVisible();
    }
    [[nodiscard]] Shown shown(const Desk &desk, int user) const
    {
        const UserId id{m_ready.users[user].userId};
        Shown shown;
        for (const auto &dot : {desk.dotInList(id), desk.dotBesideSender(id)}) {
            if (dot)
                shown.dots.append(*dot);
        }
        return shown;
    }

    QTemporaryDir m_directory;
    std::unique_ptr<ServerProcess> m_server;
    ServerProcess::Ready m_ready;
    QUrl m_url;
};

QTEST_MAIN(tst_Outage)
#include "tst_outage.moc"
