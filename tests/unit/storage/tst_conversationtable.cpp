// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/storage/storagefixture.h"

using namespace Qt::Literals::StringLiterals;
using namespace presently;
using namespace presently::test;

namespace {

QStringList titles(const Expected<QList<ConversationSummary>, Error> &list)
{
    QStringList names;
    for (const ConversationSummary &summary : *list)
        names.append(summary.conversation.title.value_or(u"-"_s));
    return names;
}

NewConversation named(const QString &title, const QList<AccessScope> &scopes = {})
{
    NewConversation made;
    made.title = title;
    made.scopes = scopes;
    return made;
}

} // namespace

class tst_ConversationTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsAConversationWholly()
    {
        StorageFixture database;
        const PersonRecord ana = database.person(u"ana"_s);
        NewConversation made;
        made.objectId = u"42'; --"_s;
        made.objectType = u"tender"_s;
        made.title = u"Title 🚀"_s;
        made.objectUrl = u"https://x.test/42"_s;
        made.createdBy = ana.ids.mtchat;
        made.meta = QByteArray(R"({"a":[1,"ü"]})");
        made.scopes = {{{u"a"_s, u"b"_s}, {}, {u"ц"_s}}, {}};
        made.participants = {{ana.key, u"Ana (lead)"_s, u"Acme"_s, {}, u"+1"_s, JoinedAs::Creator}};
        const auto added = database->conversations().add(made, after(3));
        QVERIFY(added.has_value());
        database.reopen();
        auto &conversations = database->conversations();
        QCOMPARE(*conversations.find(added->id), *added);
        QCOMPARE(added->meta, made.meta);
        const auto scopes = conversations.scopes(added->id);
        QCOMPARE(scopes->size(), 2);
        QCOMPARE(scopes->at(0).scope, made.scopes.at(0));
        QCOMPARE(scopes->at(1).scope, made.scopes.at(1));
        const auto people = conversations.participants(added->id);
        QCOMPARE(people->size(), 1);
        QCOMPARE(people->first().displayName, u"Ana (lead)"_s);
        QCOMPARE(people->first().company, std::optional(u"Acme"_s));
        QCOMPARE(people->first().email, std::optional<QString>());
        QCOMPARE(people->first().joinedAs, JoinedAs::Creator);
        QCOMPARE(people->first().joinedAt, after(3));
    }

    void matchesScopes_data()
    {
        QTest::addColumn<QStringList>("row0");
        QTest::addColumn<QStringList>("row1");
        QTest::addColumn<QStringList>("viewer0");
        QTest::addColumn<QStringList>("viewer1");
        QTest::addColumn<bool>("matches");
        const QStringList none;
        const QStringList a{u"a"_s};
        const QStringList ab{u"a"_s, u"b"_s};
        const QStringList c{u"c"_s};
        QTest::newRow("wildcards") << none << none << none << none << true;
        QTest::newRow("wildcards, some viewer") << none << none << a << c << true;
        QTest::newRow("overlap") << ab << none << a << none << true;
        QTest::newRow("no overlap") << ab << none << c << none << false;
        QTest::newRow("empty viewer") << a << none << none << none << false;
        QTest::newRow("both levels") << a << c << ab << c << true;
        QTest::newRow("only one level") << a << c << ab << a << false;
        QTest::newRow("value on the other level") << a << none << none << a << false;
        QTest::newRow("hostile value")
            << QStringList{u"' OR 1=1 --"_s} << none << a << none << false;
        QTest::newRow("NUL inside")
            << QStringList{u"a"_s + QChar(u'\0') + u"x"_s} << none << a << none << false;
    }
    void matchesScopes()
    {
        QFETCH(const QStringList, row0);
        QFETCH(const QStringList, row1);
        QFETCH(const QStringList, viewer0);
        QFETCH(const QStringList, viewer1);
        QFETCH(const bool, matches);
        const AccessScope row{row0, row1, {}};
        const AccessScope viewer{viewer0, viewer1, {}};
        QCOMPARE(scopeMatches(row, viewer), matches);

        StorageFixture database;
        const PersonKey ana = database.person(u"ana"_s).key;
        const auto id = database.conversation({}, named(u"x"_s, {row}));
        auto &conversations = database->conversations();
        ConversationFilter filter;
        filter.scope = viewer;
        QCOMPARE(conversations.available(ana, filter)->size(), matches ? 1 : 0);
        QCOMPARE(*conversations.access(ana, id, viewer),
            matches ? ConversationAccess::Scope : ConversationAccess::None);
        QVERIFY(conversations
                    .addParticipant(id, {ana, {}, {}, {}, {}, JoinedAs::Joined},
                        ConversationTable::UnreadAtJoin::None, Start)
                    .has_value());
        QCOMPARE(conversations.participating(ana, filter)->size(), matches ? 1 : 0);
        QCOMPARE(conversations.participating(ana, {})->size(), 1);
        QCOMPARE(conversations.available(ana, filter)->size(), 0);
        QCOMPARE(*conversations.access(ana, id, {}), ConversationAccess::Participant);
    }

    void letsOneOfSeveralScopesDecide()
    {
        StorageFixture database;
        const PersonKey ana = database.person(u"ana"_s).key;
        const AccessScope first{{u"a"_s}, {u"1"_s}, {}};
        const AccessScope second{{u"b"_s}, {u"2"_s}, {}};
        database.conversation({}, named(u"x"_s, {first, second}));
        database.conversation({}, named(u"closed"_s));
        ConversationFilter filter;
        filter.scope = AccessScope{{u"b"_s}, {u"2"_s}, {}};
        QCOMPARE(titles(database->conversations().available(ana, filter)), QStringList{u"x"_s});
        filter.scope = AccessScope{{u"b"_s}, {u"1"_s}, {}};
        QVERIFY(database->conversations().available(ana, filter)->isEmpty());
        filter.scope.reset();
        QVERIFY(database->conversations().available(ana, filter)->isEmpty());
        QVERIFY(anyScopeMatches({first, second}, {{u"a"_s}, {u"1"_s}, {}}));
        QVERIFY(!anyScopeMatches({}, {}));
    }

    void listsNewestFirstInPages()
    {
        StorageFixture database;
        const PersonKey ana = database.person(u"ana"_s).key;
        for (int number = 1; number <= 5; ++number)
            database.conversation({ana}, named(QString::number(number)), after(number));
        ConversationFilter filter;
        filter.limit = 2;
        auto &conversations = database->conversations();
        QCOMPARE(titles(conversations.participating(ana, filter)).join(u' '), u"5 4"_s);
        filter.offset = 4;
        QCOMPARE(titles(conversations.participating(ana, filter)).join(u' '), u"1"_s);
        filter.limit = -1;
        QVERIFY(conversations.participating(ana, filter)->isEmpty());
    }

    void searchesTitlesAndCompanies_data()
    {
        QTest::addColumn<QString>("search");
        QTest::addColumn<QString>("expected");
        QTest::newRow("title") << u"ремо"_s << u"Ремонт"_s;
        QTest::newRow("another case") << u"РЕМОНТ"_s << u"Ремонт"_s;
        QTest::newRow("company") << u"north"_s << u"Ремонт"_s;
        QTest::newRow("wildcard") << u"p_an"_s << u"Plan"_s;
        QTest::newRow("percent") << u"p%n"_s << u"Plan"_s;
        QTest::newRow("quote") << u"'"_s << u""_s;
        QTest::newRow("nothing") << u""_s << u"Plan Ремонт"_s;
    }
    void searchesTitlesAndCompanies()
    {
        QFETCH(const QString, search);
        QFETCH(const QString, expected);
        StorageFixture database;
        const PersonKey ana = database.person(u"ana"_s).key;
        NewConversation repair = named(u"Ремонт"_s);
        repair.participants = {{ana, {}, u"North Works"_s, {}, {}, JoinedAs::Participant}};
        QVERIFY(database->conversations().add(repair, Start).has_value());
        database.conversation({ana}, named(u"Plan"_s), after(1));
        ConversationFilter filter;
        filter.search = search;
        QCOMPARE(titles(database->conversations().participating(ana, filter)).join(u' '), expected);
    }

    void filtersByArchiveAndObject()
    {
        StorageFixture database;
        const PersonKey ana = database.person(u"ana"_s).key;
        NewConversation about = named(u"about"_s);
        about.objectType = u"order"_s;
        about.objectId = u"1"_s;
        const auto id = database.conversation({ana}, about);
        database.conversation({ana}, named(u"free"_s), after(1));
        auto &conversations = database->conversations();
        QVERIFY(conversations.setArchived(id, ana, true).has_value());
        ConversationFilter filter;
        filter.archived = true;
        QCOMPARE(titles(conversations.participating(ana, filter)), QStringList{u"about"_s});
        filter.archived = false;
        QCOMPARE(titles(conversations.participating(ana, filter)), QStringList{u"free"_s});
        filter.archived.reset();
        filter.objectType = u"order"_s;
        filter.objectId = u"1"_s;
        QCOMPARE(titles(conversations.participating(ana, filter)), QStringList{u"about"_s});
        filter.objectId = u"2"_s;
        QVERIFY(conversations.participating(ana, filter)->isEmpty());
    }

    void findsTheNewestOfAnObjectWithTheSameScopes()
    {
        StorageFixture database;
        NewConversation made = named(u"old"_s, {{{u"a"_s, u"b"_s}, {}, {}}});
        made.objectType = u"order"_s;
        made.objectId = u"1"_s;
        database.conversation({}, made);
        made.title = u"new"_s;
        made.scopes = {};
        database.conversation({}, made, after(1));
        auto &conversations = database->conversations();
        const auto find = [&](const std::optional<QList<AccessScope>> &scopes) {
            const auto found = conversations.findByObject(u"order"_s, u"1"_s, scopes);
            return *found ? (*found)->title.value() : QString();
        };
        QCOMPARE(find(std::nullopt), u"new"_s);
        QCOMPARE(find(QList<AccessScope>{{{u"b"_s, u"a"_s, u"a"_s}, {}, {}}}), u"old"_s);
        QCOMPARE(find(QList<AccessScope>{}), u"new"_s);
        QCOMPARE(find(QList<AccessScope>{{{u"a"_s}, {}, {}}}), QString());
    }

    void summarisesForWhoIsInAndWhoMayJoin()
    {
        StorageFixture database;
        const PersonKey ana = database.person(u"ana"_s).key;
        const PersonKey ben = database.person(u"ben"_s).key;
        const PersonKey cy = database.person(u"cy"_s).key;
        const AccessScope scope{{u"a"_s}, {}, {}};
        const auto id = database.conversation({ana, ben}, named(u"x"_s, {scope}));
        database.message(id, ana, u"one"_s, after(1));
        database.message(id, ana, u"two"_s, after(2));
        auto &conversations = database->conversations();
        QVERIFY(conversations.setPinned(id, ben, true).has_value());
        QVERIFY(conversations.setNotificationsEnabled(id, ben, false).has_value());

        const auto own = conversations.summary(ben, id, {});
        QVERIFY(own->isParticipant && !own->canJoin);
        QVERIFY(own->isPinned && !own->notificationsEnabled && !own->isArchived);
        QCOMPARE(own->unreadCount, 2);
        QCOMPARE(own->participantCount, 2);
        QCOMPARE(own->lastMessage->content, u"two"_s);
        QCOMPARE(own->lastMessage->senderName, u"ana"_s);
        QCOMPARE(own->lastMessageAt, std::optional(after(2)));

        const auto joinable = conversations.summary(cy, id, scope);
        QVERIFY(joinable->canJoin && !joinable->isParticipant);
        QVERIFY(!joinable->lastMessage);
        QCOMPARE(joinable->lastMessageAt, std::optional(after(2)));
        QCOMPARE(joinable->participants.size(), 2);
        QCOMPARE(failureOf(conversations.summary(cy, id, {})), ErrorCode::NotFound);
        QCOMPARE(
            failureOf(conversations.access(cy, ConversationId{u"x"_s}, {})), ErrorCode::NotFound);
    }

    void findsTheConversationOfTwoAgain()
    {
        StorageFixture database;
        const PersonRecord ana = database.person(u"ana"_s);
        const PersonRecord ben = database.person(u"ben"_s);
        auto &conversations = database->conversations();
        QVERIFY(!conversations.findDirect(ana.key, ben.key)->has_value());
        const auto made = conversations.ensureDirect(ana.key, ben.key, Start);
        QVERIFY(made->second);
        QCOMPARE(made->first.createdBy, std::optional(ana.ids.mtchat));
        const auto again = conversations.ensureDirect(ben.key, ana.key, after(1));
        QVERIFY(!again->second);
        QCOMPARE(again->first, made->first);
        QVERIFY(*conversations.removeParticipant(made->first.id, ben.key));
        QVERIFY(conversations.ensureDirect(ana.key, ben.key, after(2)).has_value());
        QCOMPARE(*conversations.members(made->first.id), (QList{ana.key, ben.key}));
        QCOMPARE(failureOf(conversations.ensureDirect(ana.key, ana.key, Start)),
            ErrorCode::InvalidField);
        QCOMPARE(failureOf(conversations.ensureDirect(ana.key, PersonKey{99}, Start)),
            ErrorCode::Conflict);
    }

    void isNoLongerOfTwoWhenAThirdComes()
    {
        StorageFixture database;
        const PersonKey ana = database.person(u"ana"_s).key;
        const PersonKey ben = database.person(u"ben"_s).key;
        const PersonKey cy = database.person(u"cy"_s).key;
        auto &conversations = database->conversations();
        const auto made = conversations.ensureDirect(ana, ben, Start);
        QVERIFY(*conversations.addParticipant(made->first.id,
            {cy, {}, {}, {}, {}, JoinedAs::Joined}, ConversationTable::UnreadAtJoin::None, Start));
        QVERIFY(conversations.ensureDirect(ana, ben, Start)->second);
    }

    void addsAndRemovesPeopleOnce()
    {
        StorageFixture database;
        const PersonKey ana = database.person(u"ana"_s).key;
        const PersonKey ben = database.person(u"ben"_s).key;
        const auto id = database.conversation({ana});
        database.message(id, ana, u"1"_s);
        database.message(id, ana, u"2"_s);
        auto &conversations = database->conversations();
        using Unread = ConversationTable::UnreadAtJoin;
        const NewParticipant joining{ben, u"Ben!"_s, {}, {}, {}, JoinedAs::Joined};
        QVERIFY(*conversations.addParticipant(id, joining, Unread::AllMessages, after(1)));
        QVERIFY(!*conversations.addParticipant(id, joining, Unread::None, after(2)));
        QCOMPARE(conversations.participant(id, ben)->unreadCount, 2);
        QCOMPARE(conversations.participant(id, ben)->joinedAs, JoinedAs::Joined);
        QCOMPARE(*conversations.conversationsOf(ben), QList{id});
        QCOMPARE(conversations.allMemberships()->size(), 2);
        QVERIFY(*conversations.removeParticipant(id, ben));
        QVERIFY(!*conversations.removeParticipant(id, ben));
        QCOMPARE(failureOf(conversations.setPinned(id, ben, true)), ErrorCode::NotFound);
        QCOMPARE(failureOf(conversations.addParticipant(
                     ConversationId{u"x"_s}, joining, Unread::None, Start)),
            ErrorCode::NotFound);
        QCOMPARE(failureOf(conversations.addParticipant(
                     id, {PersonKey{99}, {}, {}, {}, {}, JoinedAs::Joined}, Unread::None, Start)),
            ErrorCode::NotFound);
    }

    void removesAConversationWithAllThatIsInIt()
    {
        StorageFixture database;
        const PersonKey ana = database.person(u"ana"_s).key;
        const auto id = database.conversation({ana}, named(u"x"_s, {AccessScope{}}));
        const Message message = database.message(id, ana, u"word"_s);
        auto &conversations = database->conversations();
        QVERIFY(conversations.remove(id).has_value());
        QVERIFY(conversations.remove(id).has_value());
        QCOMPARE(failureOf(conversations.find(id)), ErrorCode::NotFound);
        QCOMPARE(failureOf(database->messages().find(id, message.id)), ErrorCode::NotFound);
        QVERIFY(conversations.allMemberships()->isEmpty());
    }
};

QTEST_GUILESS_MAIN(tst_ConversationTable)
#include "tst_conversationtable.moc"
