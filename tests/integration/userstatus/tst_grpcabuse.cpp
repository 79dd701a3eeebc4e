// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/userstatus/rawhttp2.h"
#include "tests/integration/userstatus/statuspeer.h"

#include <QFile>

#include <algorithm>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 mebibyte = 1024LL * 1024;
constexpr quint8 windowUpdate = 8;

//! Resident bytes of this process; the server and its abuser share it.
qint64 residentBytes()
{
    QFile status(u"/proc/self/statm"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    return status.readAll().split(' ').value(1).toLongLong() * 4096;
}

} // namespace

//! Reliability scenario R14: abuse of HTTP/2 and gRPC. Each time the service stays, its memory stays
//! within bounds, and an honest client is answered during and after it.
class tst_GrpcAbuse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        server = std::make_unique<StatusServer>();
        server->options.limits.frames = {1'000'000, 1ms};
        server->options.listener.headerDeadline = 500ms;
    }
    void cleanup()
    {
        honest.reset();
        server.reset();
    }

    void aPingStormIsEnded();
    void rapidResetsCostLittle();
    void aMessageOfFiveMegabytesIsRefused();
    void aMessageThatOnlyClaimsToBeLargeIsRefused();
    void packedMessagesAreRefused();
    void largeAndOddHeadersAreBorne_data();
    void largeAndOddHeadersAreBorne();
    void strangeFramesAreBorne_data();
    void strangeFramesAreBorne();
    void wrongPrefacesAreClosed_data();
    void wrongPrefacesAreClosed();
    void theSilentAreClosed();
    void connectionsHaveACap();

private:
    void start()
    {
        QVERIFY2(server->start(), qPrintable(server->errorText()));
        honest = std::make_unique<StatusPeer>(*server, u"ana"_s);
        QVERIFY(honest->get(honest->ownId()).status.ok());
        before = residentBytes();
    }
    [[nodiscard]] QByteArray token() const { return server->token(u"bao"_s).toLatin1(); }
    //! How long an honest call takes; a failure counts as forever.
    [[nodiscard]] qint64 honestCall()
    {
        QElapsedTimer elapsed;
        elapsed.start();
        const bool isAnswered = honest->get(honest->ownId()).status.ok();
        return isAnswered ? elapsed.elapsed() : std::numeric_limits<qint64>::max();
    }
    //! Whether the server has taken in all that \a attacker said: it answers a ping, or has closed.
    [[nodiscard]] static bool isThrough(RawHttp2 &attacker)
    {
        attacker.say(RawHttp2::frame(RawHttp2::Ping, 0, 0, "87654321"));
        return serveUntil(
            [&attacker] { return !attacker.isOpen() || attacker.heard(RawHttp2::Ping); });
    }
    void verifyService(const char *what)
    {
        QList<qint64> times;
        for (int call = 0; call < 20; ++call)
            times.append(honestCall());
        std::sort(times.begin(), times.end());
        QVERIFY2(times.last() < 2'000, "an honest call was not answered in time");
        const qint64 grown = (residentBytes() - before) / mebibyte;
        QVERIFY2(grown <= 50, qPrintable(QString::number(grown)));
        qInfo("R14 %s: honest call median %lld ms, worst %lld ms (at most 2000), %lld MiB more "
              "(at most 50)",
            what, times.at(times.size() / 2), times.last(), grown);
    }

    std::unique_ptr<StatusServer> server;
    std::unique_ptr<StatusPeer> honest;
    qint64 before = 0;
};

void tst_GrpcAbuse::aPingStormIsEnded()
{
    start();
    RawHttp2 storm(server->server().grpcPort());
    storm.greet();
    QVERIFY(serveUntil([&storm] { return storm.heard(RawHttp2::Settings); }));
    QByteArray pings;
    for (int i = 0; i < 250; ++i)
        pings += RawHttp2::frame(RawHttp2::Ping, 0, 0, "12345678");
    for (int i = 0; i < 20 && storm.isOpen(); ++i) {
        storm.say(pings);
        QVERIFY(honestCall() < 2'000);
    }
    QVERIFY(serveUntil([&storm] { return !storm.isOpen(); }));
    const QList<RawHttp2::Frame> frames = storm.frames();
    const auto goAway = std::find_if(frames.cbegin(), frames.cend(),
        [](const auto &frame) { return frame.type == RawHttp2::GoAway; });
    QVERIFY(goAway != frames.cend());
    constexpr int enhanceYourCalm = 11;
    QCOMPARE(int(goAway->payload.at(7)), enhanceYourCalm);
    verifyService("ping storm");
}

void tst_GrpcAbuse::rapidResetsCostLittle()
{
    start();
    const QByteArray headers = RawHttp2::callHeaders("SubscribeStatusUpdates", token());
    const QByteArray reset = QByteArray::fromHex("00000008"); // CANCEL
    const QByteArray request = RawHttp2::grpcMessage({});
    for (int connection = 0; connection < 3; ++connection) {
        RawHttp2 attacker(server->server().grpcPort());
        attacker.greet();
        quint32 stream = 1;
        for (int round = 0; round < 20 && attacker.isOpen(); ++round) {
            for (int call = 0; call < 100; ++call, stream += 2) {
                attacker.sayHeaders(stream, headers);
                if (call % 2 == 0) {
                    attacker.say(
                        RawHttp2::frame(RawHttp2::Data, RawHttp2::EndStream, stream, request));
                }
                attacker.say(RawHttp2::frame(RawHttp2::ResetStream, 0, stream, reset));
            }
            QVERIFY(honestCall() < 2'000);
        }
    }
    // None of it is left: the person may open as many streams as ever.
    StatusPeer bao(*server, u"bao"_s);
    QVERIFY(serveUntil([&] { return bao.watch({bao.ownId()})->waitForEvents(1, 500); }));
    verifyService("6,000 rapid resets");
}

void tst_GrpcAbuse::aMessageOfFiveMegabytesIsRefused()
{
    start();
    const auto refused = honest->get(QString(5 * mebibyte, u'x'));
    QCOMPARE(refused.code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
    QCOMPARE(honest->get(QString(60 * 1024, u'x')).code(), grpc::StatusCode::NOT_FOUND);
    verifyService("message of 5 MiB");
}

void tst_GrpcAbuse::aMessageThatOnlyClaimsToBeLargeIsRefused()
{
    start();
    RawHttp2 attacker(server->server().grpcPort());
    attacker.greet();
    for (quint32 stream = 1; stream < 100; stream += 2) {
        attacker.sayHeaders(stream, RawHttp2::callHeaders("GetUserStatus", token()));
        attacker.say(
            RawHttp2::frame(RawHttp2::Data, 0, stream, QByteArray::fromHex("007fffffff00")));
    }
    // Refused from the claim alone, long before so many bytes could have come.
    QVERIFY(serveUntil([&attacker] {
        return attacker.heard(RawHttp2::Headers) || attacker.heard(RawHttp2::ResetStream)
            || !attacker.isOpen();
    }));
    verifyService("claims of 2 GiB");
}

void tst_GrpcAbuse::packedMessagesAreRefused()
{
    start();
    const auto code = whileServing([this] {
        grpc::ClientContext context;
        context.AddMetadata("authorization", "Bearer " + server->token(u"ana"_s).toStdString());
        context.set_compression_algorithm(GRPC_COMPRESS_GZIP);
        context.set_deadline(std::chrono::system_clock::now() + 8s);
        pb::GetUserStatusRequest request;
        request.set_user_id(std::string(60'000, 'x'));
        pb::GetUserStatusResponse response;
        return honest->stub()->GetUserStatus(&context, request, &response).error_code();
    });
    QCOMPARE(code, grpc::StatusCode::UNIMPLEMENTED);
    verifyService("packed message");
}

void tst_GrpcAbuse::largeAndOddHeadersAreBorne_data()
{
    QTest::addColumn<QByteArray>("odd");
    QTest::newRow("nothing odd") << RawHttp2::field("te", "trailers");
    QTest::newRow("te") << RawHttp2::field("te", "x");
    QTest::newRow("te twice") << RawHttp2::field("te", "x") + RawHttp2::field("te", "x");
    QTest::newRow("scheme") << RawHttp2::field(":scheme", "x");
    QTest::newRow("load balancing") << RawHttp2::field("grpclb_client_stats", "x");
    QTest::newRow("timeout") << RawHttp2::field("grpc-timeout", "99999999999999999999H");
    QTest::newRow("encoding") << RawHttp2::field("grpc-encoding", "nonsense");
    QTest::newRow("base64") << RawHttp2::field("x-bin", "!!!");
    QTest::newRow("no name") << RawHttp2::field("", "x");
    QTest::newRow("upper case") << RawHttp2::field("X-Y", "x");
    QTest::newRow("an index of no table") << QByteArray::fromHex("ffffffff0f");
    QTest::newRow("a table of 4 GiB") << QByteArray::fromHex("3fe1ffffff0f");
}

void tst_GrpcAbuse::largeAndOddHeadersAreBorne()
{
    QFETCH(QByteArray, odd);
    start();
    for (const qsizetype more : {0, 9'000, 20'000, 200'000}) {
        for (const bool oddFirst : {true, false}) {
            RawHttp2 attacker(server->server().grpcPort());
            attacker.greet();
            const QByteArray large
                = more > 0 ? RawHttp2::field("x-large", QByteArray(more, 'a')) : QByteArray();
            attacker.sayHeaders(1,
                RawHttp2::callHeaders("GetUserStatus", token())
                    + (oddFirst ? odd + large : large + odd));
            attacker.say(
                RawHttp2::frame(RawHttp2::Data, RawHttp2::EndStream, 1, RawHttp2::grpcMessage({})));
            QVERIFY(isThrough(attacker));
            QVERIFY(honestCall() < 2'000);
        }
    }
}

void tst_GrpcAbuse::strangeFramesAreBorne_data()
{
    QTest::addColumn<QByteArray>("frames");
    const auto row = [](const char *name, quint8 type, quint8 flags, quint32 stream,
                         const char *payload) {
        QTest::newRow(name) << RawHttp2::frame(type, flags, stream, QByteArray::fromHex(payload));
    };
    row("headers of no stream", RawHttp2::Headers, RawHttp2::EndHeaders, 0, "82");
    row("data of no stream", RawHttp2::Data, 0, 0, "0000000000");
    row("data of a stream that is not", RawHttp2::Data, 0, 77, "0000000000");
    row("a reset of a stream that is not", RawHttp2::ResetStream, 0, 77, "00000008");
    row("a reset that is too short", RawHttp2::ResetStream, 0, 1, "00");
    row("settings of an odd length", RawHttp2::Settings, 0, 0, "0003000000");
    row("settings without sense", RawHttp2::Settings, 0, 0, "0004ffffffff");
    row("a ping that is too long", RawHttp2::Ping, 0, 0, "000000000000000000");
    row("a window of nothing", windowUpdate, 0, 0, "00000000");
    row("a window that overflows", windowUpdate, 0, 0, "7fffffff");
    row("a continuation of nothing", RawHttp2::Continuation, RawHttp2::EndHeaders, 1, "82");
    row("a frame of no type", 0xee, 0xff, 0xffffffff, "0102");
    row("a push", 5, RawHttp2::EndHeaders, 1, "0000000282");
    row("priorities in a circle", 2, 0, 1, "0000000110");
}

void tst_GrpcAbuse::strangeFramesAreBorne()
{
    QFETCH(QByteArray, frames);
    start();
    RawHttp2 attacker(server->server().grpcPort());
    attacker.greet();
    attacker.say(frames.repeated(100));
    QVERIFY(isThrough(attacker));
    QVERIFY(honestCall() < 2'000);
}

void tst_GrpcAbuse::wrongPrefacesAreClosed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("HTTP/1.1") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    QTest::newRow("TLS") << QByteArray::fromHex("16030100a0010000") + QByteArray(160, 'x');
    QTest::newRow("a preface that goes wrong")
        << QByteArray("PRI * HTTP/2.0\r\n\r\nSM\r\n\rX") + QByteArray(100, '\0');
    QTest::newRow("a frame that is too large") << QByteArray("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
            + RawHttp2::frame(RawHttp2::Settings, 0, 0, {})
            + QByteArray::fromHex("ffffff000000000001") + QByteArray(30'000, 'x');
    QTest::newRow("zeros") << QByteArray(100'000, '\0');
}

void tst_GrpcAbuse::wrongPrefacesAreClosed()
{
    QFETCH(QByteArray, bytes);
    start();
    RawHttp2 attacker(server->server().grpcPort());
    attacker.say(bytes);
    QVERIFY(serveUntil([&attacker] { return !attacker.isOpen(); }));
    QVERIFY(honestCall() < 2'000);
}

void tst_GrpcAbuse::theSilentAreClosed()
{
    start();
    RawHttp2 silent(server->server().grpcPort());
    RawHttp2 halfway(server->server().grpcPort());
    halfway.say("PRI * HTTP/2.0\r\n");
    QVERIFY(serveUntil([&] { return silent.isConnected() && halfway.isConnected(); }));
    QVERIFY(serveUntil([&] { return !silent.isOpen() && !halfway.isOpen(); }, 10'000));
    verifyService("silence");
}

void tst_GrpcAbuse::connectionsHaveACap()
{
    server->options.listener.maxConnections = 4;
    start(); // which takes one
    std::vector<std::unique_ptr<RawHttp2>> others;
    const auto open = [&] {
        others.push_back(std::make_unique<RawHttp2>(server->server().grpcPort()));
        others.back()->greet();
    };
    const auto isServed = [&] { return others.back()->heard(RawHttp2::Settings); };
    for (int i = 0; i < 3; ++i) {
        open();
        QVERIFY(serveUntil(isServed));
    }
    open();
    QVERIFY(serveUntil([&] { return !others.back()->isOpen(); }));
    QVERIFY(!isServed());
    others.pop_back();
    // However a connection ends, its place is free again.
    others.back()->close();
    others.pop_back();
    const auto canOpen = [&] {
        open();
        (void)serveUntil([&] { return isServed() || !others.back()->isOpen(); });
        if (!isServed())
            others.pop_back();
        return others.size() == 3;
    };
    QVERIFY(serveUntil(canOpen));
    others.back()->say("nonsense that ends the connection from the other side");
    QVERIFY(serveUntil([&] { return !others.back()->isOpen(); }));
    others.pop_back();
    QVERIFY(serveUntil(canOpen));
    QVERIFY(honestCall() < 2'000);
}

QTEST_GUILESS_MAIN(tst_GrpcAbuse)
#include "tst_grpcabuse.moc"
