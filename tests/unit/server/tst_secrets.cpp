// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/passwordhasher.h"
#include "net/server/secretfile.h"
#include "net/server/tokenservice.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QMessageAuthenticationCode>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace presently;
using namespace presently::net;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

const WallTime now{Milliseconds{1'770'472'800'000}};
const QByteArray secret = "a secret of this very server";

//! A token whose parts are given; only the signature is missing or wrong.
QByteArray forged(const QByteArray &header, const QByteArray &payload)
{
    const auto part = [](const QByteArray &text) {
        return text.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    };
    return part(header) + '.' + part(payload) + '.';
}

AuthOptions cheap()
{
    AuthOptions options;
    options.hashPasses = 1;
    options.hashMemoryKib = 64;
    return options;
}

} // namespace

class tst_Secrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tokensComeBackAsTheyWentOut();
    void tokensExpireToTheSecond();
    void refusesTokens_data();
    void refusesTokens();
    void outsideTokensHaveNoSession();
    void outsideTokensMayNameByNumber();
    void outsideSecretCannotMakeTokensOfOurs();
    void passwordsMatchTheirHashOnly();
    void hashesAreArgon2id();
    void tooManyWaitingAreRefused();
    void contextThatIsGoneHearsNothing();
    void secretIsMadeOnceForItsOwnerOnly();
    void refusesSecretFiles_data();
    void refusesSecretFiles();
};

void tst_Secrets::tokensComeBackAsTheyWentOut()
{
    const TokenService tokens(secret, {}, u"sub"_s);
    const QByteArray token = tokens.issue(
        UserId{u"ана \"x\""_s}, SessionId{u"s-1"_s}, DeviceId{u"d-1"_s}, now, now + 15min);
    const auto claims = tokens.check(token, now);
    QVERIFY(claims.has_value());
    QCOMPARE(claims->user, UserId{u"ана \"x\""_s});
    QVERIFY(claims->session == SessionId{u"s-1"_s});
    QVERIFY(claims->expiresAt == now + 15min);
}

void tst_Secrets::tokensExpireToTheSecond()
{
    const TokenService tokens(secret, {}, u"sub"_s);
    const QByteArray token
        = tokens.issue(UserId{u"ana"_s}, SessionId{u"s"_s}, DeviceId{u"d"_s}, now, now + 15min);
    QVERIFY(tokens.check(token, now + 15min - 1ms).has_value());
    const auto expired = tokens.check(token, now + 15min);
    QVERIFY(!expired.has_value());
    QCOMPARE(expired.error().code, ErrorCode::Unauthenticated);
    QCOMPARE(expired.error().field, u"exp"_s);
}

void tst_Secrets::refusesTokens_data()
{
    QTest::addColumn<QByteArray>("token");
    const TokenService other("a secret of another server", {}, u"sub"_s);
    const QByteArray good = TokenService(secret, {}, u"sub"_s)
                                .issue(UserId{u"ana"_s}, SessionId{u"s"_s}, {}, now, now + 1h);
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no token") << QByteArray("hello");
    QTest::newRow("another server's")
        << other.issue(UserId{u"ana"_s}, SessionId{u"s"_s}, {}, now, now + 1h);
    QTest::newRow("signature cut") << good.left(good.lastIndexOf('.') + 1);
    QTest::newRow("signature changed") << good.chopped(2) + "AA";
    QTest::newRow("algorithm none")
        << forged(R"({"alg":"none","typ":"JWT"})", R"({"sub":"ana","sid":"s","exp":99999999999})");
    QTest::newRow("algorithm HS256 without signature")
        << forged(R"({"alg":"HS256","typ":"JWT"})", R"({"sub":"ana"})");
    QTest::newRow("names nobody")
        << TokenService(secret, {}, u"sub"_s).issue(UserId{}, SessionId{u"s"_s}, {}, now, now + 1h);
    QTest::newRow("too long") << QByteArray(5000, 'a');
    QTest::newRow("with a NUL") << good + '\0' + "x";
}

void tst_Secrets::refusesTokens()
{
    QFETCH(QByteArray, token);
    const auto claims
        = TokenService(secret, {"one more secret, unused"}, u"sub"_s).check(token, now);
    QVERIFY(!claims.has_value());
    QCOMPARE(claims.error().code, ErrorCode::Unauthenticated);
}

void tst_Secrets::outsideTokensHaveNoSession()
{
    const TokenService issuer("a secret of the host", {}, u"sub"_s);
    const TokenService tokens(secret, {"another host's secret", "a secret of the host"}, u"sub"_s);
    const auto claims = tokens.check(issuer.issue(UserId{u"ana"_s}, {}, {}, now, now + 1h), now);
    QVERIFY(claims.has_value());
    QVERIFY(!claims->session);
}

void tst_Secrets::outsideTokensMayNameByNumber()
{
    // {"alg":"HS256","typ":"JWT"} {"uid":42}, signed with "0123456789abcdef0123"
    const QByteArray head
        = QByteArray(R"({"alg":"HS256","typ":"JWT"})")
              .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    const QByteArray body
        = QByteArray(R"({"uid":42})")
              .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    const QByteArray key = "0123456789abcdef0123";
    const QByteArray signature
        = QMessageAuthenticationCode::hash(head + '.' + body, key, QCryptographicHash::Sha256)
              .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    const auto claims
        = TokenService(secret, {key}, u"uid"_s).check(head + '.' + body + '.' + signature, now);
    QVERIFY(claims.has_value());
    QCOMPARE(claims->user, UserId{u"42"_s});
    QVERIFY(!claims->expiresAt);
}

void tst_Secrets::outsideSecretCannotMakeTokensOfOurs()
{
    const TokenService issuer("a secret of the host", {}, u"sub"_s);
    const TokenService tokens(secret, {"a secret of the host"}, u"sub"_s);
    const auto claims
        = tokens.check(issuer.issue(UserId{u"ana"_s}, SessionId{u"s"_s}, {}, now, now + 1h), now);
    QVERIFY(claims.has_value());
    QVERIFY(!claims->session);
}

void tst_Secrets::passwordsMatchTheirHashOnly()
{
    PasswordHasher hasher(cheap());
    const auto hash = PasswordHasher::hashNow("correct horse", cheap());
    QVERIFY(hash.has_value());
    QList<bool> answers;
    const auto record
        = [&answers](const Expected<bool, Error> &matched) { answers.append(matched && *matched); };
    hasher.verify(*hash, "correct horse", this, record);
    hasher.verify(*hash, "correct horsf", this, record);
    hasher.verify({}, "correct horse", this, record);
    hasher.verify("$argon2id$broken", "correct horse", this, record);
    QTRY_COMPARE(answers.size(), 4);
    QCOMPARE(answers.count(true), 1);
}

void tst_Secrets::hashesAreArgon2id()
{
    const auto one = PasswordHasher::hashNow("same", cheap());
    const auto other = PasswordHasher::hashNow("same", cheap());
    QVERIFY(one.has_value() && other.has_value());
    QVERIFY(one->startsWith("$argon2id$v=19$m=64,t=1,"));
    QVERIFY(*one != *other);
}

void tst_Secrets::tooManyWaitingAreRefused()
{
    AuthOptions options = cheap();
    options.maxWaitingHashes = 2;
    PasswordHasher hasher(options);
    int refused = 0;
    int done = 0;
    for (int i = 0; i < 3; ++i) {
        hasher.hash("x", this, [&](const Expected<QByteArray, Error> &hash) {
            ++done;
            refused += !hash && hash.error().code == ErrorCode::RateLimited ? 1 : 0;
        });
    }
    QCOMPARE(refused, 1);
    QTRY_COMPARE(done, 3);
    hasher.hash("x", this, [&](const Expected<QByteArray, Error> &) { ++done; });
    QTRY_COMPARE(done, 4);
    QCOMPARE(refused, 1);
}

void tst_Secrets::contextThatIsGoneHearsNothing()
{
    PasswordHasher hasher(cheap());
    bool heard = false;
    bool heardOther = false;
    auto context = std::make_unique<QObject>();
    hasher.hash("x", context.get(), [&](const Expected<QByteArray, Error> &) { heard = true; });
    context.reset();
    hasher.hash("y", this, [&](const Expected<QByteArray, Error> &) { heardOther = true; });
    QTRY_VERIFY(heardOther);
    QVERIFY(!heard);
}

void tst_Secrets::secretIsMadeOnceForItsOwnerOnly()
{
    QTemporaryDir directory;
    const QString path = directory.filePath(u"token.secret"_s);
    const auto made = readOrMakeSecret(path);
    QVERIFY(made.has_value());
    QVERIFY(made->size() >= 43);
    const auto again = readOrMakeSecret(path);
    QVERIFY(again.has_value());
    QCOMPARE(*again, *made);
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFileInfo(path).permissions() & others));
}

void tst_Secrets::refusesSecretFiles_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("blank lines") << QByteArray("\n \n");
    QTest::newRow("short") << QByteArray("hunter2\n");
    QTest::newRow("one of two is short") << QByteArray("long enough for anybody\nshort\n");
    QTest::newRow("huge") << QByteArray(70'000, 'x');
}

void tst_Secrets::refusesSecretFiles()
{
    QFETCH(QByteArray, content);
    QTemporaryDir directory;
    const QString path = directory.filePath(u"secrets"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    const auto read = readSecrets(path);
    QVERIFY(!read.has_value());
    QCOMPARE(read.error().field, path);
}

QTEST_GUILESS_MAIN(tst_Secrets)
#include "tst_secrets.moc"
