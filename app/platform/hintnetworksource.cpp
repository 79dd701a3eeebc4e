// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/platform/hintnetworksource.h"

#include <QNetworkInformation>

namespace presently::app {

HintNetworkSource::HintNetworkSource(QObject *parent)
    : NetworkSource(parent)
{
    m_isAvailable
        = QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability);
    const QNetworkInformation *information = QNetworkInformation::instance();
    if (!m_isAvailable || !information) {
        m_isAvailable = false;
        return;
    }
    connect(information, &QNetworkInformation::reachabilityChanged, this,
        [this](QNetworkInformation::Reachability reachability) {
            if (reachability == QNetworkInformation::Reachability::Online)
                Q_EMIT networkChanged();
        });
    connect(information, &QNetworkInformation::transportMediumChanged, this,
        &HintNetworkSource::networkChanged);
}

} // namespace presently::app
