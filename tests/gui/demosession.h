// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/presence/presencestore.h"
#include "models/store/session.h"
#include "tests/support/manualclock.h"

namespace presently::test {

using namespace Qt::Literals::StringLiterals;

//! \brief A session filled by the same events that a server's client makes: eight people, six
//! conversations, some messages. No network.
class DemoSession
{
public:
    DemoSession()
        : session(clock)
    {
    }

    static UserId user(const QString &name) { return {u"user-"_s + name}; }
    static ConversationId conversation(int number) { return {u"conversation-%1"_s.arg(number)}; }
    static MessageId message(int number)
    {
        return {u"019c0000-0000-7000-8000-%1"_s.arg(number, 12, 10, QChar(u'0'))};
    }

    [[nodiscard]] WallTime ago(Milliseconds age) const { return clock.wallNow() - age; }

    void signIn()
    {
        Capabilities all;
        for (int bit = 1; bit <= int(Capability::IdempotentSend); bit *= 2)
            all.setFlag(Capability(bit));
        session.apply(
            SignedInEvent{Person{user(u"mia"_s), u"Mia Lindqvist"_s, u"mia"_s, true}, all});
        session.apply(ServerClockEvent{clock.wallNow(), clock.now()});
        goOnline();
    }

    void goOnline()
    {
        session.apply(LinkChangedEvent{LinkStatus{LinkState::Online, {}, {}, {}}});
        session.apply(PresenceHydrationStartedEvent{1});
    }

    void loseLink(ErrorCode code = ErrorCode::Unreachable)
    {
        session.apply(LinkChangedEvent{LinkStatus{LinkState::Waiting, Error{code, {}, {}, {}},
            clock.now() + std::chrono::seconds{4}, clock.wallNow()}});
    }

    void setPresence(const QString &name, Status status, Milliseconds seen = {}, int devices = 1,
        const QString &text = {})
    {
        PresenceRecord record;
        record.user = user(name);
        record.presence.status = status;
        record.presence.deviceCount = status == Status::Offline ? 0 : devices;
        record.presence.customMessage = text;
        if (status == Status::Offline || status == Status::Away)
            record.presence.lastSeen = ago(seen);
        record.version = {1, ++m_serial};
        session.apply(PresenceChangedEvent{record});
    }

    void completeSnapshot()
    {
        PresenceSnapshot snapshot;
        snapshot.epoch = 1;
        snapshot.complete = true;
        for (const UserId &known : session.presence().users()) {
            if (const auto record = session.presence().lastKnown(known))
                snapshot.users << *record;
        }
        session.apply(PresenceSnapshotEvent{snapshot});
        session.presence().flush();
    }

    Participant participant(const QString &name, const QString &shown) const
    {
        Participant person;
        person.user = user(name);
        person.displayName = shown;
        person.joinedAt = ago(std::chrono::hours{900});
        return person;
    }

    Message text(int number, ConversationId in, const QString &from, const QString &html,
        Milliseconds age) const
    {
        Message message;
        message.id = DemoSession::message(number);
        message.conversation = std::move(in);
        message.sender = user(from);
        message.content = html;
        message.sentAt = ago(age);
        return message;
    }

    void fill();

    ManualClock clock;
    Session session;

private:
    qint64 m_serial = 0;
};

inline void DemoSession::fill()
{
    using namespace std::chrono_literals;
    const Participant mia = participant(u"mia"_s, u"Mia Lindqvist"_s);
    const Participant ana = participant(u"ana"_s, u"Ana Belova"_s);
    const Participant tomas = participant(u"tomas"_s, u"Tomás Herrera"_s);
    const Participant linh = participant(u"linh"_s, u"Nguyễn Thùy Linh"_s);
    const Participant chen = participant(u"chen"_s, u"陈静"_s);
    const Participant olu = participant(u"olu"_s, u"Olúwaṣeun Adébáyọ̀"_s);
    const Participant dmitri = participant(u"dmitri"_s, u"Дмитрий Орлов"_s);
    const Participant grace = participant(u"grace"_s, u"Grace O’Connor"_s);
    const QList<Participant> team{mia, ana, tomas, linh, chen, olu, dmitri, grace};
    QList<Person> people;
    for (const Participant &person : team)
        people << Person{person.user, person.displayName, person.user.value.mid(5), true};
    session.apply(RosterEvent{people});

    const auto make
        = [&](int number, const QString &title, const QList<Participant> &who, const QString &from,
              const QString &fromName, const QString &last, Milliseconds age, int unread) {
              Conversation conversation;
              conversation.id = DemoSession::conversation(number);
              conversation.title = title;
              conversation.participants = who;
              conversation.participantCount = int(who.size());
              conversation.createdAt = ago(900h);
              conversation.lastMessageAt = ago(age);
              conversation.unreadCount = unread;
              conversation.lastMessage = MessagePreview{
                  message(number * 1000), user(from), fromName, MessageKind::User, last, ago(age)};
              return conversation;
          };
    QList<Conversation> all{
        make(1, u"Product launch"_s, team, u"ana"_s, u"Ana Belova"_s,
            u"<p>The venue confirmed for <strong>Thursday</strong>.</p>"_s, 2min, 0),
        make(2, {}, {mia, tomas}, u"tomas"_s, u"Tomás Herrera"_s,
            u"<p>Can you look at the draft before noon?</p>"_s, 14min, 2),
        make(3, {}, {mia, linh}, u"mia"_s, u"Mia Lindqvist"_s, u"<p>See you at the station!</p>"_s,
            70min, 0),
        make(4, u"Design review"_s, {mia, chen, grace, olu}, u"chen"_s, u"陈静"_s,
            u"<p>新的图标已经上传了,请看一下。</p>"_s, 5h, 12),
        make(5, {}, {mia, dmitri}, u"dmitri"_s, u"Дмитрий Орлов"_s,
            u"<p>Отчёт готов, отправил на почту.</p>"_s, 27h, 0),
        make(6, {}, {mia, grace}, u"grace"_s, u"Grace O’Connor"_s, u"<p>Lovely, thank you.</p>"_s,
            96h, 0),
    };
    all[0].isPinned = true;
    all[3].isMuted = true;
    session.apply(ConversationListEvent{all, true});
    session.apply(ParticipantsEvent{conversation(1), team});

    setPresence(u"mia"_s, Status::Online);
    setPresence(u"ana"_s, Status::Online, {}, 2);
    setPresence(u"tomas"_s, Status::Away, 6min);
    setPresence(u"linh"_s, Status::Busy, {}, 1, u"Presenting until 15:00"_s);
    setPresence(u"chen"_s, Status::Online);
    setPresence(u"olu"_s, Status::Offline, 20min);
    setPresence(u"dmitri"_s, Status::Offline, 22h);
    setPresence(u"grace"_s, Status::Offline, 3min);
    completeSnapshot();

    MessagePage page;
    page.conversation = conversation(1);
    page.hasMoreBefore = false;
    Message created;
    created.id = message(1);
    created.conversation = conversation(1);
    created.kind = MessageKind::System;
    created.content = u"{\"event\":\"participant_joined\",\"name\":\"Grace O’Connor\"}"_s;
    created.sentAt = ago(26h);
    Message quoted = text(7, conversation(1), u"mia"_s,
        u"<p>Then let us keep the smaller room as a fallback.</p>"_s, 40min);
    quoted.replyTo = message(6);
    Message file
        = text(8, conversation(1), u"linh"_s, u"<p>The floor plan, as promised:</p>"_s, 31min);
    file.attachments << Attachment{
        {u"a1"_s}, u"floor-plan-2026-02.pdf"_s, u"application/pdf"_s, 1482000, {}};
    Message edited = text(9, conversation(1), u"ana"_s,
        u"<p>The venue confirmed for <strong>Thursday</strong>. Open points:</p>"
        "<ol><li>catering for 40 people</li><li>microphones, see <a "
        "href=\"https://example.com/list\">"
        "the list</a></li><li>who opens at 8?</li></ol>"_s,
        2min);
    edited.lastEditedAt = ago(1min);
    page.messages = {
        created,
        text(2, conversation(1), u"tomas"_s, u"<p>Good morning! The release branch is cut.</p>"_s,
            25h),
        text(3, conversation(1), u"tomas"_s,
            u"<p>To try it:</p><pre><code class=\"language-sh\">git fetch origin\n"
            "git checkout release/1.0\n./dev run</code></pre>"_s,
            25h - 1min),
        text(4, conversation(1), u"chen"_s,
            u"<blockquote><p>Good morning! The release branch is cut.</p></blockquote>"
            "<p>太好了!我今天下午测试。</p>"_s,
            24h + 30min),
        text(5, conversation(1), u"grace"_s,
            u"<p>I looked at the checklist again and I think we are in good shape. The only thing "
            "that still worries me is the room: if more than forty people come, it will be tight, "
            "and the <code>fire-safety</code> rules are strict about that.</p>"_s,
            70min),
        text(6, conversation(1), u"ana"_s,
            u"<p>I will call the venue and ask what they have.</p>"_s, 45min),
        quoted,
        file,
        edited,
    };
    session.apply(MessagePageEvent{page, PagePlacement::Latest});
}

} // namespace presently::test
