// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/presence/derive.h"
#include "models/presence/policy.h"

#include <QTest>

using namespace presently;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr WallTime Now{Milliseconds{1770472800000}};

WallTime before(std::chrono::seconds age)
{
    return Now - age;
}

LeaseFacts active(QStringView device = u"pc", DeviceType type = DeviceType::Desktop)
{
    return {device, type, false, before(std::chrono::seconds{10})};
}

LeaseFacts idle(QStringView device = u"phone", DeviceType type = DeviceType::Mobile)
{
    return {device, type, true, before(std::chrono::seconds{20})};
}

struct Case {
    const char *name;
    std::vector<LeaseFacts> leases;
    IntentStatus intent;
    Viewer viewer;
    Rule rule;
    Status status;
    bool autoAway;
    int deviceCount;
};

const std::vector<Case> &table()
{
    using enum IntentStatus;
    static const std::vector<Case> Table{
        {"nobody there", {}, Auto, Viewer::Other, Rule::NoLease, Status::Offline, false, 0},
        {"one active device", {active()}, Auto, Viewer::Other, Rule::Online, Status::Online, false,
            1},
        {"one idle device", {idle()}, Auto, Viewer::Other, Rule::AllIdle, Status::Away, true, 1},
        {"one of two idle", {idle(), active()}, Auto, Viewer::Other, Rule::Online, Status::Online,
            false, 2},
        {"all idle", {idle(u"a"), idle(u"b")}, Auto, Viewer::Other, Rule::AllIdle, Status::Away,
            true, 2},
        {"two connections of one device", {active(u"pc"), idle(u"pc")}, Auto, Viewer::Other,
            Rule::Online, Status::Online, false, 1},
        {"busy", {active()}, Busy, Viewer::Other, Rule::Busy, Status::Busy, false, 1},
        {"busy wins over idle", {idle()}, Busy, Viewer::Other, Rule::Busy, Status::Busy, false, 1},
        {"away by choice", {active()}, Away, Viewer::Other, Rule::Away, Status::Away, false, 1},
        {"away by choice and idle", {idle()}, Away, Viewer::Other, Rule::Away, Status::Away, false,
            1},
        {"busy but not there", {}, Busy, Viewer::Other, Rule::NoLease, Status::Offline, false, 0},
        {"invisible", {active()}, Invisible, Viewer::Other, Rule::Invisible, Status::Offline, false,
            0},
        {"invisible and not there", {}, Invisible, Viewer::Other, Rule::NoLease, Status::Offline,
            false, 0},
        {"invisible to oneself", {active()}, Invisible, Viewer::Self, Rule::Online, Status::Online,
            false, 1},
        {"invisible and idle to oneself", {idle()}, Invisible, Viewer::Self, Rule::AllIdle,
            Status::Away, true, 1},
        {"stranger, online", {active()}, Auto, Viewer::Stranger, Rule::NotVisible, Status::Offline,
            false, 0},
        {"stranger, busy", {active()}, Busy, Viewer::Stranger, Rule::NotVisible, Status::Offline,
            false, 0},
    };
    return Table;
}

} // namespace

class tst_Derive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decides_data()
    {
        QTest::addColumn<int>("row");
        for (int row = 0; row < int(table().size()); ++row)
            QTest::newRow(table()[std::size_t(row)].name) << row;
    }
    void decides()
    {
        QFETCH(int, row);
        const Case &given = table()[std::size_t(row)];
        const Derivation derived = derive(given.leases, Intent{given.intent, {}, {}},
            Traces{before(std::chrono::hours{1}), OfflineReason::Disconnected, {}}, given.viewer,
            Now);
        QCOMPARE(derived.rule, given.rule);
        QCOMPARE(derived.presence.status, given.status);
        QCOMPARE(derived.presence.autoAway, given.autoAway);
        QCOMPARE(derived.presence.deviceCount, given.deviceCount);
    }

    void tellsAStrangerNothingAtAll()
    {
        const Intent busy{IntentStatus::Busy, u"In a call"_s, Now + std::chrono::hours{1}};
        const Traces traces{before(std::chrono::hours{1}), OfflineReason::Inactive, {}};
        Presence nobody;
        nobody.status = Status::Offline;
        const std::vector<LeaseFacts> leases{active()};
        QCOMPARE(derive(leases, busy, traces, Viewer::Stranger, Now).presence, nobody);
        QCOMPARE(derive({}, {}, {}, Viewer::Stranger, Now).presence, nobody);
    }

    void showsMessageAndEndOnlyOfSomebodyWhoIsThere()
    {
        const Intent busy{IntentStatus::Busy, u"In a call"_s, Now + std::chrono::hours{1}};
        const std::vector<LeaseFacts> leases{active()};
        const Presence there = derive(leases, busy, {}, Viewer::Other, Now).presence;
        QCOMPARE(there.customMessage, u"In a call"_s);
        QVERIFY(there.until.has_value());
        const Presence gone = derive({}, busy, {}, Viewer::Other, Now).presence;
        QVERIFY(gone.customMessage.isEmpty());
        QVERIFY(!gone.until.has_value());
    }

    void lastSeenIsTheNewestEvidence()
    {
        const std::vector<LeaseFacts> leases{idle(), active()};
        const Traces traces{before(std::chrono::hours{1}), OfflineReason::None, {}};
        QCOMPARE(derive(leases, {}, traces, Viewer::Other, Now).presence.lastSeen,
            std::optional{before(std::chrono::seconds{10})});
        QCOMPARE(derive({}, {}, traces, Viewer::Other, Now).presence.lastSeen, traces.lastSeen);
    }

    void lastSeenIsToldAsExactlyAsThePersonWants()
    {
        const WallTime seen = before(std::chrono::minutes{100});
        const auto told = [&](LastSeenDetail detail, Viewer viewer) {
            const Traces traces{seen, OfflineReason::None, detail};
            return derive({}, {}, traces, viewer, Now).presence.lastSeen;
        };
        QCOMPARE(told(LastSeenDetail::Exact, Viewer::Other), std::optional{seen});
        QCOMPARE(told(LastSeenDetail::Coarse, Viewer::Other),
            std::optional{before(std::chrono::minutes{120})});
        QVERIFY(!told(LastSeenDetail::Hidden, Viewer::Other).has_value());
        QCOMPARE(told(LastSeenDetail::Hidden, Viewer::Self), std::optional{seen});
    }

    void lastSeenIsNeverInTheFuture()
    {
        const Traces traces{Now + std::chrono::hours{24}, OfflineReason::None, {}};
        QCOMPARE(derive({}, {}, traces, Viewer::Other, Now).presence.lastSeen, std::optional{Now});
    }

    void looksSameWhileOnlyTheHeartbeatMoves()
    {
        Presence one;
        one.status = Status::Online;
        one.lastSeen = Now;
        Presence other = one;
        other.lastSeen = before(std::chrono::seconds{30});
        QVERIFY(looksSame(one, other));
        one.status = other.status = Status::Offline;
        QVERIFY(!looksSame(one, other));
    }

    void policiesOfEachDialectCanWork() { QVERIFY(checkPolicies(defaultPolicies()).has_value()); }

    void refusesPoliciesThatCannotWork_data()
    {
        QTest::addColumn<int>("timeToLive");
        QTest::addColumn<int>("transportCheck");
        QTest::addColumn<QString>("field");
        QTest::newRow("one heartbeat too late") << 59 << 25 << u"friends.timeToLive"_s;
        QTest::newRow("dead link outlives lease") << 60 << 61 << u"friends.transportCheck"_s;
    }
    void refusesPoliciesThatCannotWork()
    {
        QFETCH(int, timeToLive);
        QFETCH(int, transportCheck);
        QFETCH(QString, field);
        PolicyTable policies = defaultPolicies();
        Policy &friends = policies[std::size_t(Dialect::Friends)];
        friends.timeToLive = std::chrono::seconds{timeToLive};
        friends.transportCheck = std::chrono::seconds{transportCheck};
        const auto checked = checkPolicies(policies);
        QVERIFY(!checked.has_value());
        QCOMPARE(checked.error().field, field);
    }
};

QTEST_GUILESS_MAIN(tst_Derive)
#include "tst_derive.moc"
