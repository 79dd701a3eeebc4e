// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/hub.h"
#include "net/server/presenceservice.h"
#include "net/wire/mtchat/frames.h"
#include "tests/integration/reliability/scenario.h"
#include "tests/integration/server/peer.h"
#include "tests/unit/wire/mtchat/hostiledocuments.h"
#include "tests/unit/wire/mtchat/sampleframes.h"

#include <QCryptographicHash>
#include <QTest>

#include <ctime>

using namespace presently;
using namespace presently::net;
using namespace presently::test;

namespace {

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

//! What is neither a request of the contract nor one that may be ignored.
bool isRefused(const QByteArray &text)
{
    return !mtchat::decodeClientFrame(text).has_value();
}

} // namespace

//! Reliability scenario R24: hostile JSON against a server that runs. Each piece is answered with an
//! error, changes nothing, and costs nobody else anything.
class tst_HostileJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void spoiltFramesOfEveryTypeAreAnsweredAndChangeNothing_data();
    void spoiltFramesOfEveryTypeAreAnsweredAndChangeNothing();
    void hostileDocumentsAreAnsweredAndChangeNothing();
    void framesThatOnlyServersSendChangeNothing();
    void hostileBodiesAreRefusedByEveryRoute_data();
    void hostileBodiesAreRefusedByEveryRoute();
    void aRefusalOf64KiBTakesMilliseconds();

private:
    [[nodiscard]] QByteArray state();
    //! Sends \a texts and checks that each that must be refused is, and that nothing has changed.
    void sayAll(const QByteArrayList &texts);

    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<Peer> m_ana;
    std::unique_ptr<Peer> m_bao;
};

void tst_HostileJson::init()
{
    m_ana.reset();
    m_bao.reset();
    m_server = std::make_unique<TestServer>();
    m_server->options.limits.frames = {1'000'000, Milliseconds{1}};
    m_server->options.limits.presenceQuery = {1'000'000, Milliseconds{1}};
    m_server->options.limits.heartbeat = {1'000'000, Milliseconds{1}};
    QVERIFY2(m_server->start(), qPrintable(m_server->errorText()));
    m_ana = std::make_unique<Peer>();
    m_bao = std::make_unique<Peer>();
    QVERIFY(m_ana->open(*m_server, u"ana"_s));
    QVERIFY(m_bao->open(*m_server, u"bao"_s));
    QVERIFY(m_ana->settle());
    QVERIFY(m_bao->settle());
}

QByteArray tst_HostileJson::state()
{
    Rest rest(*m_server);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const PersonKey viewer = m_server->key(u"bao"_s);
    for (const QString &login : std::as_const(m_server->logins)) {
        const PresenceRecord record = m_server->server().presence().recordFor(
            viewer, m_server->key(login), m_server->id(login));
        const Presence &presence = record.presence;
        hash.addData(QStringLiteral("%1 %2 %3 %4 %5\n")
                         .arg(int(presence.status))
                         .arg(presence.customMessage)
                         .arg(presence.deviceCount)
                         .arg(record.version.serial)
                         .arg(presence.until.has_value())
                         .toUtf8());
    }
    const QString token = m_server->token(u"ana"_s);
    for (const char *path : {"/api/v1/dialogs", "/api/v1/sessions", "/api/v1/roster"}) {
        const RestReply reply = rest.get(QString::fromLatin1(path), token);
        // When it was last used changes with each look.
        QByteArray body = reply.body;
        static const QRegularExpression seen(u"\"(last_\\w+|at|server_time)\":(\"[^\"]*\"|null)"_s);
        hash.addData(QString::fromUtf8(body).remove(seen).toUtf8());
        hash.addData(QByteArray::number(reply.status));
    }
    return hash.result();
}

void tst_HostileJson::sayAll(const QByteArrayList &texts)
{
    const QByteArray before = state();
    const qsizetype heardBefore = m_bao->frames.size();
    qsizetype refused = 0;
    for (const QByteArray &text : texts) {
        refused += isRefused(text) ? 1 : 0;
        m_ana->socket->sendTextMessage(QString::fromUtf8(text));
    }
    QVERIFY(m_ana->settle());
    QCOMPARE(m_ana->countType(u"error"_s), refused);
    QVERIFY(refused > 0);
    QVERIFY(m_bao->settle());
    QCOMPARE(m_bao->countPresence(m_server->id(u"ana"_s), heardBefore), 0);
    QCOMPARE(state(), before);
    QCOMPARE(m_server->server().hub().linkCount(), 2);
}

void tst_HostileJson::spoiltFramesOfEveryTypeAreAnsweredAndChangeNothing_data()
{
    QTest::addColumn<QByteArray>("good");
    for (const auto &[name, frame] : clientSamples())
        QTest::newRow(qPrintable(name)) << mtchat::encode(frame);
}

void tst_HostileJson::spoiltFramesOfEveryTypeAreAnsweredAndChangeNothing()
{
    QFETCH(const QByteArray, good);
    const QJsonObject frame = QJsonDocument::fromJson(good).object();
    QByteArrayList texts;
    const QStringList keys = frame.keys();
    for (const QString &key : keys) {
        for (const QJsonValue &wrong : wrongValues()) {
            QJsonObject spoilt = frame;
            spoilt.insert(key, wrong);
            // What is still a good request may do what it says; it is not this test's business.
            if (isRefused(compact(spoilt)))
                texts.append(compact(spoilt));
        }
    }
    for (qsizetype cut = 0; cut < good.size(); ++cut)
        texts.append(good.first(cut));
    sayAll(texts);
}

void tst_HostileJson::hostileDocumentsAreAnsweredAndChangeNothing()
{
    QByteArrayList texts;
    for (const auto &[name, text] : hostileDocuments()) {
        // What is not UTF-8, or too large, never gets past the framing: R12 and R19.
        const bool passesTheFraming
            = text.size() <= 65'536 && QString::fromUtf8(text).toUtf8() == text;
        if (passesTheFraming && isRefused(text))
            texts.append(text);
    }
    QVERIFY(texts.size() >= 15);
    sayAll(texts);
}

void tst_HostileJson::framesThatOnlyServersSendChangeNothing()
{
    const QByteArray before = state();
    int sent = 0;
    for (const auto &[name, frame] : serverSamples()) {
        const QByteArray text = mtchat::encode(frame);
        const auto request = mtchat::decodeClientFrame(text);
        // "typing" and "goodbye" go both ways and do what they say.
        if (request && !std::holds_alternative<mtchat::UnknownRequest>(*request))
            continue;
        m_ana->socket->sendTextMessage(QString::fromUtf8(text));
        ++sent;
    }
    QVERIFY(sent >= 15);
    QVERIFY(m_ana->settle());
    QVERIFY(m_bao->settle());
    QCOMPARE(state(), before);
}

void tst_HostileJson::hostileBodiesAreRefusedByEveryRoute_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    const auto row = [](const char *method, const QString &path) {
        QTest::newRow(qPrintable(QLatin1StringView(method) + u' ' + path))
            << QByteArray(method) << path;
    };
    row("POST", u"/api/v1/sessions"_s);
    row("POST", u"/api/v1/sessions/refresh"_s);
    row("POST", u"/api/v1/dialogs"_s);
    row("POST", u"/api/v1/dialogs/TEAM/messages"_s);
    row("PUT", u"/api/v1/presence/me"_s);
}

void tst_HostileJson::hostileBodiesAreRefusedByEveryRoute()
{
    QFETCH(const QByteArray, method);
    QFETCH(QString, path);
    path.replace(u"TEAM"_s, m_server->team().value);
    const QByteArray before = state();
    Rest rest(*m_server);
    const QString token = m_server->token(u"ana"_s);
    for (const auto &[name, body] : hostileDocuments()) {
        // What is over the limit for bodies is refused before any route sees it: once is enough.
        if (body.size() > 256 * 1024 && path != u"/api/v1/dialogs"_s)
            continue;
        const RestReply reply = rest.send(m_server->request(path, token), method, body);
        if (method == "PUT" && reply.status == 200)
            continue; // every field may be left out, others are ignored: it asks for nothing
        QVERIFY2(reply.status >= 400 && reply.status < 500,
            qPrintable(QStringLiteral("%1: %2").arg(QLatin1StringView(name)).arg(reply.status)));
        // The contract's words for a body that is none are plain text.
        QVERIFY2(!reply.body.startsWith(':') && !reply.body.isEmpty(), reply.body.constData());
    }
    QCOMPARE(state(), before);
    QVERIFY(m_bao->settle());
}

void tst_HostileJson::aRefusalOf64KiBTakesMilliseconds()
{
    QByteArrayList texts;
    QByteArray keys = "{\"type\":\"ping\"";
    for (int i = 0; keys.size() < 65'000; ++i)
        keys += ",\"k" + QByteArray::number(i) + "\":1";
    texts << keys + '}' << QByteArray(65'536, '[') << '"' + QByteArray(65'000, 'x')
          << "{\"type\":\"" + QByteArray("\\u0000").repeated(10'000) + "\"}"
          << "{\"type\":\"presence.watch\",\"user_ids\":[" + QByteArray("\"a\",").repeated(16'000)
            + "1]}";
    Figure figure(u"R24 64 KiB of JSON"_s, 5);
    for (int run = 0; run < shortOrFull(10, 200); ++run) {
        for (const QByteArray &text : std::as_const(texts)) {
            // Of this process: a busy machine is not the decoder's fault.
            const std::clock_t before = std::clock();
            (void)mtchat::decodeClientFrame(text);
            figure.add(qint64(std::clock() - before) * 1000 / CLOCKS_PER_SEC);
        }
    }
    QVERIFY(figure.report());
}

QTEST_GUILESS_MAIN(tst_HostileJson)
#include "tst_hostilejson.moc"
