// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/bench/load/people.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::Literals::StringLiterals;

namespace presently::bench {

QByteArray userId(int number)
{
    return 'p' + QByteArray::number(number).rightJustified(5, '0');
}

QByteArray objectId(int number)
{
    return QByteArray::number(number, 16).rightJustified(24, '0');
}

std::optional<int> numberOf(QByteArrayView id)
{
    const bool isObject = id.size() == 24;
    if (!isObject && (id.size() != 6 || id.front() != 'p'))
        return std::nullopt;
    bool isNumber = false;
    const int number
        = id.sliced(isObject ? 16 : 1).toByteArray().toInt(&isNumber, isObject ? 16 : 10);
    return isNumber ? std::optional(number) : std::nullopt;
}

std::vector<int> contactsOf(int number, const Population &population)
{
    std::vector<int> contacts;
    for (int step = 1; step <= population.contacts / 2; ++step) {
        contacts.push_back((number + step) % population.people);
        contacts.push_back((number - step + population.people) % population.people);
    }
    return contacts;
}

QByteArray loadSeed(const Population &population)
{
    QJsonArray people;
    for (int number = 0; number < population.people; ++number) {
        const QString login = QString::fromLatin1(userId(number));
        // Said by one of the two is enough.
        QJsonArray contacts;
        for (int step = 1; step <= population.contacts / 2; ++step)
            contacts.append(QString::fromLatin1(userId((number + step) % population.people)));
        people.append(QJsonObject{{"login"_L1, login}, {"password"_L1, login},
            {"name"_L1, u"Person %1"_s.arg(number)},
            {"ids"_L1,
                QJsonObject{
                    {"mtchat"_L1, login}, {"object_id"_L1, QString::fromLatin1(objectId(number))}}},
            {"contacts"_L1, contacts}});
    }
    return QJsonDocument({{"version"_L1, 1}, {"people"_L1, people}}).toJson(QJsonDocument::Compact);
}

} // namespace presently::bench
