// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/common/wording.h"
#include "ui/desktop/errorcard.h"
#include "ui/desktop/signindialog.h"
#include "ui/desktop/theme.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace presently;
using namespace presently::ui;
using namespace Qt::Literals::StringLiterals;

namespace {

struct Fixture {
    Fixture()
        : dialog(theme)
        , requested(&dialog, &SignInDialog::signInRequested)
    {
        dialog.show();
    }

    void fill(const QString &server)
    {
        dialog.findChild<QLineEdit *>(u"serverField"_s)->setText(server);
        dialog.findChild<QLineEdit *>(u"loginField"_s)->setText(u" mia "_s);
        QTest::keyClicks(dialog.findChild<QLineEdit *>(u"passwordField"_s), u"secret "_s);
    }
    [[nodiscard]] QPushButton *button() const
    {
        return dialog.findChild<QPushButton *>(u"signInButton"_s);
    }
    [[nodiscard]] ErrorCard *error() const { return dialog.findChild<ErrorCard *>(u"errorCard"_s); }

    Theme theme;
    SignInDialog dialog;
    QSignalSpy requested;
};

} // namespace

class tst_SignInDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksOnceAndThenWaits()
    {
        Fixture fixture;
        QVERIFY(!fixture.button()->isEnabled());
        fixture.fill(u"https://chat.example.com"_s);
        fixture.button()->click();
        QCOMPARE(fixture.requested.count(), 1);
        QCOMPARE(fixture.requested[0][0].toUrl(), QUrl(u"https://chat.example.com"_s));
        QCOMPARE(fixture.requested[0][1].toString(), u"mia"_s);
        QCOMPARE(fixture.requested[0][2].toString(), u"secret "_s);
        QVERIFY(fixture.requested[0][3].toBool());
        QVERIFY(!fixture.button()->isEnabled());
    }

    void addressesMayLeaveOutTheScheme_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("url");
        QTest::newRow("bare host") << u"chat.example.com"_s << u"https://chat.example.com"_s;
        QTest::newRow("host and port") << u"localhost:8080"_s << u"https://localhost:8080"_s;
        QTest::newRow("http is kept") << u"http://127.0.0.1:8080"_s << u"http://127.0.0.1:8080"_s;
        QTest::newRow("a file") << u"file:///etc/passwd"_s << QString();
        QTest::newRow("no host") << u"https://"_s << QString();
        QTest::newRow("nonsense") << u"not a server"_s << QString();
    }
    void addressesMayLeaveOutTheScheme()
    {
        QFETCH(QString, typed);
        QFETCH(QString, url);
        Fixture fixture;
        fixture.fill(typed);
        fixture.button()->click();
        QCOMPARE(fixture.requested.count(), url.isEmpty() ? 0 : 1);
        if (url.isEmpty())
            QVERIFY(fixture.error()->isVisible());
        else
            QCOMPARE(fixture.requested[0][0].toUrl(), QUrl(url));
    }

    void errorsAreSaidInWords()
    {
        Fixture fixture;
        fixture.fill(u"https://chat.example.com"_s);
        fixture.button()->click();
        Error error;
        error.code = ErrorCode::InvalidCredentials;
        fixture.dialog.showError(error);
        QVERIFY(fixture.error()->isVisible());
        QCOMPARE(fixture.error()->text(), errorWords(error).joined());
        QVERIFY(fixture.button()->isEnabled());
        QTest::keyClicks(fixture.dialog.findChild<QLineEdit *>(u"passwordField"_s), u"x"_s);
        QVERIFY(!fixture.error()->isVisible());
    }

    void withoutAKeychainThereIsAChoice()
    {
        Fixture fixture;
        fixture.fill(u"https://chat.example.com"_s);
        fixture.button()->click();
        QSignalSpy accepted(&fixture.dialog, &SignInDialog::sessionOnlyAccepted);
        QSignalSpy cancelled(&fixture.dialog, &SignInDialog::cancelled);
        Error error;
        error.code = ErrorCode::KeychainAbsent;
        fixture.dialog.offerSessionOnly(error);
        QVERIFY(fixture.dialog.findChild<QWidget *>(u"keychainQuestion"_s)->isVisible());
        fixture.button()->click();
        QCOMPARE(accepted.count(), 1);
        QTest::keyClick(&fixture.dialog, Qt::Key_Escape);
        QCOMPARE(cancelled.count(), 1);
        QCOMPARE(fixture.requested.count(), 1);
    }
};

QTEST_MAIN(tst_SignInDialog)
#include "tst_signindialog.moc"
