// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/terminal/peoplelist.h"
#include "app/terminal/terminalstyle.h"
#include "models/presence/presencestore.h"
#include "models/store/session.h"
#include "tests/support/manualclock.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace presently;
using namespace presently::app;
using namespace Qt::Literals::StringLiterals;

class tst_PeopleList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_session = std::make_unique<Session>(m_clock);
        m_session->apply(SignedInEvent{{{u"me"_s}, u"Me"_s, u"me"_s, false}, {}});
        m_session->apply(RosterEvent{{{{u"o"_s}, u"Олег"_s, u"oleg"_s, true},
            {{u"a"_s}, u"Ana"_s, u"ana"_s, true}, {{u"b"_s}, u"Ben"_s, u"ben"_s, false},
            {{u"h"_s}, u"Evil\x1b[2J\nName"_s, u"evil"_s, false}}});
        m_session->apply(LinkChangedEvent{{LinkState::Online, {}, {}, {}}});
        m_session->apply(PresenceHydrationStartedEvent{1});
        PresenceSnapshot snapshot;
        snapshot.epoch = 1;
        snapshot.complete = true;
        Presence online;
        online.status = Status::Online;
        online.deviceCount = 2;
        Presence busy;
        busy.status = Status::Busy;
        busy.customMessage = u"In a meeting"_s;
        busy.deviceCount = 1;
        snapshot.users = {{{u"o"_s}, online, {1, 1}, {}}, {{u"b"_s}, busy, {1, 1}, {}}};
        m_session->apply(PresenceSnapshotEvent{snapshot});
        m_session->presence().flush();
    }

    void jsonHasEverybodyElseInTheDocumentedShape()
    {
        const QJsonObject who = QJsonDocument::fromJson(whoJson(*m_session)).object();
        QCOMPARE(who.keys(), (QStringList{u"as_of"_s, u"link"_s, u"people"_s}));
        QCOMPARE(who["link"_L1].toString(), u"online"_s);
        QVERIFY(who["as_of"_L1].toString().endsWith(u'Z'));
        const QJsonArray people = who["people"_L1].toArray();
        QCOMPARE(people.size(), 4);
        const QJsonObject first = people[0].toObject();
        QCOMPARE(first.keys(),
            (QStringList{u"auto_away"_s, u"custom_message"_s, u"device_count"_s, u"display_name"_s,
                u"last_seen"_s, u"status"_s, u"user_id"_s}));
        QCOMPARE(first["user_id"_L1].toString(), u"o"_s);
        QCOMPARE(first["display_name"_L1].toString(), u"Олег"_s);
        QCOMPARE(first["status"_L1].toString(), u"online"_s);
        QCOMPARE(first["device_count"_L1].toInt(), 2);
        QVERIFY(first["last_seen"_L1].isNull());
        QCOMPARE(people[1]["custom_message"_L1].toString(), u"In a meeting"_s);
    }

    void everythingIsOneLine()
    {
        QCOMPARE(whoJson(*m_session).count('\n'), 1);
        QCOMPARE(changeJson(personLine(*m_session, {u"h"_s})).count('\n'), 1);
    }

    void thoseWhoAreThereComeFirst()
    {
        QStringList order;
        for (const PersonLine &line : peopleOf(*m_session))
            order << line.person.user.value;
        QCOMPARE(order.first(2), (QStringList{u"o"_s, u"b"_s}));
        QVERIFY(!order.contains(u"me"_s));
    }

    void nothingOfOthersReachesTheTerminal()
    {
        const TerminalStyle plain{true, false};
        const QString text = whoText(*m_session, plain)
            + changeText(personLine(*m_session, {u"h"_s}), m_clock.wallNow(), plain);
        for (const QChar character : text)
            QVERIFY(character == u'\n' || character.category() != QChar::Other_Control);
        QCOMPARE(whoText(*m_session, plain).count(u'\n'), 5);
    }

    void theOnlyEscapesAreOurColours()
    {
        const TerminalStyle colour{true, true};
        QString text = whoText(*m_session, colour);
        for (const auto sequence : {"\x1b[32m", "\x1b[33m", "\x1b[31m", "\x1b[2m", "\x1b[0m"})
            text.remove(QLatin1StringView(sequence));
        QVERIFY(!text.contains(u'\x1b'));
    }

    void fallsBackToAscii()
    {
        const TerminalStyle ascii{false, false};
        const QString text = whoText(*m_session, ascii);
        for (const QChar character : text)
            QVERIFY(character.unicode() < 0x7f);
        QVERIFY(text.contains("+ ????"_L1));
        QVERIFY(text.contains("- Ben"_L1));
    }

    void eachStatusHasItsOwnSigil_data()
    {
        QTest::addColumn<bool>("isUtf8");
        QTest::newRow("utf-8") << true;
        QTest::newRow("ascii") << false;
    }
    void eachStatusHasItsOwnSigil()
    {
        QFETCH(bool, isUtf8);
        const TerminalStyle style{isUtf8, false};
        QSet<QString> sigils;
        for (const Status status :
            {Status::Unknown, Status::Offline, Status::Online, Status::Away, Status::Busy})
            sigils.insert(style.sigil(status));
        QCOMPARE(sigils.size(), 5);
    }

    void countsColumnsNotCharacters_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("columns");
        QTest::newRow("latin") << u"Ana"_s << 3;
        QTest::newRow("chinese") << u"陈静"_s << 4;
        QTest::newRow("combining") << u"e\u0301"_s << 1;
        QTest::newRow("emoji") << u"\U0001F600"_s << 2;
        QTest::newRow("zero-width joiner") << u"a\u200Db"_s << 2;
    }
    void countsColumnsNotCharacters()
    {
        QFETCH(QString, text);
        QFETCH(int, columns);
        QCOMPARE(columnsOf(text), columns);
        QCOMPARE(columnsOf(padded(text, 10)), 10);
    }

    void nobodyStaysOnlineWhenTheLinkIsLost()
    {
        m_session->apply(LinkChangedEvent{{LinkState::Waiting,
            Error{ErrorCode::Unreachable, {}, {}, {}}, {}, m_clock.wallNow()}});
        m_clock.advance(Milliseconds(1500));
        m_session->presence().checkLink();
        m_session->presence().flush();
        for (const PersonLine &line : peopleOf(*m_session))
            QCOMPARE(line.presence.status, Status::Unknown);
        const QJsonObject who = QJsonDocument::fromJson(whoJson(*m_session)).object();
        QCOMPARE(who["link"_L1].toString(), u"waiting"_s);
        QCOMPARE(who["people"_L1][0]["status"_L1].toString(), u"unknown"_s);
    }

private:
    test::ManualClock m_clock;
    std::unique_ptr<Session> m_session;
};

QTEST_GUILESS_MAIN(tst_PeopleList)
#include "tst_peoplelist.moc"
