// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/support/dialectprobesocketio.h"

namespace presently::test {

//! \brief A client of `devices` in `/chat`, in one of the two vocabularies.
class DevicesProbe final : public SocketIoProbe
{
public:
    enum class Words { A, B };

    //! \a space may be "/", where vocabulary A is served too.
    DevicesProbe(TestServer &server, const QString &login, const QString &device, Words words,
        const QString &space = QStringLiteral("/chat"));

    bool signIn() override;
    bool connect() override;
    bool beat() override;
    bool setStatus(IntentStatus status, const QString &text) override;
    std::optional<Sighting> ask(const QString &login) override;
    QByteArrayList readEverything(const QString &login) override;

    //! Asks for people by their ids, known or not.
    [[nodiscard]] std::optional<QJsonObject> askMany(const QStringList &ids);
    [[nodiscard]] std::optional<QJsonObject> askOne(const QString &id);

private:
    void take(const QString &event, const QJsonObject &argument) override;
    [[nodiscard]] QString deviceId() const { return login() + u'-' + device(); }

    const Words m_words;
};

} // namespace presently::test
