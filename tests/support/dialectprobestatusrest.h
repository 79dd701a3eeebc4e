// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/support/dialectprobe.h"

namespace presently::test {

//! \brief A client of the REST face of `userstatus`.
class StatusRestProbe final : public DialectProbe
{
public:
    using DialectProbe::DialectProbe;

    bool signIn() override { return signInOverMtchat(); }
    bool beat() override;
    bool setStatus(IntentStatus status, const QString &text) override;
    bool sayOff() override;
    std::optional<Sighting> ask(const QString &login) override;
    QByteArrayList readEverything(const QString &login) override;

    //! The last heartbeat was understood and refused.
    [[nodiscard]] bool wasRefused() const { return m_wasRefused; }

private:
    [[nodiscard]] QString path(const QString &login, const QString &rest) const;
    [[nodiscard]] bool set(const QString &word);

    bool m_wasRefused = false;
};

} // namespace presently::test
