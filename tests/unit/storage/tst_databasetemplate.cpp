// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/databasetemplate.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace presently;

namespace {

constexpr WallTime Start{Milliseconds{1770472800000}};

PersonRecord add(ServerDatabase &database, const QString &login)
{
    NewPerson person;
    person.login = login;
    person.displayName = login;
    return database.people().add(person, Start).value();
}

} // namespace

class tst_DatabaseTemplate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void copiesHaveTheSameIds()
    {
        const auto made = DatabaseTemplate::make();
        QVERIFY(made.has_value());
        ServerDatabase &original = (*made)->database();
        const PersonRecord ana = add(original, u"ana"_s);
        const PersonRecord bao = add(original, u"bao"_s);
        const auto direct = original.conversations().ensureDirect(ana.key, bao.key, Start);
        NewMessage message;
        message.conversation = direct->first.id;
        message.sender = ana.key;
        message.content = u"<p>harbour</p>"_s;
        message.plainText = u"harbour"_s;
        message.sentAt = Start;
        const auto stored = original.messages().add(message);
        QVERIFY(original.setSetting(u"x"_s, u"y"_s).has_value());

        const auto copy = (*made)->copy();
        QVERIFY2(copy.has_value(), qPrintable(copy ? QString() : copy.error().detail));
        QVERIFY(*(*copy)->people().all() == *original.people().all());
        QCOMPARE(**(*copy)->setting(u"x"_s), u"y"_s);
        const auto page = (*copy)->messages().page(direct->first.id, {}, bao.key);
        QCOMPARE(page->messages.size(), 1);
        QCOMPARE(page->messages.first().id, stored->message.id);
        // The index of words came with it.
        Statement words((*copy)->connection(),
            "SELECT rowid FROM message_words WHERE message_words MATCH 'harbour'");
        QCOMPARE(words.all([](const Statement &row) { return row.integer(0); })->size(), 1);
    }

    void copiesKnowNothingOfOneAnother()
    {
        const auto made = DatabaseTemplate::make();
        add((*made)->database(), u"ana"_s);
        const auto one = (*made)->copy();
        const auto other = (*made)->copy();
        const PersonRecord bao = add(**one, u"bao"_s);
        QVERIFY(!(*other)->people().findByLogin(u"bao"_s));
        QVERIFY(!(*made)->database().people().findByLogin(u"bao"_s));
        QVERIFY(add(**other, u"chi"_s).key == bao.key);
        QVERIFY((*other)->people().remove(bao.key).has_value());
        QVERIFY((*one)->people().findByLogin(u"bao"_s).has_value());
    }

    void templatesKnowNothingOfOneAnother()
    {
        const auto one = DatabaseTemplate::make();
        const auto other = DatabaseTemplate::make();
        add((*one)->database(), u"ana"_s);
        QVERIFY((*(*other)->copy())->people().all()->isEmpty());
    }

    //! A table that is added to the schema has to be copied, too.
    void everyTableIsCopied()
    {
        const auto made = DatabaseTemplate::make();
        Statement select((*made)->database().connection(),
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND name NOT LIKE 'message_words%' ORDER BY name");
        const auto tables = select.all([](const Statement &row) { return row.text(0); });
        QCOMPARE(*tables,
            (QList{u"access_scope_values"_s, u"access_scopes"_s, u"attachments"_s, u"contacts"_s,
                u"conversations"_s, u"detached_leases"_s, u"direct_conversations"_s, u"messages"_s,
                u"participants"_s, u"people"_s, u"presence_memory"_s, u"retired_refresh_hashes"_s,
                u"revisions"_s, u"sessions"_s, u"settings"_s}));
    }
};

QTEST_GUILESS_MAIN(tst_DatabaseTemplate)
#include "tst_databasetemplate.moc"
