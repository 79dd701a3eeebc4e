// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/reliability/caserun.h"

#include <algorithm>
#include <tuple>

using namespace presently::net;

namespace presently::test {

namespace {

constexpr int DeadlineMs = 10'000;
constexpr quint32 Mask = 0xA1B2C3D4;
constexpr FrameLimits Unlimited{1024LL * 1024, 100'000};

bool isLess(const CaseFrame &left, const CaseFrame &right)
{
    return std::tie(left.first, left.payload) < std::tie(right.first, right.payload);
}

bool isSame(const CaseFrame &left, const CaseFrame &right)
{
    return std::tie(left.first, left.payload) == std::tie(right.first, right.payload);
}

} // namespace

CaseRun::CaseRun(const ConformanceCase &testCase, QTcpSocket *socket, EndpointRole role)
    : m_case(testCase)
    , m_role(role)
    , m_socket(socket)
    , m_decoder(role, Unlimited)
{
    m_socket->setParent(this);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(m_socket, &QTcpSocket::disconnected, this, &CaseRun::finish);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        m_isLate = true;
        finish();
    });
    m_deadline.start(DeadlineMs);
}

void CaseRun::begin(const QByteArray &early)
{
    m_hasBegun = true;
    connect(m_socket, &QTcpSocket::readyRead, this, &CaseRun::read);
    QByteArray bytes;
    for (const CaseFrame &frame : m_case.frames)
        send(frame, bytes);
    const qsizetype chop = m_case.chop == 0 ? bytes.size() : m_case.chop;
    for (qsizetype at = 0; at < bytes.size(); at += chop) {
        m_socket->write(bytes.mid(at, chop));
        m_socket->flush();
    }
    m_hasClosed = m_case.end == CaseEnd::Closed;
    QByteArrayView input = early;
    while (!input.isEmpty())
        take(m_decoder.next(input));
    read();
}

void CaseRun::send(const CaseFrame &frame, QByteArray &bytes) const
{
    const bool masks = m_role == EndpointRole::Client;
    QByteArray encoded = encodeFrame(
        Opcode::Text, frame.payload, {true, masks ? std::optional(Mask) : std::nullopt});
    encoded[0] = char(frame.first);
    bytes += encoded;
}

void CaseRun::read()
{
    const QByteArray heard = m_socket->readAll();
    QByteArrayView input = heard;
    while (!input.isEmpty() && !m_closeCode && !m_isGarbled)
        take(m_decoder.next(input));
    if (m_case.end == CaseEnd::Open && m_answers.size() >= m_case.answers.size())
        close();
    // After a close frame of either kind the server hangs up.
    if (m_closeCode && m_role == EndpointRole::Server) {
        close();
        m_socket->disconnectFromHost();
    }
}

void CaseRun::take(const FrameDecoder::Step &step)
{
    if (const auto *message = std::get_if<FrameDecoder::Message>(&step))
        m_answers.append({quint8(0x80 | quint8(message->opcode)), message->payload});
    else if (const auto *close = std::get_if<FrameDecoder::Close>(&step))
        m_closeCode = close->code;
    else if (std::holds_alternative<FrameDecoder::Failure>(step))
        m_isGarbled = true;
}

void CaseRun::close()
{
    if (std::exchange(m_hasClosed, true))
        return;
    QByteArray bytes;
    send({0x80 | quint8(Opcode::Close), closePayload(CloseStatus::Normal)}, bytes);
    m_socket->write(bytes);
    m_socket->flush();
}

void CaseRun::finish()
{
    if (std::exchange(m_isFinished, true))
        return;
    m_deadline.stop();
    read();
    Q_EMIT finished();
}

QByteArray CaseRun::verdict(bool inOrder) const
{
    if (!m_hasBegun)
        return "was not upgraded";
    if (m_isLate)
        return "did not end";
    if (m_isGarbled)
        return "sent what cannot be read";
    QList<CaseFrame> expected = m_case.answers;
    QList<CaseFrame> answers = m_answers;
    if (!inOrder) {
        std::ranges::sort(expected, isLess);
        std::ranges::sort(answers, isLess);
    }
    if (!std::ranges::equal(expected, answers, isSame))
        return "answered " + QByteArray::number(answers.size()) + " frames, not the expected "
            + QByteArray::number(expected.size());
    if (!m_closeCode)
        return "sent no close frame";
    if (m_case.end == CaseEnd::Failed && *m_closeCode != m_case.code)
        return "closed with " + QByteArray::number(*m_closeCode) + ", not "
            + QByteArray::number(m_case.code);
    if (m_case.end == CaseEnd::Open && *m_closeCode != CloseStatus::Normal)
        return "closed with " + QByteArray::number(*m_closeCode);
    return {};
}

} // namespace presently::test
