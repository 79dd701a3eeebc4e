// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/signindialog.h"

#include "ui/common/wording.h"
#include "ui/desktop/errorcard.h"
#include "ui/desktop/plainlabel.h"
#include "ui/desktop/theme.h"

#include <QCheckBox>
#include <QIcon>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

namespace {

constexpr int Width = 420;
constexpr int Margin = 36;
constexpr int LogoSize = 56;

QLineEdit *addField(QVBoxLayout &column, const QString &label, const QString &name, QWidget *parent)
{
    auto *caption = new PlainLabel(label, parent);
    caption->setProperty("role", u"fieldLabel"_s);
    auto *field = new QLineEdit(parent);
    field->setObjectName(name);
    field->setAccessibleName(label);
    caption->setBuddy(field);
    column.addWidget(caption);
    column.addWidget(field);
    column.addSpacing(8);
    return field;
}

//! What a person may leave out: "chat.example.com" means https.
QUrl serverFrom(const QString &typed)
{
    const QString text = typed.trimmed();
    if (text.isEmpty())
        return {};
    const QUrl url(text.contains("://"_L1) ? text : u"https://"_s + text, QUrl::StrictMode);
    const bool web = url.scheme() == "https"_L1 || url.scheme() == "http"_L1;
    return url.isValid() && web && !url.host().isEmpty() ? url : QUrl();
}

} // namespace

struct SignInDialog::Widgets {
    PlainLabel *title = nullptr;
    PlainLabel *subtitle = nullptr;
    QWidget *form = nullptr;
    QLineEdit *server = nullptr;
    QLineEdit *login = nullptr;
    QLineEdit *password = nullptr;
    QCheckBox *keep = nullptr;
    QWidget *question = nullptr;
    PlainLabel *questionTitle = nullptr;
    PlainLabel *questionText = nullptr;
    ErrorCard *error = nullptr;
    QProgressBar *progress = nullptr;
    QPushButton *submit = nullptr;
    QPushButton *cancel = nullptr;
};

SignInDialog::SignInDialog(Theme &theme, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_ui(std::make_unique<Widgets>())
{
    setObjectName(u"signInDialog"_s);
    setWindowIcon(QIcon(u":/presently/icons/application.svg"_s));
    build();
    setPurpose(SignInPurpose::Begin);
    showForm();
}

SignInDialog::~SignInDialog() = default;

void SignInDialog::build()
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Margin, Margin, Margin, Margin - 8);
    column->setSpacing(4);
    column->setSizeConstraint(QLayout::SetFixedSize);

    auto *logo = new PlainLabel(this);
    logo->setPixmap(windowIcon().pixmap(QSize(LogoSize, LogoSize), devicePixelRatioF()));
    m_ui->title = new PlainLabel(this);
    m_ui->title->setProperty("role", u"headline"_s);
    m_ui->subtitle = new PlainLabel(this);
    m_ui->subtitle->setProperty("role", u"secondary"_s);
    m_ui->subtitle->setWordWrap(true);
    column->addWidget(logo);
    column->addSpacing(12);
    column->addWidget(m_ui->title);
    column->addWidget(m_ui->subtitle);
    column->addSpacing(18);

    m_ui->form = new QWidget(this);
    auto *form = new QVBoxLayout(m_ui->form);
    form->setContentsMargins(0, 0, 0, 0);
    form->setSpacing(4);
    m_ui->server = addField(*form, tr("Server"), u"serverField"_s, m_ui->form);
    m_ui->server->setPlaceholderText(u"https://chat.example.com"_s);
    m_ui->login = addField(*form, tr("Login"), u"loginField"_s, m_ui->form);
    m_ui->password = addField(*form, tr("Password"), u"passwordField"_s, m_ui->form);
    m_ui->password->setEchoMode(QLineEdit::Password);
    m_ui->keep = new QCheckBox(tr("Keep me signed in on this computer"), m_ui->form);
    m_ui->keep->setObjectName(u"keepSignedInBox"_s);
    m_ui->keep->setChecked(true);
    form->addSpacing(2);
    form->addWidget(m_ui->keep);
    m_ui->form->setFixedWidth(Width - 2 * Margin);
    column->addWidget(m_ui->form);

    m_ui->question = new QWidget(this);
    m_ui->question->setObjectName(u"keychainQuestion"_s);
    auto *question = new QVBoxLayout(m_ui->question);
    question->setContentsMargins(0, 0, 0, 0);
    question->setSpacing(6);
    m_ui->questionTitle = new PlainLabel(m_ui->question);
    m_ui->questionTitle->setProperty("role", u"title"_s);
    m_ui->questionText = new PlainLabel(m_ui->question);
    m_ui->questionText->setProperty("role", u"secondary"_s);
    for (PlainLabel *label : {m_ui->questionTitle, m_ui->questionText}) {
        label->setWordWrap(true);
        question->addWidget(label);
    }
    m_ui->question->setFixedWidth(Width - 2 * Margin);
    column->addWidget(m_ui->question);

    m_ui->error = new ErrorCard(this);
    column->addSpacing(10);
    column->addWidget(m_ui->error);
    m_ui->progress = new QProgressBar(this);
    m_ui->progress->setRange(0, 0);
    m_ui->progress->setTextVisible(false);
    m_ui->progress->setAccessibleName(tr("Signing in"));
    QSizePolicy keepsItsPlace = m_ui->progress->sizePolicy();
    keepsItsPlace.setRetainSizeWhenHidden(true);
    m_ui->progress->setSizePolicy(keepsItsPlace);
    column->addSpacing(10);
    column->addWidget(m_ui->progress);
    column->addSpacing(8);

    m_ui->submit = new QPushButton(this);
    m_ui->submit->setObjectName(u"signInButton"_s);
    m_ui->submit->setProperty("role", u"primary"_s);
    m_ui->submit->setDefault(true);
    m_ui->cancel = new QPushButton(tr("Cancel"), this);
    m_ui->cancel->setObjectName(u"cancelButton"_s);
    m_ui->cancel->setAutoDefault(false);
    column->addWidget(m_ui->submit);
    column->addSpacing(4);
    column->addWidget(m_ui->cancel);

    connect(m_ui->submit, &QPushButton::clicked, this, &SignInDialog::submit);
    connect(m_ui->cancel, &QPushButton::clicked, this, &SignInDialog::reject);
    for (QLineEdit *field : {m_ui->server, m_ui->login, m_ui->password}) {
        connect(field, &QLineEdit::textEdited, this, [this] {
            m_ui->error->hide();
            refreshButton();
        });
    }
}

void SignInDialog::showForm()
{
    m_asking = false;
    m_ui->question->hide();
    m_ui->form->show();
    m_ui->submit->setText(tr("Sign in"));
    setBusy(false);
    QLineEdit *const fields[] = {m_ui->server, m_ui->login, m_ui->password};
    for (QLineEdit *field : fields) {
        if (field->text().isEmpty()) {
            field->setFocus();
            return;
        }
    }
}

void SignInDialog::setPurpose(SignInPurpose purpose)
{
    const bool adds = purpose == SignInPurpose::AddAccount;
    setWindowTitle(adds ? tr("Add an account — Presently") : tr("Sign in — Presently"));
    m_ui->title->setText(adds ? tr("Add an account") : tr("Welcome to Presently"));
    m_ui->subtitle->setText(adds ? tr("It runs beside the ones you have. You switch in the list.")
                                 : tr("Sign in to see who is there."));
}

void SignInDialog::setServer(const QUrl &server)
{
    m_ui->server->setText(server.toString());
    showForm();
}

void SignInDialog::setLogin(const QString &login)
{
    m_ui->login->setText(login);
    showForm();
}

void SignInDialog::setKeepSignedIn(bool keep)
{
    m_ui->keep->setChecked(keep);
}

void SignInDialog::refreshButton()
{
    const bool filled = !m_ui->server->text().trimmed().isEmpty()
        && !m_ui->login->text().trimmed().isEmpty() && !m_ui->password->text().isEmpty();
    m_ui->submit->setEnabled(!m_busy && (m_asking || filled));
}

void SignInDialog::setBusy(bool busy)
{
    m_busy = busy;
    m_ui->form->setEnabled(!busy);
    m_ui->progress->setVisible(busy);
    if (!m_asking)
        m_ui->submit->setText(busy ? tr("Signing in …") : tr("Sign in"));
    if (busy)
        m_ui->error->hide();
    refreshButton();
}

void SignInDialog::showError(const Error &error)
{
    showForm();
    m_ui->error->present(errorWords(error));
    const bool server = error.code == ErrorCode::InvalidUrl || error.code == ErrorCode::Unreachable
        || error.code == ErrorCode::UnsupportedServer || error.code == ErrorCode::TlsFailed;
    QLineEdit *field = server ? m_ui->server : m_ui->password;
    field->setFocus();
    field->selectAll();
}

void SignInDialog::offerSessionOnly(const Error &keychainError)
{
    setBusy(false);
    m_asking = true;
    m_ui->error->hide();
    m_ui->form->hide();
    m_ui->questionTitle->setText(errorWords(keychainError).what);
    m_ui->questionText->setText(tr(
        "Presently never writes your sign-in to a file. You can go on for this session only: when "
        "you quit, you will have to sign in again."));
    m_ui->question->show();
    m_ui->submit->setText(tr("This session only"));
    refreshButton();
    m_ui->submit->setFocus();
}

void SignInDialog::submit()
{
    if (m_busy)
        return;
    if (m_asking) {
        Q_EMIT sessionOnlyAccepted();
        return;
    }
    const QUrl server = serverFrom(m_ui->server->text());
    if (server.isEmpty()) {
        showError(Error{ErrorCode::InvalidUrl, {}, {}, {}});
        return;
    }
    setBusy(true);
    Q_EMIT signInRequested(
        server, m_ui->login->text().trimmed(), m_ui->password->text(), m_ui->keep->isChecked());
}

void SignInDialog::reject()
{
    Q_EMIT cancelled();
    QDialog::reject();
}

} // namespace presently::ui
