// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/socketio/conformancecases.h"

#include <QJsonArray>

namespace presently::test {

using namespace Qt::StringLiterals;

namespace {

using Bench = SocketIoBench;

const QByteArray separator(1, '\x1e');

QJsonObject handshakeOf(const QByteArray &open)
{
    return QJsonDocument::fromJson(open.mid(1)).object();
}

void compareHandshake(const QByteArray &open, const QJsonArray &upgrades)
{
    QVERIFY(open.startsWith("0{"));
    const QJsonObject handshake = handshakeOf(open);
    QCOMPARE(handshake.value("sid"_L1).toString().size(), 20);
    QCOMPARE(handshake.value("upgrades"_L1).toArray(), upgrades);
    QCOMPARE(handshake.value("pingInterval"_L1).toInt(), 300);
    QCOMPARE(handshake.value("pingTimeout"_L1).toInt(), 200);
    QCOMPARE(handshake.value("maxPayload"_L1).toInt(), 1'000'000);
}

void comparePollingRefusal(
    Bench &bench, const QByteArray &method, const QByteArray &target, const QByteArray &body)
{
    RawRequest request(bench.port, method, target);
    QCOMPARE(request.status(), 400);
    QCOMPARE(request.body(), body);
    QCOMPARE(request.header("Content-Type"), "application/json"_ba);
}

void compareUpgradeRefusal(Bench &bench, const QByteArray &target, const QByteArray &text)
{
    RawWebSocket socket(bench.port, target);
    QCOMPARE(socket.status(), 400);
    QCOMPARE(socket.refusal(), text);
}

constexpr auto unknownTransport = R"({"code":0,"message":"Transport unknown"})";
constexpr auto unknownSession = R"({"code":1,"message":"Session ID unknown"})";
constexpr auto badMethod = R"({"code":2,"message":"Bad handshake method"})";
constexpr auto badRequest = R"({"code":3,"message":"Bad request"})";
constexpr auto badVersion = R"({"code":5,"message":"Unsupported protocol version"})";

void opensOverPolling(Bench &bench)
{
    RawRequest request(bench.port, "GET", Bench::pollingPath());
    QCOMPARE(request.status(), 200);
    QCOMPARE(request.header("Content-Type"), "text/plain; charset=UTF-8"_ba);
    compareHandshake(request.body(), {u"websocket"_s});
}

void pollingNeedsTheVersion(Bench &bench)
{
    comparePollingRefusal(bench, "GET", "/socket.io/?transport=polling", badVersion);
    comparePollingRefusal(bench, "GET", "/socket.io/?EIO=abc&transport=polling", badVersion);
    comparePollingRefusal(bench, "GET", "/socket.io/?EIO=3&transport=polling", badVersion);
}

void pollingNeedsTheTransport(Bench &bench)
{
    comparePollingRefusal(bench, "GET", "/socket.io/?EIO=4", unknownTransport);
    comparePollingRefusal(bench, "GET", "/socket.io/?EIO=4&transport=abc", unknownTransport);
    comparePollingRefusal(bench, "GET", "/socket.io/?EIO=4&transport=websocket", badRequest);
}

void pollingIsOpenedByGet(Bench &bench)
{
    for (const char *method : {"POST", "PUT", "DELETE"})
        comparePollingRefusal(bench, method, Bench::pollingPath(), badMethod);
}

void opensOverWebSocket(Bench &bench)
{
    RawWebSocket socket(bench.port, Bench::webSocketPath() + "&t=x&unknown=1");
    compareHandshake(socket.text(), {});
}

void webSocketNeedsTheVersion(Bench &bench)
{
    const QByteArray text = "Unsupported protocol version";
    compareUpgradeRefusal(bench, "/socket.io/?transport=websocket", text);
    compareUpgradeRefusal(bench, "/socket.io/?EIO=abc&transport=websocket", text);
}

void webSocketNeedsTheTransport(Bench &bench)
{
    compareUpgradeRefusal(bench, "/socket.io/?EIO=4", "Transport unknown");
    compareUpgradeRefusal(bench, "/socket.io/?EIO=4&transport=abc", "Transport unknown");
    compareUpgradeRefusal(bench, "/socket.io/?EIO=4&transport=polling", "Bad request");
    compareUpgradeRefusal(bench, Bench::webSocketPath("nobody"), "Session ID unknown");
}

//! A session in the main namespace; what came of it has been fetched.
QByteArray enterByPolling(Bench &bench)
{
    const QByteArray sid = bench.openPolling();
    [&] { QCOMPARE(bench.post(sid, "40"), 200); }();
    [&] { QVERIFY(bench.fetch(sid).startsWith("40{\"sid\":")); }();
    return sid;
}

std::unique_ptr<RawWebSocket> enterByWebSocket(Bench &bench)
{
    auto socket = std::make_unique<RawWebSocket>(bench.port, Bench::webSocketPath());
    [&] { QVERIFY(socket->text().startsWith("0{")); }();
    socket->say("40");
    [&] { QVERIFY(socket->text().startsWith("40{")); }();
    [&] { QCOMPARE(socket->text(), "42[\"auth\",{}]"_ba); }();
    return socket;
}

void pollingCarriesAPacket(Bench &bench)
{
    const QByteArray sid = enterByPolling(bench);
    RawRequest post(bench.port, "POST", Bench::pollingPath(sid), "42[\"message\",\"hello\"]");
    QCOMPARE(post.status(), 200);
    QCOMPARE(post.body(), "ok"_ba);
    RawRequest get(bench.port, "GET", Bench::pollingPath(sid));
    QCOMPARE(get.status(), 200);
    QCOMPARE(get.body(), "42[\"message-back\",\"hello\"]"_ba);
}

void pollingCarriesSeveralPackets(Bench &bench)
{
    const QByteArray sid = enterByPolling(bench);
    QByteArrayList sent;
    QByteArrayList expected;
    for (int i = 1; i <= 3; ++i) {
        sent.append("42[\"message\"," + QByteArray::number(i) + "]");
        expected.append("42[\"message-back\"," + QByteArray::number(i) + "]");
    }
    QCOMPARE(bench.post(sid, sent.join(separator)), 200);
    QCOMPARE(bench.fetch(sid), expected.join(separator));
}

void pollingCarriesBytes(Bench &bench)
{
    const QByteArray sid = enterByPolling(bench);
    const QByteArray placeholder = "{\"_placeholder\":true,\"num\":0}";
    QCOMPARE(bench.post(sid,
                 "42[\"message\",1]" + separator + "451-[\"message\"," + placeholder + "]"
                     + separator + "bAQIDBA=="),
        200);
    const QByteArray back = bench.fetch(sid);
    QVERIFY(back.startsWith("42[\"message-back\",1]" + separator + "451-[\"message-back\","));
    QVERIFY(back.endsWith(separator + "bAQIDBA=="));
}

void pollingEndsWithWhatIsNoPacket(Bench &bench)
{
    for (const char *body : {"abc", "", "4x\x1e", "b*"}) {
        const QByteArray sid = bench.openPolling();
        QCOMPARE(bench.post(sid, body), 400);
        comparePollingRefusal(bench, "GET", Bench::pollingPath(sid), unknownSession);
    }
}

void pollingEndsWithASecondGet(Bench &bench)
{
    const QByteArray sid = bench.openPolling();
    RawRequest one(bench.port, "GET", Bench::pollingPath(sid));
    RawRequest other(bench.port, "GET", Bench::pollingPath(sid));
    QCOMPARE(one.status() + other.status(), 200 + 400);
    QCOMPARE((one.status() == 200 ? one : other).body(), "1"_ba);
    comparePollingRefusal(bench, "GET", Bench::pollingPath(sid), unknownSession);
}

void webSocketCarriesText(Bench &bench)
{
    const auto socket = enterByWebSocket(bench);
    socket->say("42[\"message\",\"hello\"]");
    QCOMPARE(socket->text(), "42[\"message-back\",\"hello\"]"_ba);
}

void webSocketCarriesBytes(Bench &bench)
{
    const auto socket = enterByWebSocket(bench);
    socket->say("451-[\"message\",{\"_placeholder\":true,\"num\":0}]");
    socket->sayBinary("\1\2\3\4");
    QCOMPARE(socket->text(), "451-[\"message-back\",{\"_placeholder\":true,\"num\":0}]"_ba);
    QCOMPARE(socket->binary(), "\1\2\3\4"_ba);
}

void webSocketEndsWithWhatIsNoPacket(Bench &bench)
{
    for (const char *text : {"abc", "", "7", "2", "0"}) {
        RawWebSocket socket(bench.port, Bench::webSocketPath());
        QVERIFY(socket.text().startsWith("0{"));
        socket.say(text);
        QVERIFY(socket.waitForClose());
        QCOMPARE(socket.closeCode(), quint16(1005));
    }
}

void pollingIsPinged(Bench &bench)
{
    const QByteArray sid = enterByPolling(bench);
    for (int i = 0; i < 3; ++i) {
        bench.pass(Milliseconds{300});
        QCOMPARE(bench.fetch(sid), "2"_ba);
        bench.pass(Milliseconds{199});
        QCOMPARE(bench.post(sid, "3"), 200);
    }
}

void pollingEndsWithoutAPong(Bench &bench)
{
    const QByteArray sid = bench.openPolling();
    bench.pass(Milliseconds{300});
    QCOMPARE(bench.fetch(sid), "2"_ba);
    bench.pass(Milliseconds{200});
    comparePollingRefusal(bench, "GET", Bench::pollingPath(sid), unknownSession);
}

void webSocketIsPinged(Bench &bench)
{
    RawWebSocket socket(bench.port, Bench::webSocketPath());
    QVERIFY(socket.text().startsWith("0{"));
    for (int i = 0; i < 3; ++i) {
        bench.pass(Milliseconds{300});
        QCOMPARE(socket.text(), "2"_ba);
        socket.say("3");
        // It has been heard when what comes after it is answered.
        socket.say("40/nowhere,");
        QVERIFY(socket.text().startsWith("44/nowhere,"));
    }
}

void webSocketEndsWithoutAPong(Bench &bench)
{
    RawWebSocket socket(bench.port, Bench::webSocketPath());
    QVERIFY(socket.text().startsWith("0{"));
    bench.pass(Milliseconds{300});
    QCOMPARE(socket.text(), "2"_ba);
    bench.pass(Milliseconds{200});
    QVERIFY(socket.waitForClose());
}

void pollingIsClosedByThePeer(Bench &bench)
{
    const QByteArray sid = bench.openPolling();
    RawRequest get(bench.port, "GET", Bench::pollingPath(sid));
    QCOMPARE(bench.post(sid, "1"), 200);
    if (get.status() == 200)
        QCOMPARE(get.body(), "6"_ba);
    else // it came after the close
        QCOMPARE(get.body(), QByteArray(unknownSession));
    comparePollingRefusal(bench, "GET", Bench::pollingPath(sid), unknownSession);
}

void webSocketIsClosedByThePeer(Bench &bench)
{
    RawWebSocket socket(bench.port, Bench::webSocketPath());
    QVERIFY(socket.text().startsWith("0{"));
    socket.say("1");
    QVERIFY(socket.waitForClose());
}

//! A WebSocket that has taken over the session \a sid.
std::unique_ptr<RawWebSocket> upgraded(Bench &bench, const QByteArray &sid)
{
    auto socket = std::make_unique<RawWebSocket>(bench.port, Bench::webSocketPath(sid));
    socket->say("2probe");
    [&] { QCOMPARE(socket->text(), "3probe"_ba); }();
    socket->say("5");
    return socket;
}

void changesToAWebSocket(Bench &bench)
{
    const QByteArray sid = enterByPolling(bench);
    const auto socket = upgraded(bench, sid);
    socket->say("42[\"message\",\"hello\"]");
    QCOMPARE(socket->text(), "42[\"message-back\",\"hello\"]"_ba);
}

void endsGetsForTheChange(Bench &bench)
{
    const QByteArray sid = enterByPolling(bench);
    RawRequest held(bench.port, "GET", Bench::pollingPath(sid));
    RawWebSocket socket(bench.port, Bench::webSocketPath(sid));
    socket.say("2probe");
    QCOMPARE(socket.text(), "3probe"_ba);
    QCOMPARE(held.body(), "6"_ba);
    // Those that come now do not wait either, until the last word.
    for (int i = 0; i < 3; ++i)
        QCOMPARE(bench.fetch(sid), "6"_ba);
    socket.say("5");
    socket.say("42[\"message\",1]");
    QCOMPARE(socket.text(), "42[\"message-back\",1]"_ba);
    comparePollingRefusal(bench, "GET", Bench::pollingPath(sid), badRequest);
    comparePollingRefusal(bench, "POST", Bench::pollingPath(sid), badRequest);
}

void refusesASecondChange(Bench &bench)
{
    const QByteArray sid = enterByPolling(bench);
    const auto socket = upgraded(bench, sid);
    socket->say("42[\"message\",1]");
    QCOMPARE(socket->text(), "42[\"message-back\",1]"_ba);
    compareUpgradeRefusal(bench, Bench::webSocketPath(sid), "Bad request");
    socket->say("42[\"message\",2]");
    QCOMPARE(socket->text(), "42[\"message-back\",2]"_ba);
}

} // namespace

QList<ConformanceCase> engineIoCases()
{
    return {
        {"opens over polling", opensOverPolling},
        {"polling needs the version", pollingNeedsTheVersion},
        {"polling needs the transport", pollingNeedsTheTransport},
        {"polling is opened by GET", pollingIsOpenedByGet},
        {"opens over WebSocket", opensOverWebSocket},
        {"WebSocket needs the version", webSocketNeedsTheVersion},
        {"WebSocket needs the transport", webSocketNeedsTheTransport},
        {"polling carries a packet", pollingCarriesAPacket},
        {"polling carries several packets", pollingCarriesSeveralPackets},
        {"polling carries bytes", pollingCarriesBytes},
        {"polling ends with what is no packet", pollingEndsWithWhatIsNoPacket},
        {"polling ends with a second GET", pollingEndsWithASecondGet},
        {"WebSocket carries text", webSocketCarriesText},
        {"WebSocket carries bytes", webSocketCarriesBytes},
        {"WebSocket ends with what is no packet", webSocketEndsWithWhatIsNoPacket},
        {"polling is pinged", pollingIsPinged},
        {"polling ends without a pong", pollingEndsWithoutAPong},
        {"WebSocket is pinged", webSocketIsPinged},
        {"WebSocket ends without a pong", webSocketEndsWithoutAPong},
        {"polling is closed by the peer", pollingIsClosedByThePeer},
        {"WebSocket is closed by the peer", webSocketIsClosedByThePeer},
        {"changes to a WebSocket", changesToAWebSocket},
        {"ends GETs for the change", endsGetsForTheChange},
        {"refuses a second change", refusesASecondChange},
    };
}

} // namespace presently::test
