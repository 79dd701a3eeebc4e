// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include <QRegularExpression>
#include <QTest>

#include "tests/integration/client/clientprobe.h"
#include "tests/integration/client/faultproxy.h"
#include "tests/support/testserver.h"

using namespace presently;
using namespace presently::net;
using namespace presently::test;
using namespace std::chrono_literals;

namespace {

bool postsAMessage(const QByteArray &head)
{
    return head.startsWith("POST /api/v1/dialogs/") && head.left(200).contains("/messages ");
}

QByteArray keyOf(const QByteArray &head)
{
    static const QRegularExpression pattern(
        QStringLiteral("Idempotency-Key: ([^\r]+)"), QRegularExpression::CaseInsensitiveOption);
    return pattern.match(QString::fromLatin1(head)).captured(1).toLatin1();
}

QStringList numbered(int count)
{
    QStringList texts;
    for (int number = 0; number < count; ++number)
        texts.append(QStringLiteral("<p>%1</p>").arg(number));
    return texts;
}

} // namespace

//! Each message arrives exactly once, in order.
class tst_Outbox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void sendsEachMessageOnceThoughEveryAnswerIsLost();
    void sendsWhatWasWrittenWithoutALink();
    void failsOnlyWhatTheServerRefusesForGood();

private:
    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<FaultProxy> m_proxy;
};

void tst_Outbox::init()
{
    m_server = std::make_unique<TestServer>();
    m_server->options.limits.messages = {100'000, 1ms};
    QVERIFY2(m_server->start(), qPrintable(m_server->errorText()));
    m_proxy = std::make_unique<FaultProxy>(m_server->server().port());
    QVERIFY(m_proxy->listens());
}

void tst_Outbox::sendsEachMessageOnceThoughEveryAnswerIsLost()
{
    constexpr int messages = 100;
    QHash<QByteArray, int> tries;
    m_proxy->losesReply
        = [&](const QByteArray &head) { return postsAMessage(head) && tries[keyOf(head)]++ == 0; };
    ClientProbe bao(m_server->url(), quickOptions());
    bao.start(m_server->token(QStringLiteral("bao")));
    ClientProbe ana(m_proxy->url(), quickOptions());
    ana.start(m_server->token(QStringLiteral("ana")));
    QTRY_VERIFY(ana.isHydrated() && bao.isHydrated());
    const ConversationId team = m_server->team();
    for (ClientProbe *probe : {&ana, &bao}) {
        probe->session.submit(OpenConversationCommand{team});
        QTRY_VERIFY(probe->session.messages(team).isLoaded());
    }
    for (int number = 0; number < messages; ++number)
        ana.write(team, QString::number(number));
    int drops = 0;
    QElapsedTimer time;
    time.start();
    while (!ana.session.outbox().messages().isEmpty() && time.elapsed() < 40'000) {
        const qsizetype left = ana.session.outbox().messages().size();
        QVERIFY(QTest::qWaitFor(
            [&] {
                return ana.session.outbox().messages().size() <= std::max<qsizetype>(left - 20, 0);
            },
            20'000));
        m_proxy->dropAll(); // the whole link, too
        ++drops;
    }
    QVERIFY(drops >= 5);
    QTRY_COMPARE_WITH_TIMEOUT(bao.texts(team).size(), messages, 10'000);
    QCOMPARE(bao.texts(team), numbered(messages));
    QCOMPARE(tries.size(), messages);
    for (const int count : std::as_const(tries))
        QVERIFY(count >= 2);
    QTRY_VERIFY_WITH_TIMEOUT(ana.isOnline(), 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(ana.texts(team), numbered(messages), 10'000);
}

void tst_Outbox::sendsWhatWasWrittenWithoutALink()
{
    ClientProbe ana(m_proxy->url(), quickOptions());
    ana.start(m_server->token(QStringLiteral("ana")));
    QTRY_VERIFY(ana.isHydrated());
    const ConversationId team = m_server->team();
    ana.session.submit(OpenConversationCommand{team});
    QTRY_VERIFY(ana.session.messages(team).isLoaded());
    m_proxy->isDeaf = true;
    m_proxy->dropAll();
    QTRY_VERIFY(!ana.isOnline());
    for (int number = 0; number < 5; ++number)
        ana.write(team, QString::number(number));
    QCOMPARE(ana.session.messages(team).at(ana.session.messages(team).count() - 1).delivery,
        Delivery::Pending);
    m_proxy->isDeaf = false;
    m_proxy->dropAll();
    QTRY_VERIFY_WITH_TIMEOUT(ana.session.outbox().messages().isEmpty(), 20'000);
    QCOMPARE(ana.texts(team), numbered(5));
}

void tst_Outbox::failsOnlyWhatTheServerRefusesForGood()
{
    ClientProbe dan(m_server->url(), quickOptions());
    dan.start(m_server->token(QStringLiteral("dan")));
    QTRY_VERIFY(dan.isHydrated());
    const IdempotencyKey key = dan.write(m_server->team(), QStringLiteral("let me in"));
    QTRY_VERIFY(dan.session.outbox().find(key)->failure);
    QCOMPARE(dan.session.outbox().find(key)->failure->code, ErrorCode::Forbidden);
    dan.session.submit(RetryMessageCommand{key});
    QVERIFY(!dan.session.outbox().find(key)->failure);
    QTRY_VERIFY(dan.session.outbox().find(key)->failure); // refused again
    dan.session.submit(DiscardMessageCommand{key});
    QVERIFY(dan.session.outbox().messages().isEmpty());
}

QTEST_GUILESS_MAIN(tst_Outbox)
#include "tst_outbox.moc"
