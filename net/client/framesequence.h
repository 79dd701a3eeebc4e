// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/wire/mtchat/frames.h"

#include <QList>

#include <optional>

namespace presently::net {

//! \brief The order of the server's frames: finds what is missing, and joins a resumed session to
//! the one before. Pure but for its memory.
//!
//! While a resume is undecided nothing is delivered. A server that takes it sends the missed frames
//! with the old session's numbers and then `resumed`; one that refuses says `resync`, and the new
//! session counts.
class FrameSequence
{
public:
    struct Outcome {
        QList<mtchat::ServerFrame> frames; //!< to be handled, in order
        bool hasGap = false; //!< something was lost on the way
        bool isDecided = false; //!< with this frame the resume was taken or refused
    };

    //! The first frame of a connection. Gives the request to send at once, if there is something
    //! to resume; otherwise everything has to be fetched anew.
    [[nodiscard]] std::optional<mtchat::ResumeRequest> welcome(
        const mtchat::ConnectedFrame &connected, SteadyTime now);
    [[nodiscard]] Outcome accept(const mtchat::ServerMessage &message);
    //! The link is gone; from now the resume window runs.
    void lost(SteadyTime now);
    //! The answer to a resume does not come: as if it had been refused.
    [[nodiscard]] Outcome giveUp();
    void forget(); //!< another sign-in: nothing to resume

    [[nodiscard]] bool isResuming() const { return m_pending.has_value(); }
    //! Whether the last decision was that the server sent what was missed.
    [[nodiscard]] bool wasResumed() const { return m_wasResumed; }

private:
    void adopt(const mtchat::SessionTerms &terms);
    [[nodiscard]] Outcome take(const mtchat::ServerMessage &message);
    [[nodiscard]] Outcome resumed(std::optional<qint64> seq);
    [[nodiscard]] Outcome refused();

    std::optional<mtchat::SessionTerms> m_terms; //!< of the session that counts
    std::optional<mtchat::SessionTerms> m_pending; //!< of the new one, until it is decided
    QList<mtchat::ServerMessage> m_held;
    std::optional<SteadyTime> m_lostAt;
    qint64 m_lastSeq = 0;
    bool m_wasResumed = false;
};

} // namespace presently::net
