// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/platformsources.h"

namespace presently::app {

//! \brief What QNetworkInformation says, where it has a back end; silent elsewhere.
//!
//! Threading: the window's thread.
class HintNetworkSource final : public NetworkSource
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HintNetworkSource)

public:
    explicit HintNetworkSource(QObject *parent = nullptr);

    //! Whether a back end was found.
    [[nodiscard]] bool isAvailable() const { return m_isAvailable; }

private:
    bool m_isAvailable = false;
};

} // namespace presently::app
