// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/server/qaprogram.h"

#include "app/server/qaseeding.h"
#include "app/server/seedchoice.h"
#include "net/server/qa/qaviews.h"
#include "net/wire/json/boundedjson.h"

#include <QJsonObject>

namespace presently::app {

using namespace Qt::Literals::StringLiterals;

QaProgram::QaProgram(net::ServerOptions options, const Clock &real, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_real(real)
{
}

QaProgram::~QaProgram()
{
    m_personas.reset();
}

Expected<QByteArray, Error> QaProgram::start()
{
    auto seed = chosenSeed(m_options.storage);
    if (!seed)
        return Unexpected{seed.error()};
    m_seed = *std::move(seed);
    m_control = std::make_unique<net::QaControl>(m_options,
        qaSeeding(m_seed, [this](const AppliedSeed &applied) { m_applied = applied; }), m_real);
    connect(m_control.get(), &net::QaControl::stopped, this, &QaProgram::finished);
    if (const auto started = m_control->start(); !started)
        return Unexpected{started.error()};
    if (m_options.storage.personas) {
        net::QaWorld &world = m_control->mainWorld();
        connect(&world, &net::QaWorld::aboutToReset, this, [this] { m_personas.reset(); });
        connect(&world, &net::QaWorld::wasReset, this, &QaProgram::startPersonas);
        startPersonas();
    }
    return readyLine();
}

void QaProgram::startPersonas()
{
    net::QaWorld &world = m_control->mainWorld();
    QHash<QString, QString> tokens;
    for (const net::QaAccount &account : world.accounts())
        tokens.insert(account.person.login.value_or(QString()), account.token);
    m_personas = std::make_unique<PersonaPlayer>(world.server(), world.clock());
    m_personas->start(m_seed, m_applied, tokens);
}

QByteArray QaProgram::readyLine()
{
    const QJsonObject world = net::worldView(m_control->mainWorld());
    return net::toAsciiJson(QJsonObject{{u"ready"_s, true}, {u"http"_s, world.value("http"_L1)},
        {u"grpc"_s, world.value("grpc"_L1)}, {u"qa"_s, m_control->url().toString()},
        {u"qa_token"_s, QString::fromLatin1(m_control->token())},
        {u"users"_s, world.value("users"_L1)}});
}

void QaProgram::stop()
{
    m_personas.reset();
    m_control->stop();
}

} // namespace presently::app
