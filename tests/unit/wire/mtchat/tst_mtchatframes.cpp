// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "goldenfile.h"
#include "hostiledocuments.h"
#include "sampleframes.h"

#include "net/wire/json/boundedjson.h"
#include "net/wire/mtchat/restpeople.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QTest>

using namespace presently;
using namespace presently::net::mtchat;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

class tst_MtchatFrames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void serversWriteWhatTheGoldenFileSays()
    {
        const QJsonObject golden = goldenFile("server-frames.json");
        const auto samples = serverSamples();
        QCOMPARE(golden.size(), samples.size());
        for (const auto &[name, frame] : samples) {
            const QJsonObject written = QJsonDocument::fromJson(encode(frame)).object();
            QVERIFY2(golden.contains(name), qPrintable(name));
            QCOMPARE(compact(written), compact(golden.value(name).toObject()));
        }
    }

    void clientsReadWhatServersWrite()
    {
        const QJsonObject golden = goldenFile("server-frames.json");
        for (const auto &[name, frame] : serverSamples()) {
            const auto read = decodeServerFrame(compact(golden.value(name).toObject()));
            QVERIFY2(read.has_value(), qPrintable(name));
            QVERIFY2(read->frame == frame, qPrintable(name));
            QVERIFY2(!read->seq, qPrintable(name));
        }
    }

    void clientsWriteWhatTheGoldenFileSaysAndServersReadIt()
    {
        const QJsonObject golden = goldenFile("client-frames.json");
        const auto samples = clientSamples();
        QCOMPARE(golden.size(), samples.size());
        for (const auto &[name, frame] : samples) {
            const QJsonObject expected = golden.value(name).toObject();
            QCOMPARE(compact(QJsonDocument::fromJson(encode(frame)).object()), compact(expected));
            const auto read = decodeClientFrame(compact(expected));
            QVERIFY2(read.has_value(), qPrintable(name));
            QVERIFY2(*read == frame, qPrintable(name));
        }
    }

    void peopleAreWrittenAsTheirObjectsSay()
    {
        PresenceRecord record{UserId{u"a\"\u00e9\u0001"_s}, {}, {42, 7}, {}};
        const std::array reasons{OfflineReason::None, OfflineReason::Inactive};
        PresenceSnapshotFrame snapshot{42, false, {}};
        QJsonArray rows;
        for (int bits = 0; bits < 64; ++bits) {
            record.presence = Presence{bits & 1 ? Status::Away : Status::Offline, bool(bits & 2),
                bits & 4 ? u"caf\u00e9 \U0001F642\n"_s : QString(), {}, {}, bits,
                DeviceTypes::fromInt(bits & 0x1f), reasons[size_t(bits >> 5)]};
            const std::optional<WallTime> time = WallTime{Milliseconds{1770472800000 + bits}};
            record.presence.until = bits & 8 ? time : std::nullopt;
            record.presence.lastSeen = bits & 16 ? time : std::nullopt;
            record.at = bits & 1 ? std::nullopt : time;
            snapshot.users.append(record);
            rows.append(presenceToJson(record, EpochField::LeftOut));

            QJsonObject event = presenceToJson(record, EpochField::Written);
            event.insert("type"_L1, u"presence.update"_s);
            QCOMPARE(encode(PresenceUpdateFrame{record, {}}), net::toAsciiJson(event));
            const Intent intent{
                IntentStatus::Busy, record.presence.customMessage, record.presence.until};
            event.insert("intent"_L1, toJson(intent));
            QCOMPARE(encode(PresenceUpdateFrame{record, intent}), net::toAsciiJson(event));
        }
        QCOMPARE(encode(snapshot),
            net::toAsciiJson(QJsonObject{{u"type"_s, u"presence.snapshot"_s}, {u"epoch"_s, 42},
                {u"complete"_s, false}, {u"users"_s, rows}}));
    }

    void everythingLeavesAsAscii()
    {
        const auto isAscii = [](const QByteArray &text) {
            return std::all_of(
                text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
        };
        for (const auto &[name, frame] : serverSamples())
            QVERIFY2(isAscii(encode(frame)), qPrintable(name));
        for (const auto &[name, frame] : clientSamples())
            QVERIFY2(isAscii(encode(frame)), qPrintable(name));
    }

    void aSharedFrameIsNumberedForEachSession()
    {
        const QByteArray shared = encode(ServerFrame(TypingFrame{TheConversation, Ana, at(Epoch)}));
        const auto first = decodeServerFrame(withSeq(shared, 1));
        const auto second = decodeServerFrame(withSeq(shared, 9007199254740992));
        QVERIFY(first && second);
        QCOMPARE(first->seq, std::optional<qint64>(1));
        QCOMPARE(second->seq, std::optional<qint64>(9007199254740992));
        QVERIFY(first->frame == second->frame);
        QCOMPARE(decodeServerFrame(withSeq(encode(ServerFrame(PongFrame{})), 7))->seq,
            std::optional<qint64>(7));
    }

    void thePublishedServerIsUnderstood_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("online");
        QTest::newRow("flat") << QByteArray(
            R"({"type":"presence.update","user_id":"ana","is_online":true})")
                              << true;
        QTest::newRow("nested") << QByteArray(
            R"({"type":"presence.update","payload":{"user_id":"ana","is_online":false}})")
                                << false;
        QTest::newRow("with a null") << QByteArray(
            R"({"type":"presence.update","user_id":"ana","is_online":true,"status":null})")
                                     << true;
        QTest::newRow("a status of the future") << QByteArray(
            R"({"type":"presence.update","user_id":"ana","is_online":true,"status":"focus"})")
                                                << true;
    }
    void thePublishedServerIsUnderstood()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, online);
        const auto read = decodeServerFrame(text);
        QVERIFY(read.has_value());
        const auto *update = std::get_if<PresenceUpdateFrame>(&read->frame);
        QVERIFY(update);
        QCOMPARE(update->record.user, Ana);
        QCOMPARE(update->record.presence.status, online ? Status::Online : Status::Offline);
        QCOMPARE(update->record.version, PresenceVersion());
    }

    void nestedMessagesOfThePublishedServerAreUnderstood()
    {
        const auto read = decodeServerFrame(
            R"({"type":"message.new","payload":{"id":"m","dialog_id":"d","sender_id":"ana","content":"x","sent_at":"2026-02-07T14:00:00.123456Z","message_type":"user"}})");
        QVERIFY(read.has_value());
        const auto *added = std::get_if<MessageNewFrame>(&read->frame);
        QVERIFY(added);
        QVERIFY(!added->complete);
        QCOMPARE(added->message.sentAt, at(1770472800123));
    }

    void unknownTypesAreNoError()
    {
        const auto fromServer = decodeServerFrame(R"({"type":"call.started","seq":5})");
        QVERIFY(fromServer.has_value());
        QVERIFY(fromServer->frame == ServerFrame(UnknownFrame{u"call.started"_s}));
        QCOMPARE(fromServer->seq, std::optional<qint64>(5));
        const auto fromClient = decodeClientFrame(R"({"type":"wave"})");
        QVERIFY(fromClient.has_value());
        QVERIFY(*fromClient == ClientFrame(UnknownRequest{u"wave"_s}));
        QVERIFY(encode(ServerFrame(UnknownFrame{u"x"_s})).isEmpty());
        QVERIFY(encode(ClientFrame(UnknownRequest{u"x"_s})).isEmpty());
    }

    void failuresNameThePath_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("field");
        const auto row = [](const char *title, const char *text, ErrorCode code,
                             const char *field) {
            QTest::newRow(title) << QByteArray(text) << int(code) << QString::fromLatin1(field);
        };
        row("missing type", R"({})", ErrorCode::MissingField, "type");
        row("missing user", R"({"type":"connected"})", ErrorCode::MissingField, "employee_id");
        row("empty user", R"({"type":"connected","employee_id":""})", ErrorCode::InvalidField,
            "employee_id");
        row("half of the terms", R"({"type":"connected","employee_id":"a","session_id":"s"})",
            ErrorCode::MissingField, "epoch");
        row("nested terms",
            R"({"type":"connected","employee_id":"a","session_id":"s","epoch":1,"seq":0,"server_time":"2026-02-07T14:00:00Z","heartbeat":{"interval_ms":"x"}})",
            ErrorCode::InvalidField, "heartbeat.interval_ms");
        row("a heartbeat without a pause",
            R"({"type":"connected","employee_id":"a","session_id":"s","epoch":1,"seq":0,"server_time":"2026-02-07T14:00:00Z","heartbeat":{"interval_ms":0,"lease_ms":0}})",
            ErrorCode::InvalidField, "heartbeat.interval_ms");
        row("a row of a snapshot",
            R"({"type":"presence.snapshot","epoch":1,"complete":true,"users":[{"user_id":"a","is_online":true},{"user_id":"b"}]})",
            ErrorCode::MissingField, "users[1].is_online");
        row("no row at all",
            R"({"type":"presence.snapshot","epoch":1,"complete":true,"users":[7]})",
            ErrorCode::InvalidField, "users[0]");
        row("a whole message", R"({"type":"message.new","payload":{"message":{"id":"m"}}})",
            ErrorCode::MissingField, "payload.message.dialog_id");
        row("an attachment",
            R"({"type":"message.new","payload":{"message":{"id":"m","dialog_id":"d","content":"","sent_at":"2026-02-07T14:00:00Z","attachments":[{"id":"a","filename":"f","content_type":"t","size":-1}]}}})",
            ErrorCode::InvalidField, "payload.message.attachments[0].size");
        row("a time", R"({"type":"typing","dialog_id":"d","user_id":"u","until":"soon"})",
            ErrorCode::InvalidField, "until");
    }
    void failuresNameThePath()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, code);
        QFETCH(QString, field);
        const auto read = decodeServerFrame(text);
        QVERIFY(!read.has_value());
        QCOMPARE(int(read.error().code), code);
        QCOMPARE(read.error().field, field);
    }

    void everyTruncationIsAnError()
    {
        for (const auto &[name, frame] : serverSamples()) {
            const QByteArray whole = withSeq(encode(frame), 12);
            for (qsizetype length = 0; length < whole.size(); ++length)
                QVERIFY2(!decodeServerFrame(whole.left(length)), qPrintable(name));
        }
        for (const auto &[name, frame] : clientSamples()) {
            const QByteArray whole = encode(frame);
            for (qsizetype length = 0; length < whole.size(); ++length)
                QVERIFY2(!decodeClientFrame(whole.left(length)), qPrintable(name));
        }
    }

    //! A frame with a spoilt field is an error with a path, or is read without that field; it is
    //! never another frame, and what was read can be said again.
    void spoiltFieldsNeverMakeAnotherFrame()
    {
        for (const auto &[name, frame] : serverSamples()) {
            const QJsonObject good = QJsonDocument::fromJson(encode(frame)).object();
            for (const QString &key : good.keys()) {
                for (const QJsonValue &wrong : wrongValues()) {
                    QJsonObject spoilt = good;
                    spoilt.insert(key, wrong);
                    const auto read = decodeServerFrame(compact(spoilt));
                    if (!read) {
                        QVERIFY2(!read.error().field.isEmpty(), qPrintable(name + u' ' + key));
                        continue;
                    }
                    const bool isOther = read->frame.index() != frame.index();
                    QVERIFY2(!isOther || key == "type"_L1, qPrintable(name + u' ' + key));
                    const QByteArray again = encode(read->frame);
                    if (!again.isEmpty())
                        QVERIFY2(decodeServerFrame(again), again.constData());
                }
            }
        }
        for (const auto &[name, frame] : clientSamples()) {
            const QJsonObject good = QJsonDocument::fromJson(encode(frame)).object();
            for (const QString &key : good.keys()) {
                for (const QJsonValue &wrong : wrongValues()) {
                    QJsonObject spoilt = good;
                    spoilt.insert(key, wrong);
                    const auto read = decodeClientFrame(compact(spoilt));
                    const bool isSame = read && read->index() == frame.index();
                    QVERIFY2(!read || isSame || key == "type"_L1, qPrintable(name + u' ' + key));
                }
            }
        }
    }

    void hostileDocumentsAreRefusedAtOnce_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const auto &[name, text] : hostileDocuments())
            QTest::newRow(name) << text;
    }
    void hostileDocumentsAreRefusedAtOnce()
    {
        QFETCH(QByteArray, text);
        QElapsedTimer timer;
        timer.start();
        const auto fromClient = decodeClientFrame(text);
        QVERIFY(!fromClient || std::holds_alternative<UnknownRequest>(*fromClient));
        QVERIFY2(timer.elapsed() < 50, "a refusal must not take the time of a parse");
        const auto fromServer = decodeServerFrame(text);
        QVERIFY(!fromServer || std::holds_alternative<UnknownFrame>(fromServer->frame));
    }

    void watchingIsBounded()
    {
        QJsonArray users;
        for (int i = 0; i <= MaxWatchedUsers; ++i)
            users.append(QString::number(i));
        const QJsonObject watch{{u"type"_s, u"presence.watch"_s}, {u"user_ids"_s, users}};
        QVERIFY(!decodeClientFrame(compact(watch)));
    }

    void namesAndStatusTextsComeOutFitToBeShown()
    {
        const auto read = decodeServerFrame(
            "{\"type\":\"presence.update\",\"user_id\":\"ana\",\"is_online\":true,"
            "\"custom_message\":\"a\\u202e\\u0000\\u001b[31m\\nb\"}");
        QVERIFY(read.has_value());
        const auto &update = std::get<PresenceUpdateFrame>(read->frame);
        QCOMPARE(update.record.presence.customMessage, u"a[31m b"_s);
        const auto asked = decodeClientFrame("{\"type\":\"presence.set\",\"status\":\"busy\","
                                             "\"custom_message\":\" x\\u200b\\u009b \"}");
        QVERIFY(asked.has_value());
        QCOMPARE(std::get<PresenceSetRequest>(*asked).intent.customMessage, u"x"_s);
    }

    void statusTextIsBounded()
    {
        Intent intent;
        intent.customMessage = QString(MaxCustomMessageLength, u'x');
        QVERIFY(decodeClientFrame(encode(ClientFrame(PresenceSetRequest{intent}))));
        intent.customMessage += u'x';
        const auto read = decodeClientFrame(encode(ClientFrame(PresenceSetRequest{intent})));
        QVERIFY(!read);
        QCOMPARE(read.error().field, u"custom_message"_s);
    }
};

QTEST_GUILESS_MAIN(tst_MtchatFrames)
#include "tst_mtchatframes.moc"
