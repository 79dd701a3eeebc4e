// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/platform/buslocksource.h"

#include "app/platform/businterfaces.h"

#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusVariant>

using namespace Qt::Literals::StringLiterals;

namespace presently::app {

namespace {

constexpr auto SessionInterface = "org.freedesktop.login1.Session"_L1;
constexpr auto LockedHint = "LockedHint"_L1;

//! Calls \a then with the first value of the answer; a failure is no answer.
template <typename Handler>
void ask(const QDBusPendingCall &call, QObject *context, Handler then)
{
    auto *watcher = new QDBusPendingCallWatcher(call, context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context, [watcher, then] {
        watcher->deleteLater();
        const QDBusMessage reply = watcher->reply();
        if (reply.type() == QDBusMessage::ReplyMessage && !reply.arguments().isEmpty())
            then(reply.arguments().constFirst());
    });
}

} // namespace

BusLockSource::BusLockSource(
    const QDBusConnection &systemBus, const QDBusConnection &sessionBus, QObject *parent)
    : LockSource(parent)
{
    if (systemBus.isConnected())
        findSession(systemBus);
    if (sessionBus.isConnected()) {
        followScreenSaver(
            "org.freedesktop.ScreenSaver", u"/org/freedesktop/ScreenSaver"_s, sessionBus);
        followScreenSaver("org.gnome.ScreenSaver", u"/org/gnome/ScreenSaver"_s, sessionBus);
    }
}

void BusLockSource::findSession(const QDBusConnection &bus)
{
    // "auto" is the caller's session, or the user's one on the display for a process outside it.
    QString id = qEnvironmentVariable("XDG_SESSION_ID");
    if (id.isEmpty())
        id = u"auto"_s;
    auto *manager = new LoginManagerInterface(bus, this);
    ask(manager->asyncCall(u"GetSession"_s, id), this, [this, bus](const QVariant &session) {
        followSession(session.value<QDBusObjectPath>().path(), bus);
    });
}

void BusLockSource::followSession(const QString &path, const QDBusConnection &bus)
{
    const auto *session = new LoginSessionInterface(path, bus, this);
    connect(
        session, &LoginSessionInterface::Lock, this, [this] { update(true, m_isScreenSaverOn); });
    connect(session, &LoginSessionInterface::Unlock, this,
        [this] { update(false, m_isScreenSaverOn); });

    auto *properties = new LoginPropertiesInterface(path, bus, this);
    connect(properties, &LoginPropertiesInterface::PropertiesChanged, this,
        [this](const QString &interface, const QVariantMap &changed) {
            const auto hint = changed.constFind(LockedHint);
            if (interface == SessionInterface && hint != changed.constEnd())
                update(hint->toBool(), m_isScreenSaverOn);
        });
    ask(properties->asyncCall(u"Get"_s, QString(SessionInterface), QString(LockedHint)), this,
        [this](const QVariant &hint) {
            update(hint.value<QDBusVariant>().variant().toBool(), m_isScreenSaverOn);
        });
}

void BusLockSource::followScreenSaver(
    const char *service, const QString &path, const QDBusConnection &bus)
{
    auto *screenSaver
        = new ScreenSaverInterface(QString::fromLatin1(service), service, path, bus, this);
    connect(screenSaver, &ScreenSaverInterface::ActiveChanged, this,
        [this](bool isOn) { update(m_isSessionLocked, isOn); });

    // Nothing is to be started just to be asked.
    QDBusMessage question = QDBusMessage::createMethodCall(
        QString::fromLatin1(service), path, QString::fromLatin1(service), u"GetActive"_s);
    question.setAutoStartService(false);
    ask(bus.asyncCall(question), this, [this](const QVariant &isOn) {
        update(m_isSessionLocked, m_isScreenSaverOn || isOn.toBool());
    });
}

void BusLockSource::update(bool isSessionLocked, bool isScreenSaverOn)
{
    const bool wasLocked = isLocked();
    m_isSessionLocked = isSessionLocked;
    m_isScreenSaverOn = isScreenSaverOn;
    if (isLocked() != wasLocked)
        Q_EMIT lockedChanged(isLocked());
}

} // namespace presently::app
