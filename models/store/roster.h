// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/conversation.h"

#include <QHash>
#include <QObject>

namespace presently {

//! \brief Everybody this client knows by name.
//!
//! Errors:    an unknown id is no error; its name is the id itself.
//! Threading: the window's thread.
class Roster : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Roster)

public:
    using QObject::QObject;

    //! Takes the server's list; people known by other means (a sender's name) stay.
    void setPeople(const QList<Person> &people);
    void upsert(const Person &person);
    //! A name met in a participant or message; never overwrites what the roster itself said.
    void learnName(const UserId &user, const QString &displayName);

    [[nodiscard]] const Person *find(const UserId &user) const;
    //! Display name, else handle, else the id: never empty for a real person.
    [[nodiscard]] QString displayName(const UserId &user) const;
    [[nodiscard]] QList<Person> people() const; //!< in the order in which they became known
    [[nodiscard]] QList<Person> contacts() const;
    void clear();

Q_SIGNALS:
    void personChanged(const presently::UserId &user); //!< new, or another name
    void peopleReplaced(); //!< many at once: read everything again

private:
    QHash<UserId, Person> m_people;
    QHash<UserId, QString> m_learned;
    QList<UserId> m_order;
};

} // namespace presently
