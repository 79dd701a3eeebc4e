// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/socketio/conformancecases.h"

namespace presently::test {

using namespace Qt::StringLiterals;

namespace {

using Bench = SocketIoBench;
using SocketPointer = std::unique_ptr<RawWebSocket>;

//! A session over a WebSocket that is in no namespace yet.
SocketPointer opened(Bench &bench)
{
    auto socket = std::make_unique<RawWebSocket>(bench.port, Bench::webSocketPath());
    [&] { QVERIFY(socket->text().startsWith("0{")); }();
    return socket;
}

//! It enters with \a connect; what it is told stands under \a prefix.
void enter(RawWebSocket &socket, const QByteArray &connect, const QByteArray &space,
    const QByteArray &auth = "{}")
{
    socket.say(connect);
    const QByteArray answer = socket.text();
    QVERIFY(answer.startsWith("40" + space + "{\"sid\":\""));
    QCOMPARE(Bench::sidOf(answer.mid(1 + space.size())).size(), 20);
    QCOMPARE(socket.text(), "42" + space + "[\"auth\"," + auth + "]");
}

SocketPointer entered(Bench &bench)
{
    auto socket = opened(bench);
    enter(*socket, "40", {});
    return socket;
}

void entersTheMainNamespace(Bench &bench)
{
    enter(*opened(bench), "40", {});
}

void entersWithCredentials(Bench &bench)
{
    enter(*opened(bench), "40{\"token\":\"123\"}", {}, "{\"token\":\"123\"}");
}

void entersAnotherNamespace(Bench &bench)
{
    enter(*opened(bench), "40/custom,", "/custom,");
}

void entersAnotherWithCredentials(Bench &bench)
{
    enter(*opened(bench), "40/custom,{\"token\":\"abc\"}", "/custom,", "{\"token\":\"abc\"}");
}

void refusesAnUnknownNamespace(Bench &bench)
{
    const auto socket = opened(bench);
    socket->say("40/random");
    QCOMPARE(socket->text(), "44/random,{\"message\":\"Invalid namespace\"}"_ba);
    enter(*socket, "40", {});
}

void closesOnBadCredentials(Bench &bench)
{
    for (const char *text : {"40[]", "40null", "40\"x\"", "40{\"token\"", "4abc"}) {
        const auto socket = opened(bench);
        socket->say(text);
        QVERIFY(socket->waitForClose());
    }
}

void closesWhoEntersNothing(Bench &bench)
{
    const auto socket = opened(bench);
    for (int i = 0; i < 3; ++i) {
        bench.pass(Milliseconds{300});
        QCOMPARE(socket->text(), "2"_ba);
        socket->say("3");
        socket->say("40/nowhere,");
        QVERIFY(socket->text().startsWith("44/nowhere,"));
    }
    bench.pass(Milliseconds{100});
    QVERIFY(socket->waitForClose());
}

void leavesTheMainNamespace(Bench &bench)
{
    const auto socket = opened(bench);
    enter(*socket, "40", {});
    enter(*socket, "40/custom,", "/custom,");
    socket->say("41");
    socket->say("42[\"message\",\"nobody hears this\"]");
    socket->say("42/custom,[\"message\",\"still here\"]");
    QCOMPARE(socket->text(), "42/custom,[\"message-back\",\"still here\"]"_ba);
}

void leavesAnotherNamespace(Bench &bench)
{
    const auto socket = opened(bench);
    enter(*socket, "40", {});
    enter(*socket, "40/custom,", "/custom,");
    socket->say("41/custom,");
    socket->say("42[\"message\",\"still here\"]");
    QCOMPARE(socket->text(), "42[\"message-back\",\"still here\"]"_ba);
    // And it may come back.
    enter(*socket, "40/custom,", "/custom,");
}

void carriesEvents(Bench &bench)
{
    const auto socket = entered(bench);
    socket->say("42[\"message\",1,\"2\",{\"3\":[true]}]");
    QCOMPARE(socket->text(), "42[\"message-back\",1,\"2\",{\"3\":[true]}]"_ba);
}

void answersEvents(Bench &bench)
{
    const auto socket = entered(bench);
    socket->say("42456[\"message-with-ack\",1,\"2\",{\"3\":[false]}]");
    QCOMPARE(socket->text(), "43456[1,\"2\",{\"3\":[false]}]"_ba);
    // Numbers are counted in each namespace by itself.
    enter(*socket, "40/custom,", "/custom,");
    socket->say("42/custom,456[\"message-with-ack\"]");
    QCOMPARE(socket->text(), "43/custom,456[]"_ba);
}

void carriesBytes(Bench &bench)
{
    const auto socket = entered(bench);
    socket->say("452-[\"message\",{\"_placeholder\":true,\"num\":0},"
                "{\"_placeholder\":true,\"num\":1}]");
    socket->sayBinary("\1\2\3");
    socket->sayBinary("\4\5\6");
    QCOMPARE(socket->text(),
        "452-[\"message-back\",{\"_placeholder\":true,\"num\":0},"
        "{\"_placeholder\":true,\"num\":1}]"_ba);
    QCOMPARE(socket->binary(), "\1\2\3"_ba);
    QCOMPARE(socket->binary(), "\4\5\6"_ba);
}

void answersBytes(Bench &bench)
{
    const auto socket = entered(bench);
    socket->say("451-789[\"message-with-ack\",{\"_placeholder\":true,\"num\":0}]");
    socket->sayBinary("\1\2\3");
    QCOMPARE(socket->text(), "461-789[{\"_placeholder\":true,\"num\":0}]"_ba);
    QCOMPARE(socket->binary(), "\1\2\3"_ba);
}

void closesOnAnUnknownType(Bench &bench)
{
    const auto socket = entered(bench);
    socket->say("4abc");
    QVERIFY(socket->waitForClose());
}

void closesOnABadPayload(Bench &bench)
{
    for (const char *text : {"42{}", "42[]", "42", "42[\"disconnect\"]", "44{}", "451-[\"x\"",
             "42/nowhere,[\"x\"]", "40"}) {
        const auto socket = entered(bench);
        socket->say(text);
        QVERIFY2(socket->waitForClose(), text);
    }
}

void closesOnABadNumber(Bench &bench)
{
    for (const char *text : {"42abc[\"message-with-ack\",1]", "42-1[\"message-with-ack\",1]",
             "421.5[\"message-with-ack\",1]", "421234567890123456[\"message-with-ack\",1]"}) {
        const auto socket = entered(bench);
        socket->say(text);
        QVERIFY2(socket->waitForClose(), text);
    }
}

} // namespace

QList<ConformanceCase> socketIoCases()
{
    return {
        {"enters the main namespace", entersTheMainNamespace},
        {"enters with credentials", entersWithCredentials},
        {"enters another namespace", entersAnotherNamespace},
        {"enters another with credentials", entersAnotherWithCredentials},
        {"refuses an unknown namespace", refusesAnUnknownNamespace},
        {"closes on bad credentials", closesOnBadCredentials},
        {"closes who enters nothing", closesWhoEntersNothing},
        {"leaves the main namespace", leavesTheMainNamespace},
        {"leaves another namespace", leavesAnotherNamespace},
        {"carries events", carriesEvents},
        {"answers events", answersEvents},
        {"carries bytes", carriesBytes},
        {"answers bytes", answersBytes},
        {"closes on an unknown type", closesOnAnUnknownType},
        {"closes on a bad payload", closesOnABadPayload},
        {"closes on a bad number", closesOnABadNumber},
    };
}

} // namespace presently::test
