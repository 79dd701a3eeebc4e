// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/support/dialectprobesocketio.h"

namespace presently::test {

//! \brief A client of `friends`: cookies, the namespace `/`, and the map of who is there.
class FriendsProbe final : public SocketIoProbe
{
public:
    FriendsProbe(TestServer &server, const QString &login, const QString &device);

    bool signIn() override;
    bool connect() override;
    bool beat() override;
    bool sayOff() override;
    std::optional<Sighting> ask(const QString &login) override;
    QByteArrayList readEverything(const QString &login) override;

    //! The whole map, as the bytes that came.
    [[nodiscard]] HttpAnswer map() const;

private:
    void take(const QString &event, const QJsonObject &argument) override;
    [[nodiscard]] HttpFields cookie() const;
};

} // namespace presently::test
