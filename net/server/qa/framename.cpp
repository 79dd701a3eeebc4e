// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/qa/framename.h"

#include "net/wire/json/boundedjson.h"

#include <QJsonArray>
#include <QRegularExpression>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr JsonLimits Limits{2LL * 1024 * 1024, 64};

QString orUnknown(const QString &name)
{
    return name.isEmpty() ? u"?"_s : name;
}

//! "42/chat,7["event",…]": the part after the type, and where it belongs.
struct EventPart {
    QByteArrayView nameSpace;
    QByteArrayView json;
};

EventPart split(QByteArrayView rest)
{
    EventPart part{"/", rest};
    if (rest.startsWith('/')) {
        const qsizetype comma = rest.indexOf(',');
        part.nameSpace = comma < 0 ? rest : rest.first(comma);
        part.json = comma < 0 ? QByteArrayView() : rest.sliced(comma + 1);
    }
    while (!part.json.isEmpty() && part.json.front() >= '0' && part.json.front() <= '9')
        part.json = part.json.sliced(1); // the id of an acknowledgement
    return part;
}

//! A packet inside an Engine.IO message.
FrameName socketIoName(QByteArrayView packet)
{
    if (packet.isEmpty())
        return {u"?"_s, {}};
    const EventPart part = split(packet.sliced(1));
    const QString dialect = part.nameSpace == "/chat" ? u"devices"_s : u"friends"_s;
    switch (packet.front()) {
    case '0':
        return {u"sio.connect"_s, dialect};
    case '1':
        return {u"sio.disconnect"_s, dialect};
    case '3':
        return {u"sio.ack"_s, dialect};
    case '4':
        return {u"sio.connect_error"_s, dialect};
    case '2':
        break;
    default:
        return {u"?"_s, dialect};
    }
    const auto event = parseDocument(part.json, Limits);
    return {orUnknown(event ? event->array().first().toString() : QString()), dialect};
}

FrameName engineName(QByteArrayView text)
{
    switch (text.front()) {
    case '0':
        return {u"eio.open"_s, {}};
    case '1':
        return {u"eio.close"_s, {}};
    case '2':
        return {u"eio.ping"_s, {}};
    case '3':
        return {u"eio.pong"_s, {}};
    case '4':
        return socketIoName(text.sliced(1));
    case '5':
        return {u"eio.upgrade"_s, {}};
    case '6':
        return {u"eio.noop"_s, {}};
    default:
        return {u"?"_s, {}};
    }
}

FrameName textName(QByteArrayView text)
{
    if (text.isEmpty())
        return {u"?"_s, {}};
    if (text.front() != '{')
        return engineName(text);
    const auto object = parseObject(text, Limits);
    return {orUnknown(object ? object->value("type"_L1).toString() : QString()), u"mtchat"_s};
}

} // namespace

FrameName frameNameOf(Opcode opcode, QByteArrayView payload)
{
    switch (opcode) {
    case Opcode::Text:
        return textName(payload);
    case Opcode::Binary:
        return {u"ws.binary"_s, {}};
    case Opcode::Close:
        return {u"ws.close"_s, {}};
    case Opcode::Ping:
        return {u"ws.ping"_s, {}};
    case Opcode::Pong:
        return {u"ws.pong"_s, {}};
    default:
        return {u"?"_s, {}};
    }
}

QString withoutSecrets(QByteArrayView payload)
{
    static const QRegularExpression token(u"eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*"_s);
    static const QRegularExpression field(
        u"(\"(?:[a-z_]*token|access|refresh|password)\"\\s*:\\s*)\"(?:[^\"\\\\]|\\\\.)*\""_s,
        QRegularExpression::CaseInsensitiveOption);
    QString text = QString::fromUtf8(payload);
    text.replace(field, u"\\1\"***\""_s);
    text.replace(token, u"***"_s);
    return text;
}

} // namespace presently::net
