// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/server/seedids.h"

#include <QCryptographicHash>

using namespace Qt::Literals::StringLiterals;

namespace presently::app {
namespace {

QString digestOf(const QString &kind, const QString &name)
{
    const QString text = u"presently seed/"_s + kind + u'/' + name;
    return QString::fromLatin1(
        QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256).toHex());
}

// The first 32 of \a digits with the bits of a version and of the usual variant in their places.
QString toUuid(QString digits, QChar version)
{
    digits[12] = version;
    digits[16] = u'a';
    return digits.left(8) + u'-' + digits.mid(8, 4) + u'-' + digits.mid(12, 4) + u'-'
        + digits.mid(16, 4) + u'-' + digits.mid(20, 12);
}

} // namespace

UserId seedUserId(const QString &login)
{
    return UserId{toUuid(digestOf(u"user"_s, login), u'8')};
}

QString seedObjectId(const QString &login)
{
    return digestOf(u"object"_s, login).left(24);
}

ConversationId seedConversationId(const QString &key)
{
    return ConversationId{toUuid(digestOf(u"conversation"_s, key), u'8')};
}

MessageId seedMessageId(const QString &key, qsizetype index, WallTime sentAt)
{
    const auto milliseconds = static_cast<quint64>(sentAt.time_since_epoch().count());
    const QString digest = digestOf(u"message"_s, u"%1/%2"_s.arg(index).arg(key));
    return MessageId{toUuid(u"%1"_s.arg(milliseconds, 12, 16, QChar(u'0')) + digest, u'7')};
}

} // namespace presently::app
