// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/server/seedapply.h"
#include "app/server/seedids.h"
#include "models/core/uuid.h"
#include "models/storage/serverdatabase.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;
using namespace presently;
using namespace presently::app;

namespace {

constexpr WallTime Now{Milliseconds{1770472800000}};

std::unique_ptr<ServerDatabase> emptyDatabase()
{
    auto opened = ServerDatabase::open(u":memory:"_s);
    if (!opened)
        qFatal("%s", qPrintable(opened.error().detail));
    return std::move(opened).value();
}

Seed parsed(const QByteArray &json)
{
    auto seed = parseSeed(json, u"test.json"_s);
    if (!seed)
        qFatal("%s %s", qPrintable(seed.error().field), qPrintable(seed.error().detail));
    return *std::move(seed);
}

// Two people, and a conversation with what \a inside says.
QByteArray withConversation(const QByteArray &inside)
{
    return R"({"version":1,"people":[{"login":"a","password":"p","name":"A"},)"
           R"({"login":"b","password":"p","name":"B<b>"}],"conversations":[)"
        + inside + "]}";
}

} // namespace

class tst_Seed : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasAWholeTeamBuiltIn()
    {
        const auto seed = builtInSeed();
        QVERIFY2(
            seed.has_value(), seed ? "" : qPrintable(seed.error().field + seed.error().detail));
        QVERIFY(seed->people.size() >= 8);
        QVERIFY(seed->conversations.size() >= 5);
        qsizetype messages = 0;
        for (const SeedConversation &conversation : seed->conversations)
            messages += conversation.messages.size();
        QVERIFY(messages >= 60);
        QVERIFY(std::ranges::any_of(seed->conversations,
            [](const SeedConversation &one) { return one.participants.size() >= 5; }));

        const SeedPerson &first = seed->people.at(0);
        const SeedPerson &second = seed->people.at(1);
        QVERIFY(!first.isPersona() && !second.isPersona());
        QVERIFY(first.contacts.contains(second.login));
        for (qsizetype index = 2; index < seed->people.size(); ++index)
            QVERIFY(seed->people.at(index).isPersona());
    }

    void fillsADatabaseWithTheBuiltInSeed()
    {
        const auto database = emptyDatabase();
        const auto seed = builtInSeed();
        const auto applied = applySeed(*seed, *database, Now);
        QVERIFY2(applied.has_value(),
            applied ? "" : qPrintable(applied.error().field + applied.error().detail));
        QCOMPARE(applied->people.size(), seed->people.size());
        QCOMPARE(applied->conversations.size(), seed->conversations.size());
        const PersonKey anna = applied->people.at(0).person.key;
        const PersonKey ben = applied->people.at(1).person.key;
        QVERIFY(database->people().contactsOf(anna)->contains(ben));
        QVERIFY(database->conversations().findDirect(anna, ben)->has_value());

        for (const SeedConversation &conversation : seed->conversations) {
            const ConversationId id = applied->conversations.value(conversation.key);
            const auto page = database->messages().page(id, {}, {});
            QCOMPARE(page->messages.size(), conversation.messages.size());
            for (qsizetype index = 0; index < page->messages.size(); ++index) {
                const Message &message = page->messages.at(index);
                const SeedMessage &written = conversation.messages.at(index);
                QCOMPARE(message.sentAt, Now - written.ago);
                QCOMPARE(message.lastEditedAt.has_value(), written.editedAgo.has_value());
                QCOMPARE(message.replyTo.has_value(), !written.replyTo.isEmpty());
                QVERIFY(!message.content.contains(u"{@"_s));
            }
            for (const QString &login : conversation.participants) {
                const auto person = database->people().findByLogin(login);
                QCOMPARE(database->conversations().participant(id, person->key)->unreadCount,
                    conversation.unread.value(login));
            }
        }
        QVERIFY(!database->messages().search(anna, u"обед"_s, 10)->size());
        QVERIFY(database->messages().search(anna, u"按钮"_s, 10)->size() == 1);
    }

    void canBeGivenAgain()
    {
        const auto database = emptyDatabase();
        const auto seed = builtInSeed();
        const auto first = applySeed(*seed, *database, Now);
        const auto again = applySeed(*seed, *database, Now + Milliseconds{60'000});
        QVERIFY(again.has_value());
        QCOMPARE(again->conversations, first->conversations);
        QCOMPARE(database->people().all()->size(), seed->people.size());
        QCOMPARE(again->people.at(1).person, first->people.at(1).person);
    }

    void givesTheSameIdsInEveryDatabase()
    {
        const auto seed = builtInSeed();
        const auto one = emptyDatabase();
        const auto other = emptyDatabase();
        const auto first = applySeed(*seed, *one, Now);
        const auto second = applySeed(*seed, *other, Now);
        QVERIFY(first.has_value() && second.has_value());
        QSet<QString> users;
        for (qsizetype index = 0; index < seed->people.size(); ++index) {
            const PersonIds ids = first->people.at(index).person.ids;
            QCOMPARE(second->people.at(index).person.ids, ids);
            users.insert(ids.mtchat.value);
        }
        QCOMPARE(users.size(), seed->people.size());
        QCOMPARE(second->conversations, first->conversations);
        for (const ConversationId &id : first->conversations) {
            const auto written = one->messages().page(id, {}, {});
            const auto again = other->messages().page(id, {}, {});
            QCOMPARE(again->messages.size(), written->messages.size());
            QString before;
            for (qsizetype index = 0; index < written->messages.size(); ++index) {
                const Message &message = written->messages.at(index);
                QCOMPARE(again->messages.at(index).id, message.id);
                const QString value = message.id.value;
                QVERIFY(isUuid(value) && value.at(14) == u'7' && before < value);
                const QString time = value.left(8) + value.mid(9, 4);
                QCOMPARE(time.toLongLong(nullptr, 16), message.sentAt.time_since_epoch().count());
                before = value;
            }
        }
    }

    void anIdThatIsTakenIsNotGivenTwice()
    {
        const auto database = emptyDatabase();
        const auto seed = parsed(withConversation({}));
        NewPerson stranger;
        stranger.login = u"c"_s;
        stranger.displayName = u"C"_s;
        stranger.ids.mtchat = seedUserId(u"a"_s);
        QVERIFY(database->people().add(stranger, Now));
        const auto applied = applySeed(seed, *database, Now);
        QVERIFY(applied.has_value());
        QVERIFY(applied->people.at(0).person.ids.mtchat != seedUserId(u"a"_s));
        QCOMPARE(applied->people.at(1).person.ids.mtchat, seedUserId(u"b"_s));
    }

    void takesEverythingAFileSays()
    {
        const Seed seed = parsed(R"({"version":1,"people":[
            {"login":"a","password":"p","name":"A","company":"C","email":"e","phone":"1",
             "ids":{"mtchat":"emp 1","object_id":"0123456789abcdef01234567",
                    "user_status":"user_9","polling":77},
             "contacts":["b"],"last_seen":"coarse","on_hide":"offline","status":"busy",
             "message":"m","seen_ago":"1d2h3m4s"},
            {"login":"b","password":"q","name":"B","persona":[
             {"do":"status","after":"2s","jitter":"1s","status":"away","message":"x","for":"1m"},
             {"do":"say","device":"mobile","conversation":"k","lines":["one","two"]}]}],
            "conversations":[{"key":"k","title":"T","participants":["a","b"],
             "object":{"type":"order","id":"7","url":"mailto:x"},
             "scopes":[{"scope_level0":["s"]}],"created_ago":"2h","unread":{"a":1},
             "pinned_by":["a"],"muted_by":["b"],"archived_by":["b"],
             "messages":[{"from":"b","html":"<p>hi {@a}</p>","ago":"1h"}]}]})");
        const SeedPerson &a = seed.people.at(0);
        QCOMPARE(a.lastSeenAgo, std::optional<Milliseconds>(Milliseconds{93'784'000}));
        const PersonaStep &status = seed.people.at(1).persona.at(0);
        QCOMPARE(status.action, PersonaStep::Action::SetStatus);
        QCOMPARE(status.statusFor, std::optional<Milliseconds>(Milliseconds{60'000}));
        QCOMPARE(seed.people.at(1).persona.at(1).device, DeviceType::Mobile);

        const auto database = emptyDatabase();
        const auto applied = applySeed(seed, *database, Now);
        QVERIFY(applied.has_value());
        const PersonRecord person = applied->people.at(0).person;
        QCOMPARE(person.ids,
            (PersonIds{UserId{u"emp 1"_s}, u"0123456789abcdef01234567"_s, u"user_9"_s, 77}));
        QCOMPARE(
            person.preferences, (PresencePreferences{LastSeenDetail::Coarse, OnHide::Offline}));
        QCOMPARE(applied->people.at(0).password, u"p"_s);
        QVERIFY(applied->people.at(1).isPersona);
        const auto memory = database->presence().find(person.key);
        QCOMPARE((*memory)->intent, (Intent{IntentStatus::Busy, u"m"_s, {}}));
        QCOMPARE((*memory)->lastSeen, std::optional(Now - Milliseconds{93'784'000}));
        const ConversationId id = applied->conversations.value(u"k"_s);
        const auto conversation = database->conversations().find(id);
        QCOMPARE(conversation->objectType, u"order"_s);
        QCOMPARE(conversation->createdAt, Now - std::chrono::hours{2});
        const auto own = database->conversations().participant(id, person.key);
        QVERIFY(own->isPinned);
        QCOMPARE(own->unreadCount, 1);
        const auto other
            = database->conversations().participant(id, applied->people.at(1).person.key);
        QVERIFY(!other->notificationsEnabled);
        QVERIFY(other->isArchived);
        const auto page = database->messages().page(id, {}, {});
        QVERIFY(page->messages.first().content.contains(u"data-id=\"emp 1\""_s));
    }

    void leavesHostileMarkupOut()
    {
        const Seed seed = parsed(withConversation(
            R"({"key":"k","title":"<script>","participants":["a","b"],"messages":[
                {"from":"a","ago":"1m","html":"<script>x()</script><p onclick=y>{@b}</p>"}]})"));
        const auto database = emptyDatabase();
        const auto applied = applySeed(seed, *database, Now);
        const auto page = database->messages().page(applied->conversations.value(u"k"_s), {}, {});
        const QString content = page->messages.first().content;
        QVERIFY(!content.contains(u"script"_s));
        QVERIFY(!content.contains(u"onclick"_s));
        QVERIFY2(content.contains(u"@B&lt;b&gt;"_s), qPrintable(content));
    }

    void namesTheMistake_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("field");
        QTest::addColumn<int>("code");
        const auto row = [](const char *name, const QByteArray &json, const char *field,
                             ErrorCode code = ErrorCode::InvalidField) {
            QTest::newRow(name) << json << u"test.json"_s + QString::fromLatin1(field)
                                << static_cast<int>(code);
        };
        row("not JSON", "{", "", ErrorCode::Malformed);
        row("a list", "[]", "", ErrorCode::Malformed);
        row("no version", R"({"people":[]})", ": $.version");
        row("another version", R"({"version":2,"people":[]})", ": $.version");
        row("nobody", R"({"version":1,"people":[]})", ": $.people");
        row("people are no list", R"({"version":1,"people":{}})", ": $.people");
        row("an unknown key", R"({"version":1,"peple":[]})", ": $.peple");
        row("no login", R"({"version":1,"people":[{"password":"p","name":"n"}]})",
            ": $.people[0].login", ErrorCode::MissingField);
        row("a login twice",
            R"({"version":1,"people":[{"login":"a","password":"p","name":"n"},)"
            R"({"login":"A","password":"p","name":"n"}]})",
            ": $.people[1].login");
        row("an unknown contact",
            R"({"version":1,"people":[{"login":"a","password":"p","name":"n","contacts":["x"]}]})",
            ": $.people[0].contacts[0]");
        row("a wrong word",
            R"({"version":1,"people":[{"login":"a","password":"p","name":"n","status":"gone"}]})",
            ": $.people[0].status");
        row("a wrong duration",
            R"({"version":1,"people":[{"login":"a","password":"p","name":"n","seen_ago":"5 min"}]})",
            ": $.people[0].seen_ago");
        row("an endless duration",
            R"({"version":1,"people":[{"login":"a","password":"p","name":"n","seen_ago":"9999d"}]})",
            ": $.people[0].seen_ago");
        row("a broken number",
            R"({"version":1,"people":[{"login":"a","password":"p","name":"n","ids":{"polling":1.5}}]})",
            ": $.people[0].ids.polling");
        row("a step of a stranger",
            R"({"version":1,"people":[{"login":"a","password":"p","name":"n",)"
            R"("persona":[{"do":"type","conversation":"k"}]}]})",
            ": $.people[0].persona[0].conversation");
        row("an unknown participant", withConversation(R"({"key":"k","participants":["a","x"]})"),
            ": $.conversations[0].participants[1]");
        row("no participants", withConversation(R"({"key":"k","participants":[]})"),
            ": $.conversations[0].participants");
        row("an unknown sender",
            withConversation(
                R"({"key":"k","participants":["a"],"messages":[{"from":"b","html":"x","ago":"1m"}]})"),
            ": $.conversations[0].messages[0].from");
        row("newest first",
            withConversation(
                R"({"key":"k","participants":["a"],"messages":[{"from":"a","html":"x","ago":"1m"},)"
                R"({"from":"a","html":"x","ago":"2m"}]})"),
            ": $.conversations[0].messages[1].ago");
        row("a reply to nothing",
            withConversation(R"({"key":"k","participants":["a"],"messages":)"
                             R"([{"from":"a","html":"x","ago":"1m","reply_to":"y"}]})"),
            ": $.conversations[0].messages[0].reply_to");
        row("a mention of nobody",
            withConversation(
                R"({"key":"k","participants":["a"],"messages":[{"from":"a","html":"{@z}","ago":"1m"}]})"),
            ": $.conversations[0].messages[0].html");
        row("too large", QByteArray(int(MaximumSeedSize) + 1, ' '), ": size", ErrorCode::TooLarge);
    }
    void namesTheMistake()
    {
        QFETCH(const QByteArray, json);
        QFETCH(const QString, field);
        QFETCH(const int, code);
        const auto seed = parseSeed(json, u"test.json"_s);
        QVERIFY(!seed.has_value());
        QCOMPARE(seed.error().field, field);
        QCOMPARE(static_cast<int>(seed.error().code), code);
    }

    void changesNothingWhenItCannotBeApplied()
    {
        const auto database = emptyDatabase();
        const Seed seed = parsed(
            R"({"version":1,"people":[{"login":"a","password":"p","name":"A","ids":{"polling":5}},
                {"login":"b","password":"p","name":"B","ids":{"polling":5}}]})");
        const auto applied = applySeed(seed, *database, Now);
        QVERIFY(!applied.has_value());
        QCOMPARE(applied.error().code, ErrorCode::Conflict);
        QVERIFY(database->people().all()->isEmpty());
    }

    void readsAFile()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"team.json"_s);
        QCOMPARE(loadSeed(path).error().code, ErrorCode::NotFound);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"version":1,"people":[{"login":"a","password":"p","name":""}]})");
        file.close();
        const auto seed = loadSeed(path);
        QCOMPARE(seed.error().field, u"team.json: $.people[0].name"_s);
    }

    void keepsTheBuiltInPasswordInTheReadme()
    {
        QFile readme(QStringLiteral(PRESENTLY_SOURCE_DIR "/resources/seed/README.md"));
        QVERIFY(readme.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(readme.readAll());
        const auto seed = builtInSeed();
        for (const SeedPerson &person : seed->people)
            QVERIFY(text.contains(u"password `%1`"_s.arg(person.password)));
    }
};

QTEST_GUILESS_MAIN(tst_Seed)
#include "tst_seed.moc"
