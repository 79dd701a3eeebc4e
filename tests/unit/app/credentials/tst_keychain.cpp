// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/client/keychaincredentialstore.h"
#include "tests/unit/app/credentials/keyringdaemon.h"
#include "tests/unit/app/platform/privatebus.h"

#include <QElapsedTimer>
#include <QTest>
#include <QTimer>

using namespace presently;
using namespace presently::net;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

//! Reliability scenario R38: the real keychain absent, locked and hung. The order matters: a process has one
//! session bus in its life, so it starts without one, then gets a bare one, then a keyring on it.
class tst_Keychain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        qunsetenv("DISPLAY");
        qputenv("XDG_RUNTIME_DIR", m_empty.path().toUtf8());
        m_store = std::make_unique<KeychainCredentialStore>(
            u"Presently test"_s, std::chrono::seconds(1));
    }

    void isAbsentWithoutABus() { QCOMPARE(codeOfRead(), ErrorCode::KeychainAbsent); }

    void isAbsentOnABareBus()
    {
        QVERIFY(m_bus.start());
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.address().toUtf8());
        QCOMPARE(codeOfRead(), ErrorCode::KeychainAbsent);
    }

    void sayingNotFoundIsReservedForAnOpenKeyring()
    {
        QVERIFY(m_keyring.start(m_bus.address()));
        QCOMPARE(codeOfRead(), ErrorCode::KeychainEntryNotFound);
    }

    void keepsASecretUntilItIsRemoved()
    {
        QCOMPARE(write("token"), std::nullopt);
        QCOMPARE(read().value(), QByteArray("token"));
        QCOMPARE(write("rotated"), std::nullopt);
        QCOMPARE(read().value(), QByteArray("rotated"));
        QCOMPARE(remove(), std::nullopt);
        QCOMPARE(codeOfRead(), ErrorCode::KeychainEntryNotFound);
        QCOMPARE(remove(), std::nullopt);
    }

    void answersInOrder()
    {
        QStringList order;
        const auto note = [&order](const QString &what) {
            return [&order, what](const auto &) { order << what; };
        };
        m_store->write(Entry, "1", this, note(u"write"_s));
        m_store->read(Entry, this, note(u"read"_s));
        m_store->remove(Entry, this, note(u"remove"_s));
        QTRY_COMPARE(order, (QStringList{u"write"_s, u"read"_s, u"remove"_s}));
    }

    void givesUpOnAHungServiceInTime()
    {
        QCOMPARE(write("token"), std::nullopt);
        m_keyring.hang();
        QElapsedTimer elapsed;
        elapsed.start();
        int answers = 0;
        int longestPause = 0;
        QElapsedTimer pause;
        pause.start();
        QTimer heartbeat;
        connect(&heartbeat, &QTimer::timeout, this,
            [&] { longestPause = std::max(longestPause, static_cast<int>(pause.restart())); });
        heartbeat.start(5);
        Expected<QByteArray, Error> first = QByteArray();
        Expected<void, Error> second;
        m_store->read(Entry, this, [&](const auto &result) {
            first = result;
            ++answers;
        });
        m_store->write(Entry, "never", this, [&](const auto &result) {
            second = result;
            ++answers;
        });
        QTRY_COMPARE(answers, 2);
        QVERIFY2(elapsed.elapsed() < 1500, qPrintable(QString::number(elapsed.elapsed())));
        QVERIFY2(longestPause < 100, qPrintable(QString::number(longestPause)));
        QCOMPARE(first.error().code, ErrorCode::KeychainTimeout);
        QCOMPARE(second.error().code, ErrorCode::KeychainTimeout);

        m_keyring.resume();
        // What had missed its deadline in the queue is not written later on.
        QTRY_COMPARE(read().value_or(QByteArray()), QByteArray("token"));
        QCOMPARE(answers, 2);
    }

    void tellsALockedKeyringFromAnEmptyOne()
    {
        QVERIFY(KeyringDaemon::lock(m_bus.address()));
        const ErrorCode code = codeOfRead();
        QVERIFY2(code == ErrorCode::KeychainLocked || code == ErrorCode::KeychainTimeout,
            qPrintable(QString::number(static_cast<int>(code))));
    }

private:
    static inline const QString Entry = u"https://chat.example.org ana"_s;

    Expected<QByteArray, Error> read()
    {
        std::optional<Expected<QByteArray, Error>> answer;
        m_store->read(Entry, this, [&](const auto &result) { answer = result; });
        if (!QTest::qWaitFor([&] { return answer.has_value(); }, 10'000))
            return Unexpected{Error{}};
        return *answer;
    }
    ErrorCode codeOfRead()
    {
        const auto result = read();
        return result ? ErrorCode::Internal : result.error().code;
    }
    std::optional<ErrorCode> write(const QByteArray &secret)
    {
        std::optional<Expected<void, Error>> answer;
        m_store->write(Entry, secret, this, [&](const auto &result) { answer = result; });
        return codeOf(answer);
    }
    std::optional<ErrorCode> remove()
    {
        std::optional<Expected<void, Error>> answer;
        m_store->remove(Entry, this, [&](const auto &result) { answer = result; });
        return codeOf(answer);
    }
    static std::optional<ErrorCode> codeOf(const std::optional<Expected<void, Error>> &answer)
    {
        if (!QTest::qWaitFor([&] { return answer.has_value(); }, 10'000))
            return ErrorCode::Internal;
        return *answer ? std::nullopt : std::optional(answer->error().code);
    }
    QTemporaryDir m_empty;
    PrivateBus m_bus;
    KeyringDaemon m_keyring;
    std::unique_ptr<KeychainCredentialStore> m_store;
};

QTEST_GUILESS_MAIN(tst_Keychain)
#include "tst_keychain.moc"
