// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/userstatus/statuspeer.h"

#include <QFile>
#include <QTemporaryDir>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString Folder = QStringLiteral(PRESENTLY_SOURCE_DIR "/tests/data/tls/");

std::string contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

} // namespace

class tst_GrpcTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theCertificateOfTheOtherPortIsShown()
    {
        StatusServer server;
        server.options.listener.tlsCertificate = Folder + u"localhost.pem"_s;
        server.options.listener.tlsKey = Folder + u"localhost.key"_s;
        QVERIFY2(server.start(), qPrintable(server.errorText()));
        grpc::SslCredentialsOptions trusting;
        trusting.pem_root_certs = contentsOf(Folder + u"localhost.pem"_s);
        QCOMPARE(codeWith(server, grpc::SslCredentials(trusting)), grpc::StatusCode::OK);
        // Plain text is not taken, and a certificate that nobody vouches for is not trusted.
        QCOMPARE(
            codeWith(server, grpc::InsecureChannelCredentials()), grpc::StatusCode::UNAVAILABLE);
        QCOMPARE(codeWith(server, grpc::SslCredentials({})), grpc::StatusCode::UNAVAILABLE);
    }

private:
    static grpc::StatusCode codeWith(
        StatusServer &server, const std::shared_ptr<grpc::ChannelCredentials> &credentials)
    {
        grpc::ChannelArguments arguments;
        arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
        arguments.SetSslTargetNameOverride("localhost");
        const std::string address = "127.0.0.1:" + std::to_string(server.server().grpcPort());
        const std::string token = server.token(u"ana"_s).toStdString();
        const std::string id = server.statusId(u"ana"_s).toStdString();
        return whileServing([&] {
            const auto stub = pb::UserStatusService::NewStub(
                grpc::CreateCustomChannel(address, credentials, arguments));
            grpc::ClientContext context;
            context.AddMetadata("authorization", "Bearer " + token);
            context.set_deadline(std::chrono::system_clock::now() + 5s);
            pb::GetUserStatusRequest request;
            request.set_user_id(id);
            pb::GetUserStatusResponse response;
            return stub->GetUserStatus(&context, request, &response).error_code();
        });
    }
};

QTEST_GUILESS_MAIN(tst_GrpcTls)
#include "tst_grpctls.moc"
