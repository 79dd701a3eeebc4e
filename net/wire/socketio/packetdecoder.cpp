// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/json/boundedjson.h"
#include "net/wire/socketio/packet.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace presently::net::socketio {

using namespace Qt::StringLiterals;

namespace {

constexpr auto PlaceholderKey = "_placeholder"_L1;
constexpr auto NumberKey = "num"_L1;
constexpr auto MessageKey = "message"_L1;
constexpr auto DataKey = "data"_L1;

constexpr qsizetype MaxCountDigits = 6; //!< of attachments; what it says is checked afterwards

Unexpected<Error> bad(const QString &field, const QString &detail)
{
    return Unexpected{Error{ErrorCode::InvalidField, field, detail, {}}};
}

Unexpected<Error> tooLarge(const QString &field)
{
    return Unexpected{Error{ErrorCode::TooLarge, field, {}, {}}};
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

//! Whether each placeholder below \a value stands for one of \a attachments.
bool placeholdersFit(const QJsonValue &value, int attachments)
{
    const auto fits
        = [attachments](const QJsonValue &inner) { return placeholdersFit(inner, attachments); };
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        return std::all_of(array.begin(), array.end(), fits);
    }
    if (!value.isObject())
        return true;
    const QJsonObject object = value.toObject();
    if (object.value(PlaceholderKey).toBool()) {
        const double number = object.value(NumberKey).toDouble(-1);
        return number >= 0 && number < attachments && number == std::floor(number);
    }
    return std::all_of(object.begin(), object.end(), fits);
}

//! The name of an event: text, or a whole number, of which the digits are the name.
std::optional<QString> eventName(const QJsonValue &value)
{
    if (value.isString() && !isReservedEvent(value.toString()))
        return value.toString();
    const double number = value.toDouble(-1);
    constexpr double largest = 9'007'199'254'740'991.0;
    if (number >= 0 && number <= largest && number == std::floor(number))
        return QString::number(qint64(number));
    return std::nullopt;
}

//! \brief Takes one packet apart from its front.
class Reader
{
public:
    Reader(QByteArrayView text, const PacketLimits &limits)
        : m_rest(text)
        , m_limits(limits)
    {
    }

    Expected<Packet, Error> read()
    {
        if (m_rest.isEmpty() || m_rest.front() < '0' || m_rest.front() > '6')
            return bad(u"type"_s, {});
        const char type = m_rest.front();
        m_rest = m_rest.sliced(1);
        if (type == '5' || type == '6') {
            if (const auto counted = readAttachments(); !counted)
                return Unexpected{counted.error()};
        }
        if (const auto named = readSpace(); !named)
            return Unexpected{named.error()};
        switch (type) {
        case '0':
            return readConnect();
        case '1':
            return readDisconnect();
        case '3':
        case '6':
            return readAck();
        case '4':
            return readConnectError();
        default:
            return readEvent();
        }
    }

private:
    QByteArrayView takeDigits()
    {
        const auto end = std::find_if_not(m_rest.begin(), m_rest.end(), isDigit);
        const QByteArrayView digits = m_rest.first(end - m_rest.begin());
        m_rest = m_rest.sliced(digits.size());
        return digits;
    }

    Expected<void, Error> readAttachments()
    {
        const QByteArrayView digits = takeDigits();
        if (digits.isEmpty() || !m_rest.startsWith('-'))
            return bad(u"attachments"_s, {});
        m_rest = m_rest.sliced(1);
        if (digits.size() > MaxCountDigits || digits.toInt() > m_limits.maxAttachments)
            return tooLarge(u"attachments"_s);
        m_attachments = digits.toInt();
        return {};
    }

    Expected<void, Error> readSpace()
    {
        m_space = mainSpace();
        if (!m_rest.startsWith('/'))
            return {};
        const qsizetype comma = m_rest.indexOf(',');
        const QByteArrayView name = comma < 0 ? m_rest : m_rest.first(comma);
        m_rest = m_rest.sliced(comma < 0 ? name.size() : comma + 1);
        if (name.size() > m_limits.maxSpaceBytes)
            return tooLarge(u"namespace"_s);
        const bool isControl
            = std::any_of(name.begin(), name.end(), [](char c) { return quint8(c) < 0x20; });
        if (isControl || !name.isValidUtf8())
            return bad(u"namespace"_s, {});
        m_space = QString::fromUtf8(name);
        return {};
    }

    Expected<std::optional<quint64>, Error> readAckId()
    {
        const QByteArrayView digits = takeDigits();
        if (digits.size() > m_limits.maxAckDigits)
            return tooLarge(u"ack"_s);
        if (digits.isEmpty())
            return std::optional<quint64>();
        return std::optional(digits.toULongLong());
    }

    Expected<QJsonDocument, Error> readPayload() const
    {
        auto document = parseDocument(m_rest, {m_limits.maxBytes, m_limits.maxDepth});
        if (document)
            return document;
        Error error = document.error();
        if (error.code == ErrorCode::Malformed)
            error.field = u"payload"_s;
        return Unexpected{error};
    }

    Expected<QJsonArray, Error> readArray() const
    {
        const auto document = readPayload();
        if (!document)
            return Unexpected{document.error()};
        if (!document->isArray())
            return bad(u"payload"_s, u"not an array"_s);
        const QJsonArray array = document->array();
        if (m_attachments > 0 && !placeholdersFit(array, m_attachments))
            return bad(u"attachments"_s, u"a placeholder for what is not there"_s);
        return array;
    }

    Expected<QJsonObject, Error> readObject() const
    {
        const auto document = readPayload();
        if (!document)
            return Unexpected{document.error()};
        if (!document->isObject())
            return bad(u"payload"_s, u"not an object"_s);
        return document->object();
    }

    Expected<Packet, Error> readConnect() const
    {
        if (m_rest.isEmpty())
            return Packet{ConnectPacket{m_space, std::nullopt}};
        const auto data = readObject();
        if (!data)
            return Unexpected{data.error()};
        return Packet{ConnectPacket{m_space, *data}};
    }

    Expected<Packet, Error> readDisconnect() const
    {
        if (!m_rest.isEmpty())
            return bad(u"payload"_s, u"data where none belongs"_s);
        return Packet{DisconnectPacket{m_space}};
    }

    Expected<Packet, Error> readEvent()
    {
        const auto ackId = readAckId();
        if (!ackId)
            return Unexpected{ackId.error()};
        auto payload = readArray();
        if (!payload)
            return Unexpected{payload.error()};
        const auto name = eventName(payload->first());
        if (!name)
            return bad(u"payload"_s, u"no event that may be sent"_s);
        payload->removeFirst();
        return Packet{EventPacket{m_space, *ackId, *name, *payload, m_attachments}};
    }

    Expected<Packet, Error> readAck()
    {
        const auto ackId = readAckId();
        if (!ackId)
            return Unexpected{ackId.error()};
        if (!ackId->has_value())
            return bad(u"ack"_s, u"an answer to nothing"_s);
        const auto arguments = readArray();
        if (!arguments)
            return Unexpected{arguments.error()};
        return Packet{AckPacket{m_space, **ackId, *arguments, m_attachments}};
    }

    Expected<Packet, Error> readConnectError() const
    {
        const auto object = readObject();
        if (!object)
            return Unexpected{object.error()};
        if (!object->value(MessageKey).isString())
            return bad(u"payload"_s, u"no message"_s);
        ConnectErrorPacket packet{m_space, object->value(MessageKey).toString(), std::nullopt};
        if (object->contains(DataKey))
            packet.data = object->value(DataKey);
        return Packet{packet};
    }

    QByteArrayView m_rest;
    const PacketLimits &m_limits;
    QString m_space;
    int m_attachments = 0;
};

} // namespace

QString mainSpace()
{
    return u"/"_s;
}

bool isReservedEvent(QStringView name)
{
    constexpr std::array Reserved{"connect"_L1, "connect_error"_L1, "disconnect"_L1,
        "disconnecting"_L1, "newListener"_L1, "removeListener"_L1};
    return std::find(Reserved.begin(), Reserved.end(), name) != Reserved.end();
}

Expected<Packet, Error> decodePacket(QByteArrayView text, const PacketLimits &limits)
{
    if (text.size() > limits.maxBytes)
        return tooLarge(u"size"_s);
    return Reader(text, limits).read();
}

} // namespace presently::net::socketio
