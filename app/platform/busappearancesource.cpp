// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/platform/busappearancesource.h"

#include "app/platform/businterfaces.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace presently::app {

namespace {

constexpr auto AppearanceGroup = "org.freedesktop.appearance"_L1;
constexpr auto ColorScheme = "color-scheme"_L1;
constexpr uint PrefersDark = 1; //!< 0 is no wish, which desktops take as light; 2 is light

constexpr auto InterfaceGroup = "org.gnome.desktop.interface"_L1;
constexpr auto EnableAnimations = "enable-animations"_L1;

//! Read wraps the value in one variant more than the signal does.
QVariant unwrapped(QVariant value)
{
    while (value.canConvert<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}

} // namespace

BusAppearanceSource::BusAppearanceSource(const QDBusConnection &sessionBus, QObject *parent)
    : AppearanceSource(parent)
{
    if (!sessionBus.isConnected())
        return;
    auto *portal = new PortalSettingsInterface(sessionBus, this);
    connect(portal, &PortalSettingsInterface::SettingChanged, this,
        [this](const QString &group, const QString &key, const QDBusVariant &value) {
            update(group, key, unwrapped(value.variant()));
        });
    ask(sessionBus, AppearanceGroup, ColorScheme);
    ask(sessionBus, InterfaceGroup, EnableAnimations);
}

void BusAppearanceSource::ask(const QDBusConnection &bus, const QString &group, const QString &key)
{
    QDBusMessage question = QDBusMessage::createMethodCall(u"org.freedesktop.portal.Desktop"_s,
        u"/org/freedesktop/portal/desktop"_s, u"org.freedesktop.portal.Settings"_s, u"Read"_s);
    // Nothing is to be started just to be asked.
    question.setAutoStartService(false);
    question << group << key;
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(question), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, group, key] {
        watcher->deleteLater();
        const QDBusMessage reply = watcher->reply();
        if (reply.type() == QDBusMessage::ReplyMessage && !reply.arguments().isEmpty())
            update(group, key, unwrapped(reply.arguments().constFirst()));
    });
}

void BusAppearanceSource::update(const QString &group, const QString &key, const QVariant &value)
{
    bool hasChanged = false;
    if (group == AppearanceGroup && key == ColorScheme && value.canConvert<uint>()) {
        const bool isDark = value.toUInt() == PrefersDark;
        hasChanged = std::exchange(m_isDark, isDark) != isDark;
    } else if (group == InterfaceGroup && key == EnableAnimations
        && value.metaType().id() == QMetaType::Bool) {
        const bool isReduced = !value.toBool();
        hasChanged = std::exchange(m_isMotionReduced, isReduced) != isReduced;
    }
    if (hasChanged)
        Q_EMIT appearanceChanged();
}

} // namespace presently::app
