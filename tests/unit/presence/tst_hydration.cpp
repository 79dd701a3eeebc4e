// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/presence/presencestore.h"
#include "tests/unit/presence/ledgerfixture.h"

#include <QTest>

#include <functional>
#include <map>
#include <optional>
#include <random>

using namespace presently;
using namespace presently::test;

namespace {

constexpr int People = 5;

UserId userOf(PersonKey person)
{
    return {QString::number(int(person))};
}

enum class Serials { Told, Absent };

//! \brief A server, a wire with delays, and a client's store, all in virtual time.
//!
//! Events travel in order on one connection. Snapshots go another way: asked for, taken, and
//! arriving up to five seconds later in parts. The server may lose its memory, the link may break.
class Interleaving
{
public:
    Interleaving(quint32 seed, Serials serials)
        : m_dice(seed)
        , m_serials(serials)
        , m_store(m_clock)
    {
        for (int i = 0; i < People; ++i)
            m_store.expect({userOf(PersonKey{i})});
        restartServer();
        connect();
    }

    //! None, or what differs in the end.
    QString run()
    {
        for (int step = 0; step < 40; ++step) {
            act();
            pass(milliseconds{m_dice() % 1500});
        }
        if (!m_connected)
            connect();
        pass(seconds{15}); // everything has arrived
        return difference();
    }

private:
    using Delivery = std::function<void()>;

    void act()
    {
        const PersonKey person{int(m_dice() % People)};
        LeaseId &lease = m_leases[person];
        switch (m_dice() % 20) {
        case 0:
            restartServer();
            loseLink();
            break;
        case 1:
            if (m_connected)
                loseLink();
            break;
        case 2:
        case 3:
            if (m_connected)
                askForSnapshot();
            break;
        case 4:
            m_ledger->setIntent(
                person, intent(m_dice() % 2 ? IntentStatus::Busy : IntentStatus::Auto));
            break;
        case 5:
            m_ledger->setIntent(person, intent(IntentStatus::Invisible));
            break;
        case 6:
        case 7:
            if (!m_connected)
                connect();
            break;
        case 8:
            m_ledger->close(lease, CloseKind::Lost);
            break;
        default:
            if (m_dice() % 2 == 0)
                m_ledger->end(lease);
            else if (!m_ledger->beat(lease))
                lease = m_ledger->open(desktop(person)).lease;
        }
        sendEvents();
    }

    void restartServer()
    {
        LedgerOptions options = withoutHoldBack();
        options.epoch = ++m_epoch;
        m_ledger = std::make_unique<PresenceLedger>(m_clock, options);
        m_leases.clear();
    }

    [[nodiscard]] PresenceRecord record(
        PersonKey person, const Presence &presence, PresenceVersion version) const
    {
        if (m_serials == Serials::Absent)
            version = {};
        return {userOf(person), presence, version, std::nullopt};
    }

    void sendEvents()
    {
        m_ledger->advance();
        for (const PresenceChange &change : m_ledger->takeChanges()) {
            if (change.audience != Audience::Everybody || !m_connected)
                continue;
            const PresenceRecord told = record(change.person, change.after, change.version);
            onConnection([this, told] { m_store.applyEvent(told); });
        }
    }

    void connect()
    {
        m_connected = true;
        ++m_connection;
        askForSnapshot();
    }

    void loseLink()
    {
        m_connected = false;
        const SteadyTime noticed
            = std::max(m_clock.now() + milliseconds{m_dice() % 3000}, m_lastArrival);
        later(noticed, [this] { m_store.linkLost(m_clock.wallNow()); });
        m_lastArrival = noticed;
    }

    //! The client asks when it has read that far; the server takes the snapshot some time later.
    void askForSnapshot()
    {
        const qint64 epoch = m_serials == Serials::Told ? m_epoch : 0;
        onConnection([this, epoch, connection = m_connection] {
            m_store.beginHydration(epoch);
            const int hydration = ++m_asked;
            later(m_clock.now() + milliseconds{m_dice() % 2500},
                [=, this] { takeSnapshot(connection, hydration); });
        });
    }

    void takeSnapshot(int connection, int hydration)
    {
        if (connection != m_connection || !m_connected)
            return;
        sendEvents();
        QList<PresenceRecord> rows;
        for (int i = 0; i < People; ++i) {
            const auto row = m_ledger->row(PersonKey{i});
            if (m_dice() % 2 == 0 || row->presence.status != Status::Offline)
                rows.append(record(row->person, row->presence, row->version));
        }
        const qint64 epoch = m_serials == Serials::Told ? m_epoch : 0;
        const qsizetype middle = rows.isEmpty() ? 0 : qsizetype(m_dice() % quint32(rows.size()));
        const PresenceSnapshot first{epoch, false, rows.first(middle)};
        const PresenceSnapshot last{epoch, true, rows.sliced(middle)};
        const SteadyTime arrival = m_clock.now() + milliseconds{m_dice() % 2500};
        // A client drops the reply to a question that it has asked anew.
        const auto apply = [=, this](const PresenceSnapshot &part) {
            if (connection == m_connection && hydration == m_asked)
                m_store.applySnapshot(part);
        };
        later(arrival, [=] { apply(first); });
        later(arrival + milliseconds{m_dice() % 500}, [=] { apply(last); });
    }

    void onConnection(Delivery delivery)
    {
        m_lastArrival = std::max(m_lastArrival, m_clock.now() + milliseconds{m_dice() % 300});
        later(m_lastArrival, std::move(delivery));
    }

    void later(SteadyTime at, Delivery delivery) { m_wire.emplace(at, std::move(delivery)); }

    void pass(Milliseconds by)
    {
        const SteadyTime end = m_clock.now() + by;
        for (;;) {
            const std::optional<SteadyTime> deadline = m_ledger->nextDeadline();
            SteadyTime next = end;
            if (deadline)
                next = std::min(next, *deadline);
            if (!m_wire.empty())
                next = std::min(next, m_wire.begin()->first);
            if (next > m_clock.now())
                m_clock.advance(next - m_clock.now());
            sendEvents();
            m_store.checkLink();
            const bool arrives = !m_wire.empty() && m_wire.begin()->first <= m_clock.now();
            if (arrives)
                m_wire.extract(m_wire.begin()).mapped()();
            else if (m_clock.now() >= end)
                return;
        }
    }

    QString difference() const
    {
        for (int i = 0; i < People; ++i) {
            const Presence truth = m_ledger->view(PersonKey{i});
            const Presence shown = m_store.presence(userOf(PersonKey{i}));
            // Absence says nothing of reasons.
            const bool bothGone
                = truth.status == Status::Offline && shown.status == Status::Offline;
            if (!bothGone && !looksSame(truth, shown)) {
                return QStringLiteral("person %1: is %2, shown %3")
                    .arg(i)
                    .arg(int(truth.status))
                    .arg(int(shown.status));
            }
        }
        return {};
    }

    std::mt19937 m_dice;
    Serials m_serials;
    ManualClock m_clock;
    PresenceStore m_store;
    std::unique_ptr<PresenceLedger> m_ledger;
    std::map<PersonKey, LeaseId> m_leases;
    std::multimap<SteadyTime, Delivery> m_wire;
    SteadyTime m_lastArrival;
    qint64 m_epoch = 1000;
    bool m_connected = false;
    int m_connection = 0;
    int m_asked = 0;
};

PresenceRecord eventOf(qint64 epoch, qint64 serial, std::mt19937 &dice)
{
    PresenceRecord record;
    record.user = userOf(Ada);
    record.presence.status
        = std::array{Status::Offline, Status::Online, Status::Away, Status::Busy}[dice() % 4];
    record.presence.deviceCount = int(serial);
    record.version = {epoch, serial};
    return record;
}

} // namespace

class tst_Hydration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    //! Reliability scenario R29: a snapshot that is late, in every order.
    void endsLikeTheServerInTenThousandInterleavings()
    {
        for (quint32 seed = 1; seed <= 10000; ++seed) {
            const QString wrong = Interleaving{seed, Serials::Told}.run();
            QVERIFY2(
                wrong.isEmpty(), qPrintable(QStringLiteral("seed %1, %2").arg(seed).arg(wrong)));
        }
    }

    void endsLikeTheServerWithoutSerialsToo()
    {
        for (quint32 seed = 1; seed <= 2000; ++seed) {
            const QString wrong = Interleaving{seed, Serials::Absent}.run();
            QVERIFY2(
                wrong.isEmpty(), qPrintable(QStringLiteral("seed %1, %2").arg(seed).arg(wrong)));
        }
    }

    //! Reliability scenario R30: events out of order, twice, from an old epoch.
    void disorderDoesNotMatterInAHundredThousandSequences()
    {
        ManualClock clock;
        for (quint32 seed = 1; seed <= 100000; ++seed) {
            std::mt19937 dice(seed);
            PresenceStore store{clock};
            std::vector<PresenceRecord> events;
            PresenceRecord last;
            const qint64 lastEpoch = 1 + qint64(dice() % 3);
            for (qint64 epoch = 1; epoch <= lastEpoch; ++epoch) {
                const qint64 serials = 1 + qint64(dice() % 4);
                for (qint64 serial = 1; serial <= serials; ++serial) {
                    last = eventOf(epoch, serial, dice);
                    events.insert(events.end(), 1 + dice() % 2, last);
                }
            }
            std::ranges::shuffle(events, dice);
            const std::size_t connectedAt = dice() % events.size();
            store.beginHydration(1);
            for (std::size_t i = 0; i < events.size(); ++i) {
                if (i == connectedAt)
                    store.beginHydration(lastEpoch);
                store.applyEvent(events[i]);
            }
            if (store.presence(last.user) != last.presence)
                QFAIL(qPrintable(QStringLiteral("seed %1").arg(seed)));
        }
    }
};

QTEST_GUILESS_MAIN(tst_Hydration)
#include "tst_hydration.moc"
