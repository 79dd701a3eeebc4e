// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/server/personaplayer.h"
#include "net/server/qa/qacontrol.h"

#include <QByteArray>
#include <QObject>

#include <memory>

namespace presently::app {

//! \brief `presently-server --qa`: a server that can be reset, with its control port.
//!
//! Errors:    start() says which file, option or port it stumbled over.
//! Ownership: owns its servers; borrows \a real, which must outlive it.
//! Threading: the main thread.
class QaProgram : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(QaProgram)

public:
    QaProgram(net::ServerOptions options, const Clock &real, QObject *parent = nullptr);
    ~QaProgram() override;

    //! As ServerProgram::start(), with the address and the token of the control port.
    [[nodiscard]] Expected<QByteArray, Error> start();
    void stop();

Q_SIGNALS:
    void finished();

private:
    void startPersonas();
    [[nodiscard]] QByteArray readyLine();

    const net::ServerOptions m_options;
    const Clock &m_real;
    Seed m_seed;
    AppliedSeed m_applied;
    std::unique_ptr<net::QaControl> m_control;
    std::unique_ptr<PersonaPlayer> m_personas; //!< works with the server of the moment
};

} // namespace presently::app
