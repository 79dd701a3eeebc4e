// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/support/dialectprobeface.h"
#include "tests/support/testserver.h"

#include <QTemporaryDir>

#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace presently::test {

//! \brief What one watcher noticed of one step.
struct Noticed {
    QList<Sighting> told; //!< of the person on the stage
    QStringList astray; //!< pushes about anybody else
    std::optional<Sighting> answered; //!< none: left out
};

//! \brief How much of the truth can be known.
enum class Knowledge {
    Full,
    AbsenceOnly, //!< what the server knew beside has gone with it
    None, //!< and nobody may guess
};

//! \brief One thing that happened on a stage.
struct StageStep {
    QString what;
    Presence truth; //!< of the person, afterwards
    Knowledge knowledge = Knowledge::Full;
    std::map<DialectFace::Kind, Noticed> noticed;
};

//! \brief A server with production's timing, bao who comes through one dialect, and ana who watches
//! through all of them at once.
//!
//! What is true of bao is stated with each step, from what bao did; the server is not asked for it.
//! Units:     time moves by pass() alone.
//! Errors:    error(), which is empty as long as all went well; later steps then do nothing.
class Stage
{
    Q_DISABLE_COPY_MOVE(Stage)

public:
    //! \a observers are the faces through which ana watches.
    explicit Stage(const DialectFace &face, const QList<DialectFace> &observers = dialectFaces());
    ~Stage();

    [[nodiscard]] const DialectFace &face() const { return m_face; }
    [[nodiscard]] TestServer &server() { return m_server; }
    [[nodiscard]] DialectProbe &actor() { return *m_actor; }
    //! The same person on another device of the same dialect.
    [[nodiscard]] DialectProbe &second() { return *m_second; }
    [[nodiscard]] DialectProbe &observer(DialectFace::Kind kind) { return *m_observers.at(kind); }
    [[nodiscard]] const std::vector<StageStep> &steps() const { return m_steps; }
    [[nodiscard]] const QString &error() const { return m_error; }

    //! Everything that was on its way to a watcher has arrived when this returns.
    [[nodiscard]] bool settle();

    using Act = std::function<bool()>;
    //! Does \a act and records what everybody noticed of it, with what is true() now.
    void step(const QString &what, const Act &act);
    //! The same, where nothing happens but time.
    void passing(const QString &what, Milliseconds time);
    //! Time between two steps.
    void pass(Milliseconds time) { m_server.advanceSlowly(time); }
    //! Something that nobody can notice.
    void quietly(const Act &act);
    //! Ends the server as a crash does, starts it anew, and brings the watchers back.
    void restart();

    //! \name What is true from now on
    //! @{
    [[nodiscard]] Presence &truth() { return m_truth; }
    void isThere(Status status = Status::Online, int devices = 1);
    void isGone(OfflineReason reason);
    void isKnown(Knowledge knowledge) { m_knowledge = knowledge; }
    //! Last seen is now.
    void isSeen() { m_truth.lastSeen = m_server.clock().wallNow(); }
    //! @}

    //! What is pushed to the watchers of \a kind about bao, since the last question of this kind.
    [[nodiscard]] QList<Sighting> toldIn(DialectFace::Kind kind);

    //! Waits until the server has noticed that a connection of bao's is gone, if there was one.
    [[nodiscard]] bool endLink(DialectProbe &probe, const std::function<void()> &how);

private:
    [[nodiscard]] bool bringWatchers();
    [[nodiscard]] bool hasBegun(const DialectFace &face, DialectProbe &probe);
    void flipMarker();
    void observe(StageStep &step);
    void sortOut(const DialectFace &face, const QList<Told> &told, Noticed &into);
    bool check(bool holds, const QString &what);

    QTemporaryDir m_directory; //!< keeps the secret of the tokens over a restart
    const DialectFace m_face;
    const QList<DialectFace> m_watching;
    TestServer m_server;
    std::unique_ptr<DialectProbe> m_actor;
    std::unique_ptr<DialectProbe> m_second;
    std::map<DialectFace::Kind, std::unique_ptr<DialectProbe>> m_observers;
    std::map<DialectFace::Kind, QList<Told>> m_heard; //!< taken while settling
    LeaseId m_marker; //!< of chi, whose coming and going closes each step
    bool m_wasRestarted = false;
    Knowledge m_knowledge = Knowledge::Full;
    Presence m_truth;
    std::vector<StageStep> m_steps;
    QString m_error;
};

} // namespace presently::test
