// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/common/wording.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

namespace {

//! Gives the words below one translation context.
class ErrorText
{
    Q_DECLARE_TR_FUNCTIONS(ErrorText)
};

QString retryAdvice(const Error &error)
{
    if (!error.retryAfter || *error.retryAfter <= std::chrono::seconds{1})
        return ErrorText::tr("Please wait a moment and try again.");
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(*error.retryAfter).count();
    if (seconds < 120)
        return ErrorText::tr("Please try again in %n seconds.", nullptr, int(seconds));
    return ErrorText::tr("Please try again in %n minutes.", nullptr, int((seconds + 59) / 60));
}

ErrorWords inputWords(ErrorCode code)
{
    if (code == ErrorCode::TooLarge)
        return {ErrorText::tr("That is too large for this server."),
            ErrorText::tr("Make it shorter, or send a smaller file.")};
    if (code == ErrorCode::InvalidField || code == ErrorCode::MissingField)
        return {ErrorText::tr("The server did not accept what was entered."),
            ErrorText::tr("Check it and try again.")};
    return {ErrorText::tr("The server sent something that cannot be read."),
        ErrorText::tr("Try again; if it stays, tell the people who run the server.")};
}

ErrorWords accessWords(const Error &error)
{
    switch (error.code) {
    case ErrorCode::Unauthenticated:
        return {ErrorText::tr("Your sign-in has expired."), ErrorText::tr("Sign in again.")};
    case ErrorCode::InvalidCredentials:
        return {ErrorText::tr("Login or password is wrong."),
            ErrorText::tr("Check both and try again.")};
    case ErrorCode::Forbidden:
        return {ErrorText::tr("You are not allowed to do that."),
            ErrorText::tr("Ask the people who run the server if you think you should be.")};
    case ErrorCode::NotFound:
        return {ErrorText::tr("That no longer exists."),
            ErrorText::tr("It may have been deleted, or you may have been removed from it.")};
    case ErrorCode::Conflict:
        return {ErrorText::tr("That was changed at the same time elsewhere."),
            ErrorText::tr("Look at it again and repeat your change.")};
    case ErrorCode::RateLimited:
        return {ErrorText::tr("That was too much at once for the server."), retryAdvice(error)};
    case ErrorCode::SessionRevoked:
        return {ErrorText::tr("This device was signed out from elsewhere."),
            ErrorText::tr("Sign in again to go on.")};
    default:
        return {ErrorText::tr("You are signed in on too many devices."),
            ErrorText::tr("Sign out on one of them, then connect again here.")};
    }
}

ErrorWords linkWords(const Error &error)
{
    switch (error.code) {
    case ErrorCode::InvalidUrl:
        return {ErrorText::tr("That is not the address of a server."),
            ErrorText::tr("It looks like https://chat.example.com.")};
    case ErrorCode::Unreachable:
        return {ErrorText::tr("The server cannot be reached."),
            ErrorText::tr("Check the address and your network.")};
    case ErrorCode::Timeout:
        return {ErrorText::tr("The server does not answer."),
            ErrorText::tr("It may be busy, or your network may be slow. Try again.")};
    case ErrorCode::TlsFailed:
        return {ErrorText::tr("The connection is not safe, so nothing was sent."),
            ErrorText::tr("The server's certificate cannot be trusted. Check the address and this "
                          "computer's clock, or ask the people who run the server.")};
    case ErrorCode::ProtocolViolation:
        return {ErrorText::tr("The server gave an answer that makes no sense."),
            ErrorText::tr("Try again; if it stays, tell the people who run the server.")};
    case ErrorCode::ServerFailure:
        return {ErrorText::tr("The server has a problem."), retryAdvice(error)};
    case ErrorCode::UnsupportedServer:
        return {ErrorText::tr("There is no chat server that Presently knows at this address."),
            ErrorText::tr("Check the address.")};
    default:
        return {ErrorText::tr("Cancelled."), {}};
    }
}

ErrorWords machineWords(ErrorCode code)
{
    switch (code) {
    case ErrorCode::StorageFull:
        return {ErrorText::tr("The disk is full."),
            ErrorText::tr("Messages are shown, but not kept, until there is room.")};
    case ErrorCode::StorageCorrupt:
        return {ErrorText::tr("The local copy of your messages was damaged."),
            ErrorText::tr("It was set aside and is fetched again from the server.")};
    case ErrorCode::StorageFailed:
        return {ErrorText::tr("The local copy of your messages cannot be used."),
            ErrorText::tr("Check that the disk is not write-protected. Chatting goes on.")};
    case ErrorCode::KeychainAbsent:
        return {ErrorText::tr("This computer has no keychain to keep your sign-in safe."),
            ErrorText::tr("You can sign in for this session only.")};
    case ErrorCode::KeychainLocked:
        return {ErrorText::tr("The keychain is locked."),
            ErrorText::tr("Unlock it and try again, or sign in for this session only.")};
    case ErrorCode::KeychainTimeout:
        return {ErrorText::tr("The keychain does not answer."),
            ErrorText::tr("You can sign in for this session only.")};
    case ErrorCode::KeychainEntryNotFound:
        return {ErrorText::tr("You are not signed in on this computer."),
            ErrorText::tr("Sign in to go on.")};
    default:
        return {ErrorText::tr("Something went wrong inside Presently."),
            ErrorText::tr("Try again; if it stays, restart the program.")};
    }
}

} // namespace

ErrorWords errorWords(const Error &error)
{
    if (error.code <= ErrorCode::InvalidField)
        return inputWords(error.code);
    if (error.code <= ErrorCode::TooManyDevices)
        return accessWords(error);
    if (error.code <= ErrorCode::Cancelled)
        return linkWords(error);
    return machineWords(error.code);
}

QString ErrorWords::joined() const
{
    //: %1: what happened, %2: what to do; both are whole sentences.
    return whatToDo.isEmpty() ? what : ErrorText::tr("%1 %2").arg(what, whatToDo);
}

QString outageReason(const LinkStatus &link)
{
    if (link.state == LinkState::Stopped || link.state == LinkState::SignedOut) {
        if (link.cause)
            return errorWords(*link.cause).joined();
        return ErrorText::tr("Not connected.");
    }
    if (!link.cause)
        return ErrorText::tr("Connecting to the server.");
    switch (link.cause->code) {
    case ErrorCode::Unreachable:
        return ErrorText::tr("The server cannot be reached.");
    case ErrorCode::Timeout:
        return ErrorText::tr("The server stopped answering.");
    case ErrorCode::ServerFailure:
        return ErrorText::tr("The server has a problem or is restarting.");
    default:
        return errorWords(*link.cause).what;
    }
}

} // namespace presently::ui
