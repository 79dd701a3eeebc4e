// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>

#include <memory>
#include <vector>

namespace presently::net {

//! \brief Something with a descriptor in the epoll set.
class EpollSource
{
public:
    virtual void ready(quint32 events) = 0;
    //! Once at the end of the turn in which requestFlush() was called.
    virtual void flush() = 0;

protected:
    ~EpollSource() = default;
};

//! \brief One epoll set behind one QSocketNotifier.
//!
//! Qt's dispatchers ask the kernel about every descriptor at each wake-up; with ten thousand idle
//! connections that costs most of a core. The dispatcher sees one descriptor of this set, whatever
//! stands in it. Linux only.
//! Threading: one thread with an event loop.
class EpollReactor : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EpollReactor)

public:
    //! Names a source for as long as it is in the set, and never another one afterwards.
    struct Token {
        quint32 slot = 0;
        quint32 generation = 0;
        bool operator==(const Token &) const = default;
    };

    explicit EpollReactor(QObject *parent = nullptr);
    ~EpollReactor() override;

    //! None if the kernel refuses. \a events as of epoll_ctl(2), level-triggered.
    [[nodiscard]] std::optional<Token> add(int fd, quint32 events, EpollSource &source);
    void change(int fd, const Token &token, quint32 events);
    //! Safe from inside ready() of any source; no event of it is delivered any more.
    void remove(int fd, const Token &token);
    void requestFlush(const Token &token);

    //! One buffer for all reads, so that an idle connection holds none.
    [[nodiscard]] QByteArray &readBuffer() { return m_readBuffer; }

private:
    struct Slot {
        EpollSource *source = nullptr;
        quint32 generation = 1;
        bool flushRequested = false;
    };

    void dispatch();
    void flushRequested();
    [[nodiscard]] EpollSource *find(const Token &token) const;

    int m_epoll = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::vector<Slot> m_slots;
    std::vector<quint32> m_freeSlots;
    std::vector<Token> m_flushes;
    QByteArray m_readBuffer;
    bool m_dispatching = false;
    bool m_flushPosted = false;
};

} // namespace presently::net
