// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/platform/bussleepsource.h"

#include "app/platform/businterfaces.h"

#include <QAbstractEventDispatcher>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace presently::app {

namespace {

//! Long enough for a goodbye to leave, short enough that nobody waits for the lid.
constexpr std::chrono::milliseconds GoodbyeTime{800};

} // namespace

BusSleepSource::BusSleepSource(
    const QDBusConnection &systemBus, LostClock::Reader clockReader, QObject *parent)
    : SleepSource(parent)
    , m_lostClock(std::move(clockReader))
{
    m_release.setSingleShot(true);
    m_release.setInterval(GoodbyeTime);
    connect(&m_release, &QTimer::timeout, this, &BusSleepSource::releaseInhibitor);

    if (auto *dispatcher = QAbstractEventDispatcher::instance())
        connect(dispatcher, &QAbstractEventDispatcher::awake, this, &BusSleepSource::checkClocks);
    if (systemBus.isConnected()) {
        m_manager = new LoginManagerInterface(systemBus, this);
        connect(m_manager, &LoginManagerInterface::PrepareForSleep, this,
            &BusSleepSource::onPrepareForSleep);
        takeInhibitor();
    }
}

BusSleepSource::~BusSleepSource() = default;

void BusSleepSource::checkClocks()
{
    if (!m_lostClock.hasLostTime())
        return;
    m_isSleepAnnounced = false;
    Q_EMIT woke();
}

void BusSleepSource::onPrepareForSleep(bool isStarting)
{
    if (isStarting) {
        m_isSleepAnnounced = true;
        m_release.start();
        Q_EMIT aboutToSleep();
        return;
    }
    m_release.stop();
    m_lostClock.settle();
    takeInhibitor();
    // The clocks may have told already.
    if (std::exchange(m_isSleepAnnounced, false))
        Q_EMIT woke();
}

void BusSleepSource::takeInhibitor()
{
    if (m_inhibitor.isValid())
        return;
    const auto call = m_manager->asyncCall(u"Inhibit"_s, u"sleep"_s, u"Presently"_s,
        tr("Tells the others that you are leaving"), u"delay"_s);
    auto *watcher = new QDBusPendingCallWatcher(call, this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusUnixFileDescriptor> reply = *watcher;
        // A sleep that began meanwhile must not wait for us.
        if (reply.isValid() && !m_isSleepAnnounced)
            m_inhibitor = reply.value();
    });
}

void BusSleepSource::releaseInhibitor()
{
    m_inhibitor = QDBusUnixFileDescriptor();
}

} // namespace presently::app
