// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/listener/accesspolicy.h"

#include <QTest>

using namespace presently::net;
using namespace Qt::StringLiterals;

class tst_AccessPolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judgesHosts_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QString>("local");
        QTest::addColumn<bool>("allowed");
        QTest::addRow("none") << ""_ba << u"127.0.0.1"_s << true;
        QTest::addRow("loopback") << "127.0.0.1:80"_ba << u"127.0.0.1"_s << true;
        QTest::addRow("IPv6 loopback") << "[::1]"_ba << u"::1"_s << true;
        QTest::addRow("own address") << "192.0.2.7:80"_ba << u"192.0.2.7"_s << true;
        QTest::addRow("own mapped address") << "192.0.2.7"_ba << u"::ffff:192.0.2.7"_s << true;
        QTest::addRow("another address") << "192.0.2.8"_ba << u"192.0.2.7"_s << false;
        QTest::addRow("configured") << "CHAT.example:1"_ba << u"127.0.0.1"_s << true;
        QTest::addRow("trailing text") << "chat.example.evil"_ba << u"127.0.0.1"_s << false;
        QTest::addRow("loopback as a number") << "2130706433"_ba << u"192.0.2.7"_s << true;
        QTest::addRow("open bracket") << "[::1"_ba << u"::1"_s << false;
        QTest::addRow("port alone") << ":80"_ba << u"127.0.0.1"_s << false;
    }

    void judgesHosts()
    {
        QFETCH(const QByteArray, host);
        QFETCH(const QString, local);
        QFETCH(const bool, allowed);
        QCOMPARE(isHostAllowed(host, QHostAddress(local), {"chat.example"_ba}), allowed);
        QVERIFY(isHostAllowed(host, QHostAddress(local), {"*"_ba}));
    }

    void judgesOrigins()
    {
        const QList<QByteArray> allowed{"https://chat.example"_ba};
        QVERIFY(isOriginAllowed({}, {}));
        QVERIFY(isOriginAllowed("https://chat.example", allowed));
        QVERIFY(!isOriginAllowed("http://chat.example", allowed));
        QVERIFY(!isOriginAllowed("null", allowed));
        QVERIFY(!isOriginAllowed("https://chat.example", {}));
        QVERIFY(isOriginAllowed("https://anything", {"*"_ba}));
    }

    void countsEachAddressByItself()
    {
        AddressCensus census;
        const QHostAddress first(u"192.0.2.1"_s);
        const QHostAddress second(u"192.0.2.2"_s);
        QVERIFY(census.enter(first, 2));
        QVERIFY(census.enter(first, 2));
        QVERIFY(!census.enter(first, 2));
        QVERIFY(census.enter(second, 2));
        census.leave(first);
        QVERIFY(census.enter(first, 2));
        QVERIFY(!census.enter(first, 2));
        QVERIFY(census.enter(first, 0)); // no limit
    }

    void countsIpv6ByItsNetwork()
    {
        AddressCensus census;
        QVERIFY(census.enter(QHostAddress(u"2001:db8::1"_s), 1));
        QVERIFY(!census.enter(QHostAddress(u"2001:db8::ffff:2"_s), 1));
        QVERIFY(census.enter(QHostAddress(u"2001:db8:0:1::1"_s), 1));
        census.leave(QHostAddress(u"2001:db8::9"_s));
        QVERIFY(census.enter(QHostAddress(u"2001:db8::2"_s), 1));
    }

    void doesNotCountLoopback()
    {
        AddressCensus census;
        for (int i = 0; i < 100; ++i)
            QVERIFY(census.enter(QHostAddress(QHostAddress::LocalHost), 1));
        census.leave(QHostAddress(QHostAddress::LocalHost));
    }
};

QTEST_GUILESS_MAIN(tst_AccessPolicy)
#include "tst_accesspolicy.moc"
