// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/friends/friendsmessages.h"

#include "models/core/uuid.h"
#include "models/storage/serverdatabase.h"
#include "models/text/linkpolicy.h"
#include "models/text/richtext.h"
#include "net/server/eventbroadcaster.h"
#include "net/server/peopledirectory.h"
#include "net/server/serveroptions.h"
#include "net/transport/deadlinequeue.h"
#include "net/wire/mtchat/restmessages.h"

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

Error notParticipant()
{
    return {ErrorCode::NotFound, u"conversation_id"_s, u"Not a participant"_s, {}};
}

Block linkBlock(const QString &href, const QString &text)
{
    Span link;
    link.text = text;
    link.href = href;
    Block block;
    block.spans = {link};
    return block;
}

//! The blocks of \a request. Errors: InvalidField for an address that nobody may open.
Expected<RichText, Error> richTextOf(const friends::SendMessageRequest &request)
{
    QList<Block> blocks = RichText::fromPlainText(request.text.value_or(QString())).blocks();
    if (request.url) {
        const QString href = allowedHref(*request.url);
        if (href.isEmpty())
            return Unexpected{
                Error{ErrorCode::InvalidField, u"url"_s, u"Not an address to be opened"_s, {}}};
        blocks.append(linkBlock(href, request.fileName.value_or(href)));
    } else if (request.fileName) {
        blocks.append(RichText::fromPlainText(*request.fileName).blocks());
    }
    // Through the one way to anything stored.
    return RichText::fromHtml(RichText(blocks).toHtml());
}

bool isFileLink(const Block &block)
{
    return block.kind == BlockKind::Paragraph && block.quoteDepth == 0 && block.spans.size() == 1
        && !block.spans.first().href.isEmpty();
}

void takeFileLink(QList<Block> &blocks, friends::NewMessage &message)
{
    if (blocks.isEmpty() || !isFileLink(blocks.last()))
        return;
    const Span link = blocks.takeLast().spans.first();
    message.url = link.href;
    if (link.text != link.href)
        message.fileName = link.text;
}

//! One file fits into a message of this dialect; the others go into its text.
void takeAttachments(
    const QList<Attachment> &attachments, QString &text, friends::NewMessage &message)
{
    for (const Attachment &attachment : attachments) {
        if (!message.url) {
            message.url = attachment.url;
            message.fileName = attachment.fileName;
            continue;
        }
        if (!text.isEmpty())
            text += u'\n';
        text += attachment.fileName + u' ' + attachment.url;
    }
}

} // namespace

FriendsMessages::FriendsMessages(const DialectContext &context)
    : m_context(context)
    , m_limit(context.deadlines.clock(), context.options.limits.messages)
{
}

Expected<friends::NewMessage, Error> FriendsMessages::send(
    PersonKey sender, const friends::SendMessageRequest &request)
{
    const ConversationId conversation{request.conversation.value.toLower()};
    ConversationTable &conversations = m_context.database.conversations();
    if (!isUuid(conversation.value) || !conversations.participant(conversation, sender))
        return Unexpected{notParticipant()};
    const Milliseconds wait = m_limit.take(QString::number(qint64(sender)));
    if (wait > Milliseconds::zero())
        return Unexpected{Error{ErrorCode::RateLimited, {}, u"Too many messages"_s, wait}};
    const auto text = richTextOf(request);
    if (!text)
        return Unexpected{text.error()};

    NewMessage message;
    message.conversation = conversation;
    message.sender = sender;
    message.content = text->toHtml();
    message.plainText = text->toPlainText();
    message.sentAt = m_context.deadlines.clock().wallNow();
    if (message.content.toUtf8().size() > mtchat::MaxContentBytes)
        return Unexpected{Error{ErrorCode::TooLarge, u"text"_s, u"Too long"_s, {}}};
    const auto stored = m_context.database.messages().add(message);
    if (!stored)
        return Unexpected{stored.error()};
    const auto members = conversations.members(conversation);
    m_context.events.messageAdded(stored->message, members.value_or(QList<PersonKey>{sender}));
    if (!stored->unarchivedFor.isEmpty())
        m_context.events.conversationUnarchived(conversation, stored->unarchivedFor);
    return *render(stored->message);
}

std::optional<friends::NewMessage> FriendsMessages::render(const Message &stored) const
{
    if (stored.kind != MessageKind::User)
        return std::nullopt;
    friends::NewMessage message;
    message.id = stored.id;
    message.conversation = stored.conversation;
    message.sender = UserId{u"0"_s}; // of somebody who is gone
    if (const auto sender = m_context.people.find(stored.sender)) {
        message.sender = UserId{m_context.people.idsOf(*sender).objectId};
        if (const auto person = m_context.database.people().find(*sender))
            message.senderName = person->displayName;
    }
    QList<Block> blocks = RichText::fromHtml(stored.content).blocks();
    if (stored.attachments.isEmpty())
        takeFileLink(blocks, message);
    QString text = RichText(blocks).toPlainText();
    takeAttachments(stored.attachments, text, message);
    if (!text.isEmpty())
        message.text = text;
    message.createdAt = stored.sentAt;
    message.updatedAt = stored.lastEditedAt;
    return message;
}

} // namespace presently::net
