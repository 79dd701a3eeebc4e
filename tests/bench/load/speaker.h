// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/wire/http/httphead.h"

#include <QByteArray>
#include <QByteArrayView>

#include <functional>
#include <memory>
#include <vector>

namespace presently::bench {

//! What a frame from the server is to somebody who measures.
enum class Heard {
    SignedIn, //!< the client is in
    Pong, //!< a heartbeat was answered
    Presence, //!< one person has changed
    People, //!< the answer to a question about several people
    Refused, //!< the server takes something amiss
    Other,
};

//! \brief A language of the wire, as far as a load speaks it: what a client writes and what the
//! answers are.
//!
//! Ownership: stateless; one serves any number of clients.
class Speaker
{
public:
    virtual ~Speaker() = default;

    //! The request target of the handshake of person \a number.
    [[nodiscard]] virtual QByteArray target(int number) const = 0;
    [[nodiscard]] virtual net::HeaderList headers(int number) const;
    //! A text frame, each.
    [[nodiscard]] virtual QByteArray heartbeat() const = 0;
    enum class Status { Online, Busy };
    [[nodiscard]] virtual QByteArray change(Status status) const = 0;
    [[nodiscard]] virtual QByteArray question(const std::vector<int> &people) const = 0;

    [[nodiscard]] virtual Heard hear(QByteArrayView text) const = 0;
    //! What has to be answered to \a text at once; empty: nothing. \a number is the client.
    [[nodiscard]] virtual QByteArray answer(QByteArrayView text, int number) const;
    using Teller = std::function<void(int person, bool isOnline)>;
    //! Whom a frame heard as Presence or People speaks of.
    virtual void tell(QByteArrayView text, const Teller &teller) const = 0;
};

//! JSON frames with `?user_id=`: ours, and the peer on `ws`. Each id is userId() and \a suffix.
[[nodiscard]] std::unique_ptr<Speaker> makeMtchatSpeaker(const QByteArray &suffix = {});
//! The same with a token for each person on the handshake, whose events are numbered.
[[nodiscard]] std::unique_ptr<Speaker> makeSignedInSpeaker(std::vector<QByteArray> tokens);
//! Socket.IO over WebSocket only, as the peer takes it: the token is the user id.
[[nodiscard]] std::unique_ptr<Speaker> makeSocketIoPeerSpeaker();
//! The same for our dialect `devices`. \a tokens by person.
[[nodiscard]] std::unique_ptr<Speaker> makeDevicesSpeaker(std::vector<QByteArray> tokens);

} // namespace presently::bench
