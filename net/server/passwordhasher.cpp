// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/passwordhasher.h"

#include <QPointer>

#include <sodium.h>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

bool sodiumReady()
{
    static const bool ready = sodium_init() >= 0;
    return ready;
}

Expected<QByteArray, Error> makeHash(const QByteArray &password, const AuthOptions &options)
{
    QByteArray hash(crypto_pwhash_STRBYTES, '\0');
    const auto passes = static_cast<unsigned long long>(options.hashPasses);
    const auto memory = static_cast<size_t>(options.hashMemoryKib) * 1024;
    if (!sodiumReady()
        || crypto_pwhash_str_alg(hash.data(), password.constData(),
               static_cast<unsigned long long>(password.size()), passes, memory,
               crypto_pwhash_ALG_ARGON2ID13)
            != 0)
        return Unexpected{Error{ErrorCode::Internal, {}, u"no memory for a password hash"_s, {}}};
    hash.truncate(qsizetype(qstrlen(hash.constData())));
    return hash;
}

bool matches(const QByteArray &hash, const QByteArray &password)
{
    if (!sodiumReady() || hash.isEmpty() || hash.size() >= qsizetype(crypto_pwhash_STRBYTES))
        return false;
    QByteArray padded = hash;
    padded.append(qsizetype(crypto_pwhash_STRBYTES) - hash.size(), '\0');
    return crypto_pwhash_str_verify(padded.constData(), password.constData(),
               static_cast<unsigned long long>(password.size()))
        == 0;
}

void wipe(QByteArray &secret)
{
    sodium_memzero(secret.data(), size_t(secret.size()));
}

Error tooMany()
{
    return {ErrorCode::RateLimited, {}, u"too many sign-ins at once"_s, std::chrono::seconds{2}};
}

} // namespace

PasswordHasher::PasswordHasher(const AuthOptions &options, QObject *parent)
    : QObject(parent)
    , m_options(options)
{
    m_pool.setMaxThreadCount(options.hashThreads);
}

PasswordHasher::~PasswordHasher()
{
    m_pool.clear();
    m_pool.waitForDone();
}

bool PasswordHasher::enter()
{
    if (m_waiting >= m_options.maxWaitingHashes)
        return false;
    ++m_waiting;
    return true;
}

void PasswordHasher::hash(QByteArray password, QObject *context, Hashed done)
{
    if (!enter())
        return done(Unexpected{tooMany()});
    m_pool.start([this, options = m_options, secret = std::move(password),
                     guard = QPointer(context), done = std::move(done)]() mutable {
        Expected<QByteArray, Error> result = makeHash(secret, options);
        wipe(secret);
        QMetaObject::invokeMethod(this, [this, guard, done, result] {
            --m_waiting;
            if (guard)
                done(result);
        });
    });
}

void PasswordHasher::verify(
    const QByteArray &hash, QByteArray password, QObject *context, Verified done)
{
    if (!enter())
        return done(Unexpected{tooMany()});
    m_pool.start([this, options = m_options, hash, secret = std::move(password),
                     guard = QPointer(context), done = std::move(done)]() mutable {
        // Making a hash costs what checking one costs: nobody learns from the time who exists.
        const bool matched
            = hash.isEmpty() ? (void(makeHash(secret, options)), false) : matches(hash, secret);
        wipe(secret);
        QMetaObject::invokeMethod(this, [this, guard, done, matched] {
            --m_waiting;
            if (guard)
                done(matched);
        });
    });
}

Expected<QByteArray, Error> PasswordHasher::hashNow(
    const QByteArray &password, const AuthOptions &options)
{
    return makeHash(password, options);
}

} // namespace presently::net
