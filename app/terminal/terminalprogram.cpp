// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/terminal/terminalprogram.h"

#include "app/common/accountchoice.h"
#include "models/presence/presencestore.h"
#include "net/client/credentialstoreentry.h"
#include "net/client/credentialstorememory.h"
#include "net/client/keychaincredentialstore.h"
#include "ui/common/wording.h"

#include <cstdio>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace presently::app {

namespace {

//! A server that has just started cannot say that its snapshot is complete.
constexpr std::chrono::milliseconds SettleTime{300};
constexpr std::chrono::seconds FirstAnswerDeadline{20};

void write(std::FILE *file, const QByteArray &bytes)
{
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), file);
    std::fflush(file);
}

} // namespace

TerminalProgram::TerminalProgram(
    const ClientOptions &options, const TerminalStyle &style, QByteArray secret, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_style(style)
    , m_secret(std::move(secret))
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(SettleTime);
    connect(&m_settle, &QTimer::timeout, this, &TerminalProgram::onComplete);
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(FirstAnswerDeadline);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        fail(Error{ErrorCode::Timeout, {}, {}, {}});
    });
}

TerminalProgram::~TerminalProgram()
{
    net::wipe(m_secret);
}

void TerminalProgram::start()
{
    m_deadline.start();
    const bool leavesNothing = m_options.isDemo || (isPassedByToken() && m_options.login.isEmpty());
    if (!leavesNothing || !m_options.profileDirectory.isEmpty()) {
        const auto profile = Profile::open(m_options.profileDirectory);
        if (!profile) {
            fail(profile.error());
            return;
        }
        m_profile = *profile;
    }
    if (m_options.isDemo)
        startDemo();
    else
        startAccount();
}

void TerminalProgram::startDemo()
{
    m_credentials = std::make_unique<net::MemoryCredentialStore>();
    m_server = std::make_unique<EmbeddedServer>();
    connect(m_server.get(), &EmbeddedServer::failed, this,
        [this](const Error &error) { fail(ExitCode::Failed, EmbeddedServer::failureText(error)); });
    connect(
        m_server.get(), &EmbeddedServer::ready, this, [this](const EmbeddedServer::Person &person) {
            run({person.server, person.login});
            m_runtime->startWithToken(person.token);
        });
    m_server->start();
}

void TerminalProgram::startAccount()
{
    const std::optional<Account> account = chooseAccount(m_options, m_profile);
    if (!account) {
        fail(ExitCode::NotSignedIn,
            tr("Nobody has signed in here yet. Sign in once with --server URL --user LOGIN "
               "--password-stdin, or in the window of presently."));
        return;
    }
    if (isPassedByToken())
        m_credentials = std::make_unique<net::MemoryCredentialStore>();
    else
        m_credentials = std::make_unique<net::KeychainCredentialStore>(u"Presently"_s);
    run(*account);
    signIn();
}

void TerminalProgram::run(const Account &account)
{
    m_runtime = std::make_unique<ClientRuntime>(
        runtimeOptions(m_profile, account, DeviceType::Terminal), *m_credentials, m_clock);
    // Looking is not being there: nobody sees a script as somebody at the keyboard.
    m_runtime->setActivity(ActivityState::Hidden);

    connect(m_runtime.get(), &ClientRuntime::rosterReceived, this, [this] {
        m_hasRoster = true;
        if (m_hasPresence)
            m_settle.start();
    });
    connect(m_runtime.get(), &ClientRuntime::presenceReceived, this,
        &TerminalProgram::onPresenceReceived);
    connect(m_runtime.get(), &ClientRuntime::signInNeeded, this,
        [this](const Error &error) { fail(error); });
    connect(m_runtime.get(), &ClientRuntime::signInFailed, this,
        [this](const Error &error) { fail(error); });
    connect(m_runtime.get(), &ClientRuntime::signedIn, this, [this] {
        // What cannot be remembered costs a password next time, and nothing now.
        [[maybe_unused]] const auto saved = m_profile.remember(m_runtime->account());
    });
    connect(m_runtime.get(), &ClientRuntime::credentialsNotKept, this, [this](const Error &error) {
        write(stderr, ("presently-tui: "_L1 + ui::errorWords(error).joined() + u'\n').toUtf8());
        m_runtime->keepForThisSession();
    });
    connect(m_runtime.get(), &ClientRuntime::storageTroubled, this, [](const Error &error) {
        write(stderr, ("presently-tui: "_L1 + ui::errorWords(error).joined() + u'\n').toUtf8());
    });
    connect(&m_runtime->session(), &Session::linkChanged, this, &TerminalProgram::onLinkChanged);
    connect(&m_runtime->session().presence(), &PresenceStore::presenceChanged, this,
        &TerminalProgram::printChanges);
}

void TerminalProgram::signIn()
{
    if (isPassedByToken()) {
        m_runtime->startWithToken(m_secret);
    } else if (m_options.secretSource == SecretSource::PasswordOnStandardInput) {
        m_runtime->signIn(QString::fromUtf8(m_secret), KeepCredentials::InKeychain);
    } else {
        m_runtime->startFromKeychain();
    }
    net::wipe(m_secret);
}

void TerminalProgram::onPresenceReceived(bool isComplete)
{
    m_hasPresence = true;
    if (m_isWatching || !m_hasRoster)
        return;
    if (isComplete)
        onComplete();
    else
        m_settle.start();
}

void TerminalProgram::onLinkChanged(const LinkStatus &link)
{
    if (m_isEnding)
        return;
    if (!m_isWatching) {
        // Before the first answer a script wants to know, not to wait.
        const bool isRefused = link.state == LinkState::Waiting || link.state == LinkState::Stopped;
        if (isRefused && link.cause && !m_hasPresence)
            fail(*link.cause);
        return;
    }
    const bool isNews = link.state == LinkState::Online || m_printedLink == LinkState::Online;
    if (m_options.isJson || !isNews || m_printedLink == link.state)
        return;
    m_printedLink = link.state;
    write(stdout, linkText(link, m_runtime->session().serverNow(), m_style).toUtf8());
}

void TerminalProgram::onComplete()
{
    if (m_isEnding || m_isWatching)
        return;
    m_settle.stop();
    m_deadline.stop();
    Session &session = m_runtime->session();
    session.presence().flush();
    if (m_options.action == TerminalAction::Who) {
        write(stdout, m_options.isJson ? whoJson(session) : whoText(session, m_style).toUtf8());
        end(ExitCode::Done);
        return;
    }
    m_isWatching = true;
    m_printedLink = session.link().state;
    const QList<PersonLine> lines = peopleOf(session);
    for (const PersonLine &line : lines) {
        m_printed.insert(line.person.user, line);
        if (m_options.isJson)
            write(stdout, changeJson(line));
    }
    if (!m_options.isJson)
        write(stdout, whoText(session, m_style).toUtf8());
    if (m_options.duration)
        QTimer::singleShot(*m_options.duration, this, [this] { end(ExitCode::Done); });
}

void TerminalProgram::printChanges(const QList<UserId> &users)
{
    if (!m_isWatching || m_isEnding)
        return;
    Session &session = m_runtime->session();
    for (const UserId &user : users) {
        const PersonLine line = personLine(session, user);
        if (user == session.self().user || m_printed.value(user) == line)
            continue;
        m_printed.insert(user, line);
        write(stdout,
            m_options.isJson ? changeJson(line)
                             : changeText(line, session.serverNow(), m_style).toUtf8());
    }
}

void TerminalProgram::fail(const Error &error)
{
    fail(exitCodeFor(error), ui::errorWords(error).joined());
}

void TerminalProgram::fail(ExitCode code, const QString &words)
{
    if (m_isEnding)
        return;
    write(stderr, ("presently-tui: "_L1 + words + u'\n').toUtf8());
    end(code);
}

void TerminalProgram::end(ExitCode code)
{
    if (std::exchange(m_isEnding, true))
        return;
    m_deadline.stop();
    m_settle.stop();
    const int number = static_cast<int>(code);
    if (!m_runtime) {
        Q_EMIT finished(number);
        return;
    }
    connect(m_runtime.get(), &ClientRuntime::finished, this,
        [this, number] { Q_EMIT finished(number); });
    m_runtime->quit();
}

bool TerminalProgram::isPassedByToken() const
{
    return m_options.secretSource == SecretSource::TokenFile
        || m_options.secretSource == SecretSource::TokenOnStandardInput;
}

} // namespace presently::app
