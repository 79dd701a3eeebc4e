// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/userstatus/grpc/grpccalls.h"

#include "net/wire/http/headerlist.h"

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using userstatus::Failure;

namespace {

//! The only value of \a key; empty when there is none or more than one.
QByteArray onlyValue(const grpc::CallbackServerContext &context, const char *key)
{
    const auto &metadata = context.client_metadata();
    if (metadata.count(key) != 1)
        return {};
    const grpc::string_ref value = metadata.find(key)->second;
    return {value.data(), qsizetype(value.size())};
}

} // namespace

CallCredentials credentialsOf(const grpc::CallbackServerContext &context)
{
    CallCredentials credentials;
    const QByteArray authorization = onlyValue(context, "authorization");
    const qsizetype blank = authorization.indexOf(' ');
    if (blank > 0 && equalsIgnoringCase(QByteArrayView(authorization).first(blank), "Bearer"))
        credentials.token = authorization.sliced(blank + 1).trimmed();
    credentials.device = onlyValue(context, "x-device-id");
    return credentials;
}

grpc::Status statusOf(const Failure &failure, grpc::CallbackServerContext &context)
{
    const auto &row = userstatus::faultRow(failure.fault);
    userstatus::pb::ErrorResponse details;
    userstatus::write(failure, details);
    context.AddTrailingMetadata("x-error-code", std::string(row.name.data(), row.name.size()));
    context.AddTrailingMetadata("x-error-bin", details.SerializeAsString());
    return {static_cast<grpc::StatusCode>(row.status), userstatus::toBytes(failure.message)};
}

void UnaryCall::refuse(const Failure &failure)
{
    Finish(statusOf(failure, m_context));
}

void CallBreaker::breakCall()
{
    const std::lock_guard lock(m_mutex);
    if (m_context)
        m_context->TryCancel();
}

void CallBreaker::callDone()
{
    const std::lock_guard lock(m_mutex);
    m_context = nullptr;
}

void StreamCall::write(const userstatus::StatusEvent &event, userstatus::EnumRevision revision)
{
    m_event.Clear();
    userstatus::write(event, revision, m_event);
    StartWrite(&m_event);
}

void StreamCall::refuse(const Failure &failure)
{
    Finish(statusOf(failure, m_context));
}

void StreamCall::OnDone()
{
    m_breaker->callDone();
    delete this;
}

} // namespace presently::net
