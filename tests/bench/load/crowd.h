// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/wire/websocket/framedecoder.h"
#include "tests/bench/load/speaker.h"

#include <QByteArray>

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

namespace presently::bench {

using LoadClock = std::chrono::steady_clock;

//! \brief What a crowd has heard and suffered since it began, or since the last reset().
struct CrowdCounters {
    int connected = 0; //!< TCP connections that came about
    int signedIn = 0;
    int refused = 0; //!< handshakes or sign-ins that the server declined
    int failed = 0; //!< connections that never came about
    int lost = 0; //!< connections that ended after their client was in
    qint64 pongs = 0;
    qint64 presences = 0;
    qint64 answers = 0; //!< to questions about several people
    qint64 refusals = 0; //!< of single frames
};

//! \brief Many clients in one thread: one epoll set, plain sockets from several addresses of
//! loopback. Linux only.
//!
//! Nothing happens but inside run(). A client is a place in the crowd and a person of its own.
//! Units:     milliseconds in figures.
//! Errors:    counted; connections are never tried again unless retryEvery() says so.
//! Ownership: borrows the speaker.
//! Threading: one thread.
class Crowd
{
public:
    Crowd(const Speaker &speaker, quint16 port);
    ~Crowd();
    Crowd(const Crowd &) = delete;
    Crowd &operator=(const Crowd &) = delete;

    //! One more client for each of \a count people from \a first on. They connect at once, or
    //! \a perSecond of them each second.
    void open(int first, int count, int perSecond = 0);
    //! Clients whose connection fails or is lost come again after this; none: they do not.
    void retryEvery(std::optional<std::chrono::milliseconds> pause) { m_retry = pause; }
    //! Each time a client is in, it asks at once about these people.
    void askOnSignIn(std::function<QByteArray(int person)> question)
    {
        m_question = std::move(question);
    }
    //! Hears of each person a frame speaks of. Costs the crowd time; none: nobody listens.
    struct Statement {
        int listener = 0; //!< the person who is told
        int subject = 0; //!< of whom
        bool isOnline = false;
        bool isAnswer = false; //!< to a question; else it came by itself
    };
    using Witness = std::function<void(const Statement &statement)>;
    void setWitness(Witness witness) { m_witness = std::move(witness); }

    //! Lives until \a done, or until the time is up. Whether it was done. \a each is called every
    //! millisecond or so.
    bool run(const std::function<bool()> &done, std::chrono::milliseconds deadline,
        const std::function<void()> &each = {});
    //! For a crowd in the server's own thread: takes what is there and does not wait.
    void poll();

    void say(int client, QByteArrayView text);
    //! say(heartbeat()), and the time to its answer is kept.
    void beat(int client);
    //! Ends the connection without a word.
    void drop(int client);

    [[nodiscard]] int size() const { return int(m_clients.size()); }
    [[nodiscard]] int personOf(int client) const { return m_clients[size_t(client)].person; }
    [[nodiscard]] int present() const { return m_present; }
    [[nodiscard]] const CrowdCounters &counters() const { return m_counters; }
    //! Forgets counters and times, not who is connected.
    void reset();
    //! From the beginning of each connection until the client was in.
    [[nodiscard]] const std::vector<double> &signInTimes() const { return m_signInTimes; }
    [[nodiscard]] const std::vector<double> &roundTrips() const { return m_roundTrips; }
    //! When the first TCP connection since reset() came about.
    [[nodiscard]] std::optional<LoadClock::time_point> firstConnected() const
    {
        return m_firstConnected;
    }

private:
    enum class Stage : quint8 { Waiting, Connecting, Handshake, Open, Gone };
    struct Client {
        int person = 0;
        int fd = -1;
        Stage stage = Stage::Waiting;
        bool isIn = false;
        bool isWriting = false; //!< the system took only a part
        LoadClock::time_point due; //!< of the next connection
        LoadClock::time_point began;
        LoadClock::time_point beatSent;
        bool awaitsPong = false;
        QByteArray unsent;
        QByteArray head;
        net::FrameDecoder decoder{net::EndpointRole::Client, {1024 * 1024, 256}};
    };

    void pollFor(int milliseconds);
    void connectDue();
    void connectNow(int index);
    void ready(int index, quint32 events);
    void finishConnect(int index);
    void read(int index);
    void take(int index, QByteArrayView bytes);
    void takeHead(int index, QByteArrayView &bytes);
    void takeText(int index, QByteArrayView text);
    void write(int index, const QByteArray &bytes);
    void flush(int index);
    void watch(int index, quint32 events);
    void end(int index);
    void failed(int index);

    const Speaker &m_speaker;
    quint16 m_port;
    int m_epoll;
    std::vector<Client> m_clients;
    std::vector<int> m_waiting; //!< clients to be connected, by due, latest first
    QByteArray m_buffer;
    QByteArray m_heartbeat; //!< framed
    std::optional<std::chrono::milliseconds> m_retry;
    std::function<QByteArray(int)> m_question;
    Witness m_witness;
    CrowdCounters m_counters;
    int m_present = 0;
    std::vector<double> m_signInTimes;
    std::vector<double> m_roundTrips;
    std::optional<LoadClock::time_point> m_firstConnected;
};

//! Lets this process have as many descriptors as it may. Returns how many.
qint64 raiseDescriptorLimit();

} // namespace presently::bench
