// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/wire/http/headerlist.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>
#include <utility>

namespace presently::net {

//! \brief The decoded query of a request target, in its order; a name may stand more than once.
class QueryItems
{
public:
    using Item = std::pair<QString, QString>;

    void add(const QString &name, const QString &value) { m_items.append({name, value}); }
    [[nodiscard]] bool contains(QStringView name) const;
    //! The first of that name; null when there is none.
    [[nodiscard]] QString value(QStringView name) const;
    [[nodiscard]] QStringList values(QStringView name) const;
    [[nodiscard]] const QList<Item> &items() const { return m_items; }

private:
    QList<Item> m_items;
};

//! \brief How the length of a body is known.
enum class BodyFraming { None, Length, Chunked };

//! \brief Request line and header fields of one HTTP/1.x request, checked and decoded.
struct HttpHead {
    QByteArray method; //!< "GET", as sent (methods are case-sensitive)
    QByteArray target; //!< as sent
    QByteArray rawPath; //!< the target up to '?', still percent-encoded
    QStringList segments; //!< "/a/b%20c/" is {"a", "b c", ""}; "/" is {""}
    QueryItems query; //!< percent-decoded, '+' is a space
    HeaderList headers;
    int minorVersion = 1; //!< of HTTP/1.x: 0 or 1
    BodyFraming framing = BodyFraming::None;
    qint64 contentLength = 0; //!< bytes; only with BodyFraming::Length
    bool keepAlive = true; //!< what the client wants, by version and Connection
    bool expectsContinue = false; //!< Expect: 100-continue

    //! "/a/b c/", decoded; for logs and tables of fixed paths.
    [[nodiscard]] QString path() const { return u'/' + segments.join(u'/'); }
    //! The token of `Authorization: Bearer`, in any case of the scheme; empty when there is none.
    [[nodiscard]] QByteArray bearerToken() const;
    //! The value of the first cookie of that name, as it was sent, without quotes around it; empty
    //! when there is none.
    [[nodiscard]] QByteArray cookie(QByteArrayView name) const;
};

} // namespace presently::net
