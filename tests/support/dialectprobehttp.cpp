// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/dialectprobehttp.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTcpSocket>
#include <QTimer>

namespace presently::test {

bool waitUntil(const std::function<bool()> &holds, Milliseconds deadline)
{
    if (holds())
        return true;
    const QDeadlineTimer end(deadline);
    QTimer wake;
    wake.setSingleShot(true);
    wake.start(deadline);
    while (!end.hasExpired()) {
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
        if (holds())
            return true;
    }
    return false;
}

QByteArrayList HttpAnswer::fields(const QByteArray &name) const
{
    QByteArrayList values;
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.first(colon).compare(name, Qt::CaseInsensitive) == 0)
            values.append(line.sliced(colon + 1).trimmed());
    }
    return values;
}

HttpAnswer httpCall(const QUrl &server, const QByteArray &method, const QString &target,
    const QByteArray &body, const HttpFields &fields)
{
    QByteArray request = method + ' ' + target.toLatin1()
        + " HTTP/1.1\r\nHost: " + server.authority().toLatin1() + "\r\nConnection: close\r\n";
    if (!body.isEmpty())
        request += "Content-Type: application/json\r\n";
    if (!body.isEmpty() || method != "GET")
        request += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    for (const auto &[name, value] : fields)
        request += name + ": " + value + "\r\n";
    request += "\r\n" + body;

    QTcpSocket socket;
    socket.connectToHost(server.host(), quint16(server.port()));
    socket.write(request);
    (void)waitUntil([&socket] { return socket.state() == QAbstractSocket::UnconnectedState; });
    const QByteArray all = socket.readAll();
    HttpAnswer answer;
    const qsizetype end = all.indexOf("\r\n\r\n");
    if (end < 0)
        return answer;
    answer.head = all.first(end);
    answer.body = all.sliced(end + 4);
    answer.status = answer.head.mid(9, 3).toInt();
    return answer;
}

} // namespace presently::test
