// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/core/clock.h"
#include "net/server/serverconfig.h"
#include "net/server/serveroptions.h"

#include <QTest>

using namespace presently;
using namespace presently::net;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

class tst_ServerOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void defaultsAreValid();
    void refusesWhatCannotWork_data();
    void refusesWhatCannotWork();
    void readsWhatItWrites();
    void leavesAloneWhatIsNotNamed();
    void namesFileKeyAndReason_data();
    void namesFileKeyAndReason();
};

void tst_ServerOptions::defaultsAreValid()
{
    const auto valid = ServerOptions{}.validate();
    QVERIFY2(valid, valid ? "" : qPrintable(valid.error().field));
    QVERIFY(ServerOptions{}.isLoopback());
}

void tst_ServerOptions::refusesWhatCannotWork_data()
{
    QTest::addColumn<ServerOptions>("options");
    QTest::addColumn<QString>("key");
    const auto row = [](const char *name, const QString &key, auto change) {
        ServerOptions options;
        change(options);
        QTest::newRow(name) << options << key;
    };
    row("lease under two heartbeats", u"presence.lease_ms"_s,
        [](ServerOptions &options) { options.presence.lease = 59'999ms; });
    row("ping and pong longer than the lease", u"presence.ping_after_ms"_s,
        [](ServerOptions &options) { options.presence.pingAfter = 50'001ms; });
    row("negative grace", u"presence.grace_lost_ms"_s,
        [](ServerOptions &options) { options.presence.graceLost = -1ms; });
    row("no devices", u"limits.devices_per_user"_s,
        [](ServerOptions &options) { options.limits.devicesPerUser = 0; });
    row("empty bucket", u"limits.login.burst"_s,
        [](ServerOptions &options) { options.limits.login.burst = 0; });
    row("bucket that never fills", u"limits.login.every_ms"_s,
        [](ServerOptions &options) { options.limits.login.every = 0ms; });
    row("a name for a host", u"listener.host"_s,
        [](ServerOptions &options) { options.listener.host = u"localhost"_s; });
    row("certificate without key", u"listener.tls_key"_s,
        [](ServerOptions &options) { options.listener.tlsCertificate = u"c.pem"_s; });
    row("trusted ids for everybody", u"auth.trust_user_id"_s, [](ServerOptions &options) {
        options.listener.host = u"0.0.0.0"_s;
        options.auth.adminTokenFile = u"token"_s;
        options.auth.trustUserId = true;
    });
    row("seed passwords for everybody", u"storage.seed_file"_s, [](ServerOptions &options) {
        options.listener.host = u"0.0.0.0"_s;
        options.auth.adminTokenFile = u"token"_s;
        options.storage.builtInSeed = true;
    });
    row("management for everybody", u"auth.admin_token_file"_s,
        [](ServerOptions &options) { options.listener.host = u"0.0.0.0"_s; });
    row("personas of nobody", u"storage.personas"_s,
        [](ServerOptions &options) { options.storage.personas = true; });
}

void tst_ServerOptions::refusesWhatCannotWork()
{
    QFETCH(ServerOptions, options);
    QFETCH(QString, key);
    const auto valid = options.validate();
    QVERIFY(!valid);
    QCOMPARE(valid.error().field, key);
    QVERIFY(!valid.error().detail.isEmpty());
}

void tst_ServerOptions::readsWhatItWrites()
{
    ServerOptions options;
    options.listener.port = 1234;
    options.listener.allowedOrigins = {u"https://chat.example"_s};
    options.listener.maxUploadBytes = 1LL << 31;
    options.auth.trustUserId = true;
    options.presence.graceClean = 1500ms;
    options.limits.login = {7, 250ms};
    const QByteArray written = writeServerConfig(options);
    const auto read = readServerConfig(written, u"x.json"_s);
    QVERIFY2(read, read ? "" : qPrintable(read.error().detail));
    QCOMPARE(writeServerConfig(*read), written);
    QCOMPARE(read->listener.port, quint16(1234));
    QCOMPARE(read->listener.maxUploadBytes, qint64(1) << 31);
    QVERIFY(read->limits.login == (RateLimit{7, 250ms}));
}

void tst_ServerOptions::leavesAloneWhatIsNotNamed()
{
    ServerOptions base;
    base.listener.port = 99;
    const auto read = readServerConfig(
        R"({"presence": {"heartbeat_ms": 5000}, "limits": {"login": {"burst": 2}}})", u"x"_s, base);
    QVERIFY(read);
    QCOMPARE(read->listener.port, quint16(99));
    QCOMPARE(read->presence.heartbeat, Milliseconds{5000});
    QVERIFY(read->limits.login == (RateLimit{2, base.limits.login.every}));
}

void tst_ServerOptions::namesFileKeyAndReason_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("start");
    QTest::newRow("not JSON") << QByteArray("{") << u"my.json: at byte"_s;
    QTest::newRow("a list") << QByteArray("[]") << u"my.json: is not a JSON object"_s;
    QTest::newRow("unknown group")
        << QByteArray(R"({"network": {}})") << u"my.json: network: is not a group"_s;
    QTest::newRow("unknown key") << QByteArray(R"({"listener": {"prot": 1}})")
                                 << u"my.json: listener.prot: is not an option"_s;
    QTest::newRow("group is a number")
        << QByteArray(R"({"listener": 7})") << u"my.json: listener: is not an object"_s;
    QTest::newRow("text for a number") << QByteArray(R"({"listener": {"port": "8080"}})")
                                       << u"my.json: listener.port: is not a whole number"_s;
    QTest::newRow("half a millisecond") << QByteArray(R"({"presence": {"lease_ms": 0.5}})")
                                        << u"my.json: presence.lease_ms: is not a whole number"_s;
    QTest::newRow("out of range") << QByteArray(R"({"listener": {"port": 70000}})")
                                  << u"my.json: listener.port: 70000 is outside 0 to 65535"_s;
    QTest::newRow("number for a switch") << QByteArray(R"({"auth": {"trust_user_id": 1}})")
                                         << u"my.json: auth.trust_user_id: is neither"_s;
    QTest::newRow("list of numbers") << QByteArray(R"({"listener": {"allowed_hosts": [1]}})")
                                     << u"my.json: listener.allowed_hosts: is not a list"_s;
    QTest::newRow("unknown member of a rate")
        << QByteArray(R"({"limits": {"login": {"brust": 3}}})")
        << u"my.json: limits.login.brust: is not an option"_s;
}

void tst_ServerOptions::namesFileKeyAndReason()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, start);
    const auto read = readServerConfig(json, u"my.json"_s);
    QVERIFY(!read);
    QVERIFY2(read.error().detail.startsWith(start), qPrintable(read.error().detail));
}

QTEST_GUILESS_MAIN(tst_ServerOptions)
#include "tst_serveroptions.moc"
