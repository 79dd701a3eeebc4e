// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/bench/desktop/crowdseed.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace presently::bench {

namespace {

constexpr int MessagesOfEach = 40;
constexpr std::array Texts{"Good morning, is anybody at the desk?"_L1,
    "The delivery is late again; I have called the depot and they promise it for the afternoon."_L1,
    "<p>Two things:</p><ul><li>the invoice</li><li>the new door</li></ul>"_L1, "Yes."_L1,
    "Grüße aus Köln, bis später!"_L1, "明日の会議は三時からです。"_L1,
    "Смотрю, отвечу через час."_L1};

QString login(int number)
{
    return u"p%1"_s.arg(number, 3, 10, QChar(u'0'));
}

QJsonObject person(const QString &login, const QString &id, const QString &name)
{
    return {{"login"_L1, login}, {"password"_L1, login + "-password"_L1}, {"name"_L1, name},
        {"company"_L1, u"Crowd & Sons"_s}, {"ids"_L1, QJsonObject{{"mtchat"_L1, id}}}};
}

QJsonObject conversation(int number)
{
    const int size = number == 0 ? 100 : 24;
    QJsonArray participants{ViewerLogin};
    for (int i = 0; i < size; ++i)
        participants.append(login((number * 24 + i) % Contacts));
    QJsonArray messages;
    for (int i = 0; i < MessagesOfEach; ++i) {
        const auto text = Texts[static_cast<size_t>(number + i) % Texts.size()];
        messages.append(QJsonObject{{"from"_L1, participants.at(1 + i % 5)},
            {"html"_L1, QString::fromUtf8(text.data(), text.size())},
            {"ago"_L1, u"%1m"_s.arg((number + 1) * 10 + (MessagesOfEach - i) * 60)}});
    }
    return {{"key"_L1, u"c%1"_s.arg(number)}, {"title"_L1, u"Conversation %1"_s.arg(number)},
        {"participants"_L1, participants}, {"messages"_L1, messages}};
}

} // namespace

QString contactId(int number)
{
    return login(number) + "-id"_L1;
}

QByteArray crowdSeed()
{
    QJsonObject viewer = person(ViewerLogin, ViewerId, u"Vera Viewer"_s);
    QJsonArray contacts;
    QJsonArray people;
    for (int i = 0; i < Contacts; ++i) {
        contacts.append(login(i));
        people.append(person(login(i), contactId(i), u"Person %1"_s.arg(i)));
    }
    viewer.insert("contacts"_L1, contacts);
    people.prepend(viewer);
    QJsonArray conversations;
    for (int i = 0; i < Conversations; ++i)
        conversations.append(conversation(i));
    return QJsonDocument(
        {{"version"_L1, 1}, {"people"_L1, people}, {"conversations"_L1, conversations}})
        .toJson();
}

QByteArray crowdConfig()
{
    return R"({"auth":{"hash_passes":1,"hash_memory_kib":8},)"
           R"("listener":{"max_queued_bytes":67108864},)"
           R"("limits":{"intent":{"burst":1000000,"every_ms":1},)"
           R"("frames":{"burst":1000000,"every_ms":1}}})";
}

} // namespace presently::bench
