// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/client/keychaincredentialstore.h"

#include "net/client/credentialstoreentry.h"
#include "net/client/keychainserviceprobe.h"

#include <QPointer>
#include <QTimer>

#include <qt6keychain/keychain.h>

#include <algorithm>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace presently::net {

struct KeychainCredentialStore::Operation {
    enum class Kind { Read, Write, Remove };

    ~Operation() { wipe(secret); }

    Kind kind = Kind::Read;
    QString entry;
    QByteArray secret;
    QPointer<QObject> context;
    ReadHandler readDone;
    DoneHandler done;
    bool isAnswered = false;

    //! The first answer counts; a later one, from a job that outlived its deadline, does not.
    void answer(Expected<QByteArray, Error> result)
    {
        if (std::exchange(isAnswered, true))
            return;
        const ReadHandler readHandler = std::exchange(readDone, {});
        const DoneHandler doneHandler = std::exchange(done, {});
        if (!context)
            return;
        if (readHandler)
            readHandler(std::move(result));
        else if (result)
            doneHandler({});
        else
            doneHandler(Unexpected{std::move(result).error()});
    }
};

namespace {

ErrorCode codeFor(QKeychain::Error error)
{
    switch (error) {
    case QKeychain::EntryNotFound:
        return ErrorCode::KeychainEntryNotFound;
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return ErrorCode::KeychainLocked;
    default:
        return ErrorCode::KeychainAbsent;
    }
}

} // namespace

KeychainCredentialStore::KeychainCredentialStore(
    const QString &service, std::chrono::milliseconds deadline, QObject *parent)
    : QObject(parent)
    , m_service(service)
    , m_deadline(deadline)
    , m_probe(std::make_unique<KeychainServiceProbe>())
{
}

KeychainCredentialStore::~KeychainCredentialStore() = default;

void KeychainCredentialStore::read(const QString &entry, QObject *context, ReadHandler done)
{
    auto operation = std::make_shared<Operation>();
    operation->kind = Operation::Kind::Read;
    operation->entry = entry;
    operation->context = context;
    operation->readDone = std::move(done);
    enqueue(std::move(operation));
}

void KeychainCredentialStore::write(
    const QString &entry, const QByteArray &secret, QObject *context, DoneHandler done)
{
    auto operation = std::make_shared<Operation>();
    operation->kind = Operation::Kind::Write;
    operation->entry = entry;
    // A deep copy: the caller wipes its own bytes.
    operation->secret = QByteArray(secret.constData(), secret.size());
    operation->context = context;
    operation->done = std::move(done);
    enqueue(std::move(operation));
}

void KeychainCredentialStore::remove(const QString &entry, QObject *context, DoneHandler done)
{
    auto operation = std::make_shared<Operation>();
    operation->kind = Operation::Kind::Remove;
    operation->entry = entry;
    operation->context = context;
    operation->done = std::move(done);
    enqueue(std::move(operation));
}

void KeychainCredentialStore::enqueue(std::shared_ptr<Operation> operation)
{
    QTimer::singleShot(m_deadline, this, [this, operation] {
        std::erase(m_waiting, operation);
        operation->answer(Unexpected{
            Error{ErrorCode::KeychainTimeout, {}, u"the keychain did not answer in time"_s, {}}});
    });
    m_waiting.push_back(std::move(operation));
    startNext();
}

void KeychainCredentialStore::startNext()
{
    if (m_running || m_waiting.empty())
        return;
    m_running = std::move(m_waiting.front());
    m_waiting.pop_front();
    if (!KeychainServiceProbe::isReachable()) {
        explainFailure(std::exchange(m_running, nullptr), ErrorCode::KeychainAbsent,
            u"there is no session bus"_s);
        startNext();
        return;
    }

    QKeychain::Job *job = nullptr;
    switch (m_running->kind) {
    case Operation::Kind::Read:
        job = new QKeychain::ReadPasswordJob(m_service);
        break;
    case Operation::Kind::Write: {
        auto *write = new QKeychain::WritePasswordJob(m_service);
        write->setBinaryData(m_running->secret);
        job = write;
        break;
    }
    case Operation::Kind::Remove:
        job = new QKeychain::DeletePasswordJob(m_service);
        break;
    }
    job->setKey(m_running->entry);
    // The fallback would be plain text in a settings file.
    job->setInsecureFallback(false);
    connect(job, &QKeychain::Job::finished, this,
        [this, operation = m_running](
            QKeychain::Job *finished) { onJobFinished(operation, finished); });
    job->start();
}

void KeychainCredentialStore::onJobFinished(
    const std::shared_ptr<Operation> &operation, QKeychain::Job *job)
{
    m_running.reset();
    if (job->error() == QKeychain::NoError) {
        QByteArray secret;
        if (auto *read = qobject_cast<QKeychain::ReadPasswordJob *>(job))
            secret = read->binaryData();
        operation->answer(std::move(secret));
    } else if (job->error() == QKeychain::AccessDeniedByUser) {
        operation->answer(Unexpected{Error{ErrorCode::KeychainLocked, {}, job->errorString(), {}}});
    } else {
        explainFailure(operation, codeFor(job->error()), job->errorString());
    }
    startNext();
}

void KeychainCredentialStore::explainFailure(
    const std::shared_ptr<Operation> &operation, ErrorCode found, const QString &detail)
{
    m_probe->ask(this, [operation, found, detail](KeychainService service) {
        ErrorCode code = found;
        if (service == KeychainService::Locked)
            code = ErrorCode::KeychainLocked;
        else if (service == KeychainService::Unusable && found == ErrorCode::KeychainAbsent)
            code = ErrorCode::KeychainLocked;
        else if (service == KeychainService::Absent)
            code = ErrorCode::KeychainAbsent;

        if (code == ErrorCode::KeychainEntryNotFound && operation->kind == Operation::Kind::Remove)
            operation->answer(QByteArray());
        else
            operation->answer(Unexpected{Error{code, {}, detail, {}}});
    });
}

} // namespace presently::net
