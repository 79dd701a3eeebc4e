// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/devices/connectauth.h"

#include "models/text/cleantext.h"
#include "net/wire/devices/words.h"
#include "net/wire/json/fieldreader.h"

namespace presently::net::devices {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto TokenKey = "token"_L1;
constexpr auto DeviceKey = "deviceId"_L1;
constexpr auto TypeKey = "deviceType"_L1;
constexpr auto PlatformKey = "platform"_L1;
constexpr auto VocabularyKey = "presence"_L1;
constexpr auto CodeKey = "code"_L1;
constexpr auto UnauthorizedCode = "UNAUTHORIZED"_L1;
constexpr auto WordA = "A"_L1;
constexpr auto WordB = "B"_L1;

std::optional<Vocabulary> vocabulary(FieldReader &read)
{
    const std::optional<QString> word = read.optionalText(VocabularyKey);
    if (!word)
        return std::nullopt;
    if (*word != WordA && *word != WordB)
        read.refuse(VocabularyKey, u"neither A nor B"_s);
    return *word == WordA ? Vocabulary::A : Vocabulary::B;
}

} // namespace

QJsonObject toJson(const ConnectAuth &auth)
{
    QJsonObject object{{TokenKey, auth.token}, {TypeKey, toWire(auth.type)}};
    if (auth.device)
        object.insert(DeviceKey, auth.device->value);
    if (!auth.platform.isEmpty())
        object.insert(PlatformKey, auth.platform);
    if (auth.vocabulary)
        object.insert(VocabularyKey, QString(*auth.vocabulary == Vocabulary::A ? WordA : WordB));
    return object;
}

Expected<ConnectAuth, Error> connectAuthFromJson(const QJsonObject &object)
{
    FieldReader read(object);
    ConnectAuth auth;
    auth.token = read.text(TokenKey);
    if (auth.token.isEmpty() || auth.token.size() > ConnectAuth::MaxTokenLength)
        read.refuse(TokenKey, u"not a token"_s);
    // Clients that know no device send an empty one.
    if (!read.textOr(DeviceKey).isEmpty())
        auth.device = read.id<DeviceId>(DeviceKey);
    auth.type = deviceTypeFromWire(read.textOr(TypeKey));
    auth.platform = cleanName(read.textOr(PlatformKey), MaxDetailLength);
    auth.vocabulary = vocabulary(read);
    return read.finish(auth);
}

QString invalidTokenMessage()
{
    return u"Invalid token"_s;
}

QJsonObject invalidTokenData()
{
    return {{CodeKey, QString(UnauthorizedCode)}};
}

bool saysUnauthorized(const QJsonValue &data)
{
    return data.toObject().value(CodeKey).toString() == UnauthorizedCode;
}

} // namespace presently::net::devices
