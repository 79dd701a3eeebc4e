// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/wire/mtchat/restconversations.h"
#include "net/wire/mtchat/restmessages.h"
#include "net/wire/mtchat/restpeople.h"

#include <QByteArray>
#include <QJsonArray>

//! \file
//! The envelopes of the REST API around the shapes of the three headers above.

namespace presently::net::mtchat {

//! `{"data": …}`, compact and in ASCII.
[[nodiscard]] QByteArray encodeData(const QJsonValue &data);

//! What stands under `data` in a reply: an object, an array, or null.
//! Errors: Malformed, TooLarge, MissingField "data".
[[nodiscard]] Expected<QJsonValue, Error> decodeData(const QByteArray &body);
[[nodiscard]] Expected<QJsonObject, Error> decodeDataObject(const QByteArray &body);
[[nodiscard]] Expected<QJsonArray, Error> decodeDataArray(const QByteArray &body);

//! The participants of a conversation with the epoch of their presence (0 from a published server).
struct ParticipantsReply {
    QList<ParticipantItem> participants;
    qint64 epoch = 0;
    bool complete = true; //!< false while the server holds back "offline" after its start
};
[[nodiscard]] QByteArray encode(const ParticipantsReply &reply);
[[nodiscard]] Expected<ParticipantsReply, Error> decodeParticipantsReply(const QByteArray &body);

//! Reads every element of \a array with \a read; the error's path starts with its place, "[3].id".
template <typename Read>
[[nodiscard]] auto readEach(const QJsonArray &array, Read read)
    -> Expected<QList<typename std::invoke_result_t<Read, QJsonObject>::value_type>, Error>
{
    QList<typename std::invoke_result_t<Read, QJsonObject>::value_type> values;
    values.reserve(array.size());
    for (qsizetype i = 0; i < array.size(); ++i) {
        auto value = read(array[i].toObject());
        if (!value) {
            Error error = value.error();
            error.field = QStringLiteral("[%1].%2").arg(i).arg(error.field);
            return Unexpected{error};
        }
        values.append(*std::move(value));
    }
    return values;
}

} // namespace presently::net::mtchat
