// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/support/dialectprobe.h"

namespace presently::test {

//! \brief A client of `polling`: nothing stays open, everything is asked for.
class PollingProbe final : public DialectProbe
{
public:
    using DialectProbe::DialectProbe;

    bool signIn() override;
    bool beat() override;
    bool sayOff() override;
    std::optional<Sighting> ask(const QString &login) override;
    QByteArrayList readEverything(const QString &login) override;

private:
    [[nodiscard]] HttpFields fields() const;
};

} // namespace presently::test
