// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/server/seed.h"

#include "app/server/seedcheck.h"
#include "app/server/seedjson.h"
#include "net/wire/json/boundedjson.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonObject>

using namespace Qt::Literals::StringLiterals;

// A resource of a static library must be asked for, outside any namespace.
static void useSeedResource()
{
    Q_INIT_RESOURCE(seed);
}

namespace presently::app {
namespace {

constexpr qint64 FormatVersion = 1;
constexpr int MaximumDepth = 16;

constexpr SeedWord<LastSeenDetail> LastSeenWords[] = {{"exact"_L1, LastSeenDetail::Exact},
    {"coarse"_L1, LastSeenDetail::Coarse}, {"hidden"_L1, LastSeenDetail::Hidden}};
constexpr SeedWord<OnHide> OnHideWords[] = {{"away"_L1, OnHide::Away},
    {"offline"_L1, OnHide::Offline}, {"unchanged"_L1, OnHide::Unchanged}};
constexpr SeedWord<IntentStatus> StatusWords[]
    = {{"auto"_L1, IntentStatus::Auto}, {"away"_L1, IntentStatus::Away},
        {"busy"_L1, IntentStatus::Busy}, {"invisible"_L1, IntentStatus::Invisible}};
constexpr SeedWord<DeviceType> DeviceWords[]
    = {{"desktop"_L1, DeviceType::Desktop}, {"terminal"_L1, DeviceType::Terminal},
        {"web"_L1, DeviceType::Web}, {"mobile"_L1, DeviceType::Mobile}};
constexpr SeedWord<ActivityState> ActivityWords[]
    = {{"active"_L1, ActivityState::Active}, {"idle"_L1, ActivityState::Idle},
        {"hidden"_L1, ActivityState::Hidden}, {"locked"_L1, ActivityState::Locked}};
using Action = PersonaStep::Action;
constexpr SeedWord<Action> ActionWords[] = {{"come"_L1, Action::Come}, {"go"_L1, Action::Go},
    {"drop"_L1, Action::Drop}, {"report"_L1, Action::Report}, {"status"_L1, Action::SetStatus},
    {"type"_L1, Action::Type}, {"say"_L1, Action::Say}, {"read"_L1, Action::Read}};

template <typename Value, size_t Size>
Value wordOf(const SeedJson &json, QLatin1StringView key, const SeedWord<Value> (&words)[Size],
    Value otherwise)
{
    return json.word(key, std::span<const SeedWord<Value>>(words), otherwise);
}

PersonaStep readStep(const SeedJson &json)
{
    json.expectObject({"do"_L1, "after"_L1, "jitter"_L1, "device"_L1, "activity"_L1, "status"_L1,
        "message"_L1, "for"_L1, "conversation"_L1, "lines"_L1});
    PersonaStep step;
    std::ignore = json.requiredText("do"_L1);
    step.action = wordOf(json, "do"_L1, ActionWords, Action::Come);
    step.after = json.duration("after"_L1).value_or(Milliseconds{0});
    step.jitter = json.duration("jitter"_L1).value_or(Milliseconds{0});
    step.device = wordOf(json, "device"_L1, DeviceWords, DeviceType::Desktop);
    step.activity = wordOf(json, "activity"_L1, ActivityWords, ActivityState::Active);
    step.status = wordOf(json, "status"_L1, StatusWords, IntentStatus::Auto);
    step.customMessage = json.text("message"_L1);
    step.statusFor = json.duration("for"_L1);
    step.conversation = json.text("conversation"_L1);
    step.lines = json.texts("lines"_L1);
    return step;
}

PersonIds readIds(const SeedJson &json)
{
    json.expectObject({"mtchat"_L1, "object_id"_L1, "user_status"_L1, "polling"_L1});
    PersonIds ids;
    ids.mtchat = UserId{json.text("mtchat"_L1)};
    ids.objectId = json.text("object_id"_L1);
    ids.userStatus = json.text("user_status"_L1);
    if (json.has("polling"_L1))
        ids.polling = json.at("polling"_L1).number(1, std::numeric_limits<qint32>::max());
    return ids;
}

SeedPerson readPerson(const SeedJson &json)
{
    json.expectObject({"login"_L1, "password"_L1, "name"_L1, "company"_L1, "email"_L1, "phone"_L1,
        "ids"_L1, "contacts"_L1, "last_seen"_L1, "on_hide"_L1, "status"_L1, "message"_L1,
        "seen_ago"_L1, "persona"_L1});
    SeedPerson person;
    person.login = json.requiredText("login"_L1);
    person.password = json.requiredText("password"_L1);
    person.name = json.requiredText("name"_L1);
    person.company = json.text("company"_L1);
    person.email = json.text("email"_L1);
    person.phone = json.text("phone"_L1);
    if (json.has("ids"_L1))
        person.ids = readIds(json.at("ids"_L1));
    person.contacts = json.texts("contacts"_L1);
    person.preferences.lastSeen
        = wordOf(json, "last_seen"_L1, LastSeenWords, LastSeenDetail::Exact);
    person.preferences.onHide = wordOf(json, "on_hide"_L1, OnHideWords, OnHide::Away);
    person.intent.status = wordOf(json, "status"_L1, StatusWords, IntentStatus::Auto);
    person.intent.customMessage = json.text("message"_L1);
    person.lastSeenAgo = json.duration("seen_ago"_L1);
    for (const SeedJson &step : json.items("persona"_L1))
        person.persona.append(readStep(step));
    return person;
}

SeedMessage readMessage(const SeedJson &json)
{
    json.expectObject({"key"_L1, "from"_L1, "html"_L1, "ago"_L1, "edited_ago"_L1, "edited_from"_L1,
        "reply_to"_L1});
    SeedMessage message;
    message.key = json.text("key"_L1);
    message.from = json.requiredText("from"_L1);
    message.html = json.requiredText("html"_L1);
    std::ignore = json.requiredText("ago"_L1);
    message.ago = json.duration("ago"_L1).value_or(Milliseconds{0});
    message.editedAgo = json.duration("edited_ago"_L1);
    message.editedFrom = json.text("edited_from"_L1);
    message.replyTo = json.text("reply_to"_L1);
    return message;
}

AccessScope readScope(const SeedJson &json)
{
    json.expectObject({"scope_level0"_L1, "scope_level1"_L1, "scope_level2"_L1});
    return {json.texts("scope_level0"_L1), json.texts("scope_level1"_L1),
        json.texts("scope_level2"_L1)};
}

QHash<QString, int> readUnread(const SeedJson &json)
{
    QHash<QString, int> unread;
    for (const QString &login : json.keys())
        unread.insert(login, static_cast<int>(json.at(login).number(0, 100'000)));
    return unread;
}

SeedConversation readConversation(const SeedJson &json)
{
    json.expectObject(
        {"key"_L1, "title"_L1, "participants"_L1, "object"_L1, "scopes"_L1, "created_ago"_L1,
            "messages"_L1, "unread"_L1, "pinned_by"_L1, "muted_by"_L1, "archived_by"_L1});
    SeedConversation conversation;
    conversation.key = json.requiredText("key"_L1);
    conversation.title = json.text("title"_L1);
    conversation.participants = json.texts("participants"_L1);
    if (json.has("object"_L1)) {
        const SeedJson object = json.at("object"_L1);
        object.expectObject({"type"_L1, "id"_L1, "url"_L1});
        conversation.objectType = object.requiredText("type"_L1);
        conversation.objectId = object.requiredText("id"_L1);
        conversation.objectUrl = object.text("url"_L1);
    }
    for (const SeedJson &scope : json.items("scopes"_L1))
        conversation.scopes.append(readScope(scope));
    for (const SeedJson &message : json.items("messages"_L1))
        conversation.messages.append(readMessage(message));
    Milliseconds oldest{0};
    if (!conversation.messages.isEmpty())
        oldest = conversation.messages.first().ago;
    conversation.createdAgo = json.duration("created_ago"_L1).value_or(oldest);
    if (json.has("unread"_L1))
        conversation.unread = readUnread(json.at("unread"_L1));
    conversation.pinnedBy = json.texts("pinned_by"_L1);
    conversation.mutedBy = json.texts("muted_by"_L1);
    conversation.archivedBy = json.texts("archived_by"_L1);
    return conversation;
}

} // namespace

Expected<Seed, Error> parseSeed(const QByteArray &json, const QString &name)
{
    auto object = net::parseObject(json, {MaximumSeedSize, MaximumDepth});
    if (!object) {
        Error error = object.error();
        error.field = error.field.isEmpty() ? name : u"%1: %2"_s.arg(name, error.field);
        return Unexpected{error};
    }
    SeedProblem problem(name);
    const SeedJson root(*object, u"$"_s, problem);
    root.expectObject({"$schema"_L1, "version"_L1, "people"_L1, "conversations"_L1});
    std::ignore = root.at("version"_L1).number(FormatVersion, FormatVersion);
    Seed seed;
    for (const SeedJson &person : root.items("people"_L1))
        seed.people.append(readPerson(person));
    for (const SeedJson &conversation : root.items("conversations"_L1))
        seed.conversations.append(readConversation(conversation));
    checkSeed(seed, problem);
    if (problem.error())
        return Unexpected{*problem.error()};
    return seed;
}

Expected<Seed, Error> loadSeed(const QString &filePath)
{
    QFile file(filePath);
    if (!file.exists())
        return Unexpected{Error{ErrorCode::NotFound, filePath, u"there is no such file"_s, {}}};
    if (!file.open(QIODevice::ReadOnly))
        return Unexpected{Error{ErrorCode::StorageFailed, filePath, file.errorString(), {}}};
    if (file.size() > MaximumSeedSize)
        return Unexpected{Error{ErrorCode::TooLarge, filePath, u"expected at most 8 MiB"_s, {}}};
    return parseSeed(file.readAll(), QFileInfo(filePath).fileName());
}

Expected<Seed, Error> builtInSeed()
{
    useSeedResource();
    QFile file(u":/presently/seed/builtin.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return Unexpected{Error{ErrorCode::Internal, file.fileName(), file.errorString(), {}}};
    return parseSeed(file.readAll(), u"builtin.json"_s);
}

} // namespace presently::app
