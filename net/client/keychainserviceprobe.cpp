// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/client/keychainserviceprobe.h"

#include <QObject>

#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QFileInfo>
#endif

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace presently::net {

#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)

namespace {

constexpr auto SecretsService = "org.freedesktop.secrets"_L1;
constexpr auto SecretsPath = "/org/freedesktop/secrets"_L1;
constexpr auto ServiceInterface = "org.freedesktop.Secret.Service"_L1;
constexpr auto CollectionInterface = "org.freedesktop.Secret.Collection"_L1;
constexpr auto PropertiesInterface = "org.freedesktop.DBus.Properties"_L1;

using Handler = KeychainServiceProbe::Handler;
using Reply = std::function<void(const QDBusMessage &)>;

void call(QObject *context, const QString &path, QLatin1StringView interface,
    QLatin1StringView method, const QVariantList &arguments, Reply then)
{
    QDBusMessage message = QDBusMessage::createMethodCall(SecretsService, path, interface, method);
    // The operation that failed has started the service already, if it can be started at all.
    message.setAutoStartService(false);
    message.setArguments(arguments);
    auto *watcher
        = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(message), context);
    QObject::connect(
        watcher, &QDBusPendingCallWatcher::finished, context, [watcher, then = std::move(then)] {
            watcher->deleteLater();
            then(watcher->reply());
        });
}

bool isError(const QDBusMessage &reply)
{
    return reply.type() != QDBusMessage::ReplyMessage || reply.arguments().isEmpty();
}

QVariant propertyValue(const QDBusMessage &reply)
{
    return reply.arguments().constFirst().value<QDBusVariant>().variant();
}

//! One locked collection is enough: what is looked for may be in it.
void askCollections(
    QObject *context, QList<QDBusObjectPath> left, KeychainService noneLocked, Handler done)
{
    if (left.isEmpty()) {
        done(noneLocked);
        return;
    }
    const QString path = left.takeFirst().path();
    call(context, path, PropertiesInterface, "Get"_L1, {CollectionInterface, u"Locked"_s},
        [context, left = std::move(left), noneLocked, done = std::move(done)](
            const QDBusMessage &reply) {
            if (!isError(reply) && propertyValue(reply).toBool())
                done(KeychainService::Locked);
            else
                askCollections(context, left, noneLocked, done);
        });
}

void askAllCollections(QObject *context, Handler done)
{
    call(context, SecretsPath, PropertiesInterface, "Get"_L1, {ServiceInterface, u"Collections"_s},
        [context, done = std::move(done)](const QDBusMessage &reply) {
            if (isError(reply)) {
                done(KeychainService::Absent);
                return;
            }
            const auto paths = qdbus_cast<QList<QDBusObjectPath>>(propertyValue(reply));
            askCollections(context, paths, KeychainService::Unusable, done);
        });
}

} // namespace

bool KeychainServiceProbe::isReachable()
{
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS")
        || (!runtime.isEmpty() && QFileInfo::exists(runtime + "/bus"_L1));
}

void KeychainServiceProbe::ask(QObject *context, Handler done)
{
    if (!isReachable() || !QDBusConnection::sessionBus().isConnected()) {
        QMetaObject::invokeMethod(
            context, [done = std::move(done)] { done(KeychainService::Absent); },
            Qt::QueuedConnection);
        return;
    }
    call(context, SecretsPath, ServiceInterface, "ReadAlias"_L1, {u"default"_s},
        [context, done = std::move(done)](const QDBusMessage &reply) {
            if (isError(reply)) {
                done(KeychainService::Absent);
                return;
            }
            const auto path = reply.arguments().constFirst().value<QDBusObjectPath>();
            if (path.path() == "/"_L1)
                askAllCollections(context, done);
            else
                askCollections(context, {path}, KeychainService::Unlocked, done);
        });
}

#else

bool KeychainServiceProbe::isReachable()
{
    return true;
}

void KeychainServiceProbe::ask(QObject *context, Handler done)
{
    QMetaObject::invokeMethod(
        context, [done = std::move(done)] { done(KeychainService::Unknown); },
        Qt::QueuedConnection);
}

#endif

} // namespace presently::net
