// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/bench/load/people.h"
#include "tests/bench/load/speaker.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::Literals::StringLiterals;

namespace presently::bench {

namespace {

//! \brief The frames of net/README.md, "WebSocket".
class MtchatSpeaker : public Speaker
{
public:
    explicit MtchatSpeaker(QByteArray suffix = {})
        : m_suffix(std::move(suffix))
    {
    }
    [[nodiscard]] QByteArray target(int number) const override
    {
        return "/api/v1/ws?user_id=" + userId(number) + m_suffix;
    }
    [[nodiscard]] QByteArray heartbeat() const override { return R"({"type":"ping"})"; }
    [[nodiscard]] QByteArray change(Status status) const override
    {
        return status == Status::Busy ? R"({"type":"presence.set","status":"busy"})"
                                      : R"({"type":"presence.set","status":"auto"})";
    }
    [[nodiscard]] QByteArray question(const std::vector<int> &people) const override
    {
        QByteArray ids;
        for (const int person : people)
            ids += (ids.isEmpty() ? "\"" : ",\"") + userId(person) + m_suffix + '"';
        return R"({"type":"presence.watch","user_ids":[)" + ids + "]}";
    }

    // Only the beginning and the end are looked at: keys may stand in any order.
    [[nodiscard]] Heard hear(QByteArrayView text) const override
    {
        if (text.size() < 40 && text.contains(R"("type":"pong")"))
            return Heard::Pong;
        if (text.contains(R"("type":"presence.update")"))
            return Heard::Presence;
        if (text.contains(R"("type":"presence.snapshot")"))
            return Heard::People;
        if (text.contains(R"("type":"connected")"))
            return Heard::SignedIn;
        return text.contains(R"("type":"error")") ? Heard::Refused : Heard::Other;
    }

    void tell(QByteArrayView text, const Teller &teller) const override
    {
        const QJsonObject frame = QJsonDocument::fromJson(text.toByteArray()).object();
        const auto tellOne = [&](const QJsonObject &row) {
            QByteArray id = row.value("user_id"_L1).toString().toLatin1();
            id.chop(m_suffix.size());
            if (const auto person = numberOf(id))
                teller(*person, row.value("is_online"_L1).toBool());
        };
        const QJsonValue users = frame.value("users"_L1);
        if (!users.isArray())
            return tellOne(frame);
        for (const QJsonValue &row : users.toArray())
            tellOne(row.toObject());
    }

private:
    QByteArray m_suffix;
};

class SignedInSpeaker final : public MtchatSpeaker
{
public:
    explicit SignedInSpeaker(std::vector<QByteArray> tokens)
        : m_tokens(std::move(tokens))
    {
    }
    [[nodiscard]] QByteArray target(int) const override { return "/api/v1/ws"; }
    [[nodiscard]] net::HeaderList headers(int number) const override
    {
        net::HeaderList headers;
        headers.add("Authorization", "Bearer " + m_tokens.at(size_t(number)));
        return headers;
    }

private:
    std::vector<QByteArray> m_tokens;
};

//! \brief Vocabulary of `devices` on the namespace /chat.
class SocketIoSpeaker : public Speaker
{
public:
    [[nodiscard]] QByteArray target(int) const override
    {
        return "/socket.io/?EIO=4&transport=websocket";
    }
    [[nodiscard]] QByteArray heartbeat() const override
    {
        return R"(42/chat,["heartbeat",{"deviceId":"load","timestamp":1770472800000}])";
    }
    [[nodiscard]] QByteArray change(Status status) const override
    {
        return status == Status::Busy ? R"(42/chat,["update_presence",{"status":"busy"}])"
                                      : R"(42/chat,["update_presence",{"status":"online"}])";
    }
    [[nodiscard]] QByteArray question(const std::vector<int> &people) const override
    {
        QByteArray ids;
        for (const int person : people)
            ids += (ids.isEmpty() ? "\"" : ",\"") + id(person) + '"';
        return R"(42/chat,["get_bulk_presence",{"userIds":[)" + ids + "]}]";
    }

    [[nodiscard]] Heard hear(QByteArrayView text) const override
    {
        if (text.startsWith("40/chat"))
            return Heard::SignedIn;
        if (text.startsWith("44/chat") || text.startsWith("41"))
            return Heard::Refused;
        if (!text.startsWith("42/chat,[\""))
            return Heard::Other;
        const QByteArrayView event = text.sliced(10);
        if (event.startsWith("heartbeat_ack"))
            return Heard::Pong;
        if (event.startsWith("bulk_presence_response"))
            return Heard::People;
        const bool isChange = event.startsWith("user_online") || event.startsWith("user_offline")
            || event.startsWith("user_status_changed")
            || event.startsWith("contact_presence_update");
        return isChange ? Heard::Presence : Heard::Other;
    }
    [[nodiscard]] QByteArray answer(QByteArrayView text, int number) const override
    {
        if (text.startsWith("0{"))
            return R"(40/chat,{"token":")" + token(number)
                + R"(","deviceId":"load","presence":"B"})";
        return text == "2" ? "3" : QByteArray();
    }

    void tell(QByteArrayView text, const Teller &teller) const override
    {
        const QJsonArray event = QJsonDocument::fromJson(text.sliced(8).toByteArray()).array();
        const QJsonObject payload = event.at(1).toObject();
        const auto tellOne = [&](const QJsonObject &row) {
            if (const auto person = numberOf(row.value("userId"_L1).toString().toLatin1()))
                teller(*person, row.value("status"_L1).toString() != "offline"_L1);
        };
        const QJsonValue presences = payload.value("presences"_L1);
        if (!presences.isArray())
            return tellOne(payload);
        for (const QJsonValue &row : presences.toArray())
            tellOne(row.toObject());
    }

protected:
    [[nodiscard]] virtual QByteArray id(int number) const { return userId(number); }
    [[nodiscard]] virtual QByteArray token(int number) const { return userId(number); }
};

class DevicesSpeaker final : public SocketIoSpeaker
{
public:
    explicit DevicesSpeaker(std::vector<QByteArray> tokens)
        : m_tokens(std::move(tokens))
    {
    }

private:
    [[nodiscard]] QByteArray id(int number) const override { return objectId(number); }
    [[nodiscard]] QByteArray token(int number) const override
    {
        return m_tokens.at(size_t(number));
    }
    std::vector<QByteArray> m_tokens;
};

} // namespace

net::HeaderList Speaker::headers(int) const
{
    return {};
}

QByteArray Speaker::answer(QByteArrayView, int) const
{
    return {};
}

std::unique_ptr<Speaker> makeMtchatSpeaker(const QByteArray &suffix)
{
    return std::make_unique<MtchatSpeaker>(suffix);
}

std::unique_ptr<Speaker> makeSignedInSpeaker(std::vector<QByteArray> tokens)
{
    return std::make_unique<SignedInSpeaker>(std::move(tokens));
}

std::unique_ptr<Speaker> makeSocketIoPeerSpeaker()
{
    return std::make_unique<SocketIoSpeaker>();
}

std::unique_ptr<Speaker> makeDevicesSpeaker(std::vector<QByteArray> tokens)
{
    return std::make_unique<DevicesSpeaker>(std::move(tokens));
}

} // namespace presently::bench
