// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/presence/deadlineheap.h"
#include "models/presence/visibilitygraph.h"
#include "tests/unit/presence/ledgerfixture.h"

#include <QTest>

#include <map>
#include <random>
#include <set>

using namespace presently;
using namespace presently::test;

namespace {

//! \brief The same rules once more, as plainly as can be: until when is this device there?
struct ModelDevice {
    LeaseId lease;
    bool connected = false;
    SteadyTime thereUntil;

    [[nodiscard]] bool isThere(SteadyTime now) const { return now < thereUntil; }
};

//! \brief One person with some devices that come, beat, fall silent and go as the dice fall.
class RandomLife
{
public:
    explicit RandomLife(quint32 seed)
        : m_dice(seed)
        , m_devices(1 + m_dice() % 5)
    {
    }

    //! None, or what is wrong.
    QString live()
    {
        for (int step = 0; step < 120; ++step) {
            const std::size_t index = m_dice() % m_devices.size();
            act(m_devices[index], device(QByteArray::number(int(index)).constData()));
            if (const QString wrong = compare(step); !wrong.isEmpty())
                return wrong;
            m_f.clock.advance(milliseconds{m_dice() % (m_dice() % 4 == 0 ? 30000 : 4000)});
            m_f.ledger.advance();
            if (const QString wrong = compare(step); !wrong.isEmpty())
                return wrong;
        }
        return {};
    }

private:
    void act(ModelDevice &model, const DeviceId &id)
    {
        const SteadyTime now = m_f.clock.now();
        if (!model.connected) {
            LeaseRequest request = desktop(Ada);
            request.device = id;
            model.lease = m_f.ledger.open(request).lease;
            model.connected = true;
            model.thereUntil = now + seconds{60};
            return;
        }
        switch (m_dice() % 6) {
        case 0:
            m_f.ledger.close(model.lease, CloseKind::Clean);
            model.connected = false;
            if (model.isThere(now))
                model.thereUntil = now + seconds{3};
            break;
        case 1:
            m_f.ledger.close(model.lease, CloseKind::Lost);
            model.connected = false;
            if (model.isThere(now))
                model.thereUntil = now + seconds{10};
            break;
        case 2:
            m_f.ledger.end(model.lease);
            model.connected = false;
            model.thereUntil = now;
            break;
        default:
            m_f.ledger.beat(model.lease);
            model.thereUntil = now + seconds{60};
        }
    }

    QString compare(int step)
    {
        const SteadyTime now = m_f.clock.now();
        const auto there = std::ranges::count_if(
            m_devices, [&](const ModelDevice &model) { return model.isThere(now); });
        const Presence shown = m_f.ledger.view(Ada);
        if (shown.isOnline() != (there > 0) || shown.deviceCount != there) {
            return QStringLiteral("step %1: %2 devices are there, shown %3")
                .arg(step)
                .arg(there)
                .arg(shown.deviceCount);
        }
        for (const PresenceChange &change : m_f.told()) {
            if (change.version.serial <= m_serial)
                return QStringLiteral("step %1: a serial did not grow").arg(step);
            m_serial = change.version.serial;
            m_toldCount = change.after.deviceCount;
        }
        if (m_toldCount != shown.deviceCount)
            return QStringLiteral("step %1: told otherwise than shown").arg(step);
        return {};
    }

    std::mt19937 m_dice;
    LedgerFixture m_f;
    std::vector<ModelDevice> m_devices;
    qint64 m_serial = 0;
    int m_toldCount = 0;
};

} // namespace

class tst_DeviceSequences : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    //! Reliability scenario R26: devices that close in any order.
    void offlineOnlyAfterTheLastDeviceInAThousandLives()
    {
        for (quint32 seed = 1; seed <= 1000; ++seed) {
            const QString wrong = RandomLife{seed}.live();
            QVERIFY2(
                wrong.isEmpty(), qPrintable(QStringLiteral("seed %1, %2").arg(seed).arg(wrong)));
        }
    }

    void deadlinesComeInOrder()
    {
        std::mt19937 dice(20260207);
        DeadlineHeap<int> heap;
        std::map<quint32, int> truth;
        for (int step = 0; step < 20000; ++step) {
            const quint32 item = dice() % 64;
            const int at = int(dice() % 1000);
            if (dice() % 3 != 0) {
                const auto known = truth.find(item);
                truth[item] = known == truth.end() ? at : std::min(known->second, at);
                heap.schedule(item, at);
            } else if (dice() % 2 == 0) {
                truth.erase(item);
                heap.remove(item);
            } else if (!heap.isEmpty()) {
                QCOMPARE(heap.first().at, truth[heap.first().item]);
                truth.erase(heap.first().item);
                heap.removeFirst();
            }
            QCOMPARE(heap.isEmpty(), truth.empty());
            if (!truth.empty()) {
                const int earliest = std::ranges::min_element(truth, {}, [](const auto &entry) {
                    return entry.second;
                })->second;
                QCOMPARE(heap.first().at, earliest);
            }
        }
    }

    void visibilityEqualsTheNaiveAnswer()
    {
        std::mt19937 dice(20260208);
        constexpr int People = 12;
        VisibilityGraph graph;
        std::map<int, std::set<int>> rooms;
        std::set<std::pair<int, int>> contacts;
        for (int step = 0; step < 2000; ++step) {
            const int one = int(dice() % People);
            const int other = int(dice() % People);
            const int room = int(dice() % 6);
            const ConversationId id{QString::number(room)};
            switch (dice() % 12) {
            case 0:
                graph.removeConversation(id);
                rooms.erase(room);
                break;
            case 1:
                graph.removePerson(PersonKey{one});
                for (auto &[key, members] : rooms)
                    members.erase(one);
                std::erase_if(contacts,
                    [&](const auto &pair) { return pair.first == one || pair.second == one; });
                break;
            case 2:
            case 3:
            case 4:
                graph.removeMember(id, PersonKey{one});
                rooms[room].erase(one);
                break;
            case 5:
                if (one != other) {
                    graph.addContact(PersonKey{one}, PersonKey{other});
                    contacts.insert(std::minmax(one, other));
                }
                break;
            case 6:
                graph.removeContact(PersonKey{one}, PersonKey{other});
                contacts.erase(std::minmax(one, other));
                break;
            default:
                graph.addMember(id, PersonKey{one});
                rooms[room].insert(one);
            }
            const auto sees = [&](int viewer, int subject) {
                return viewer == subject || contacts.contains(std::minmax(viewer, subject))
                    || std::ranges::any_of(rooms, [&](const auto &entry) {
                           return entry.second.contains(viewer) && entry.second.contains(subject);
                       });
            };
            std::set<int> expected;
            for (int viewer = 0; viewer < People; ++viewer) {
                QCOMPARE(graph.canSee(PersonKey{viewer}, PersonKey{one}), sees(viewer, one));
                if (viewer != one && sees(viewer, one))
                    expected.insert(viewer);
            }
            const auto viewers = graph.viewersOf(PersonKey{one});
            std::set<int> got;
            for (const PersonKey viewer : viewers)
                got.insert(int(viewer));
            QCOMPARE(viewers.size(), got.size());
            QCOMPARE(got, expected);
        }
    }
};

QTEST_GUILESS_MAIN(tst_DeviceSequences)
#include "tst_devicesequences.moc"
